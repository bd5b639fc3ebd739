"""Samples in, MP3 frames out: LAME through the C interface that the pinned `lameenc` extension exports.

Called by `mp3`. The bit reservoir is off, so each frame is complete in itself and the file can be entered anywhere;
`lameenc`'s own class cannot switch it off. Where the symbols are missing (another build of `lameenc`), `mp3` falls
back to that class. Law: a handle is used once, for one chunk, so what comes out depends on what went in and no more.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lowtide.deliver.grid import Samples

FRAME_SAMPLES = 1152
"""Samples in an MPEG-1 layer III frame (ISO 11172-3)."""
BIT_RATE_KBPS = 128
FRAME_BYTES = FRAME_SAMPLES // 8 * BIT_RATE_KBPS // 48
"""At 48 kHz a constant-rate frame is a whole number of bytes: 384 at 128 kb/s, never padded."""
QUALITY = 5
"""LAME's noise shaping; 7 takes half the time but shapes no noise. PERFORMANCE.md, "Floor"."""
ENCODER_DELAY = 576
"""Samples that LAME puts before the sound; `lame_get_encoder_delay` says the same."""
DECODER_DELAY = 529
"""Samples that every decoder's filter bank adds (LAME's technical FAQ; ffmpeg's mp3 demuxer: 528 + 1)."""
FLUSH_FRAMES = 1
"""How much later than its samples a frame comes out."""

OWN_SCALE = 0.95
"""What LAME multiplies its input by at 128 kb/s (`lame_get_scale` says so): 0.45 dB that a session, whose loudness and
headroom are its own, must not lose; so it is taken back."""

_JOINT_STEREO = 1
_SETTINGS = (
    ("lame_set_in_samplerate", 48_000),
    ("lame_set_out_samplerate", 48_000),
    ("lame_set_num_channels", 2),
    ("lame_set_mode", _JOINT_STEREO),
    ("lame_set_brate", BIT_RATE_KBPS),
    ("lame_set_quality", QUALITY),
    ("lame_set_disable_reservoir", 1),
    ("lame_set_bWriteVbrTag", 0),
)
_ENCODE = "lame_encode_buffer_interleaved_ieee_float"
_OTHERS = ("lame_init", "lame_init_params", "lame_close", "lame_get_encoder_delay", "lame_set_scale", _ENCODE)


@cache
def library() -> Any | None:
    """Open LAME inside `lameenc`, with its functions' types set; None where one of them is not exported."""
    import lameenc

    found = ctypes.CDLL(lameenc.__file__)
    if not all(hasattr(found, name) for name in (*_OTHERS, *(name for name, _ in _SETTINGS))):
        return None
    handle, number, buffer = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
    found.lame_init.restype = handle
    for name, _ in _SETTINGS:
        getattr(found, name).argtypes = [handle, number]
    for name in ("lame_init_params", "lame_close", "lame_get_encoder_delay"):
        getattr(found, name).argtypes = [handle]
    found.lame_set_scale.argtypes = [handle, ctypes.c_float]
    getattr(found, _ENCODE).argtypes = [handle, buffer, number, buffer, number]
    return found


@cache
def fingerprint() -> str:
    """Name all that frames depend on beside their samples: LAME's version and how it is set."""
    lame = library()
    assert lame is not None
    version = "unknown"
    if hasattr(lame, "get_lame_version"):
        lame.get_lame_version.restype = ctypes.c_char_p
        version = lame.get_lame_version().decode()
    return f"LAME {version}, {_ENCODE}, scale {1 / OWN_SCALE}, {_SETTINGS}"


def encode_frames(samples: Samples) -> bytes:
    """Encode a whole number of frames' samples from silence on; one frame fewer comes out than went in.

    Samples are float32 (count, 2), contiguous. Releases the interpreter while it encodes.
    """
    lame = library()
    assert lame is not None
    assert samples.flags.c_contiguous, samples.flags
    assert len(samples) % FRAME_SAMPLES == 0, len(samples)
    handle = lame.lame_init()
    if not handle:
        raise MemoryError("LAME could not start.")
    try:
        for name, value in _SETTINGS:
            assert getattr(lame, name)(handle, value) == 0, name
        assert lame.lame_set_scale(handle, 1 / OWN_SCALE) == 0
        assert lame.lame_init_params(handle) >= 0
        assert lame.lame_get_encoder_delay(handle) == ENCODER_DELAY
        room = (len(samples) // FRAME_SAMPLES + 2) * FRAME_BYTES + 7200
        buffer = ctypes.create_string_buffer(room)
        size = getattr(lame, _ENCODE)(handle, samples.ctypes.data, len(samples), buffer, room)
    finally:
        lame.lame_close(handle)
    frames = len(samples) // FRAME_SAMPLES - FLUSH_FRAMES
    assert size >= frames * FRAME_BYTES, (size, frames)
    return ctypes.string_at(buffer, frames * FRAME_BYTES)
