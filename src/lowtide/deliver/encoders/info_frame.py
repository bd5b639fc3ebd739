"""A number of samples in, the MP3's first frame out: the silent "Info" frame that tells players the exact length.

Called by `mp3`. Source: the "MP3 Info Tag" description (gabriel.mp3-tech.org, rev. 1), and how ffmpeg and LAME read
it. Law: frames × 1152 = delay + the asked samples + padding, so a player that honours it plays exactly those.
"""

from __future__ import annotations

from lowtide.deliver.encoders.lame import BIT_RATE_KBPS, DECODER_DELAY, ENCODER_DELAY, FRAME_BYTES, FRAME_SAMPLES

_HEADER = bytes.fromhex("fffb9444")
"""MPEG-1 layer III without CRC, 128 kb/s, 48 kHz, unpadded, joint stereo, original."""
_SIDE_INFO_BYTES = 32
_FIELDS = b"\0\0\0\x0f"
"""Frames, bytes, table of contents and quality are all there."""
_ENCODER = b"LAME4.0  "
"""Nine bytes; players look for the name before they trust the delays."""
_CONSTANT_RATE = 0x01
"""Revision 0 of the tag, method 1: constant bit rate."""
_LOWPASS_HUNDRED_HZ = 170
"""17 kHz, which `lame_get_lowpassfreq` gives for 128 kb/s."""
LEAST_FRAMES = 3
"""ffmpeg does not recognise a file with fewer; more than a few milliseconds have them anyway."""
_CRC16_ARC = 0xA001
"""The reflected polynomial x^16 + x^15 + x^2 + 1."""


def frame_count(samples: int) -> int:
    """Count the frames that a recording needs: enough for what encoder and decoder put before it.

    >>> frame_count(1), frame_count(48_000)
    (3, 43)
    """
    return max(LEAST_FRAMES, -(-(samples + ENCODER_DELAY + DECODER_DELAY) // FRAME_SAMPLES))


def info_frame(samples: int) -> bytes:
    """Write the Info frame of a recording of so many samples."""
    frames = frame_count(samples)
    padding = frames * FRAME_SAMPLES - ENCODER_DELAY - samples
    size = (frames + 1) * FRAME_BYTES
    contents = bytes(percent * 256 // 100 for percent in range(100))
    tag = _HEADER + bytes(_SIDE_INFO_BYTES) + b"Info" + _FIELDS + frames.to_bytes(4) + size.to_bytes(4) + contents
    tag += (100).to_bytes(4) + _ENCODER + bytes([_CONSTANT_RATE, _LOWPASS_HUNDRED_HZ])
    tag += bytes(4 + 2 + 2 + 1)  # no peak, no replay gain, no flags
    tag += bytes([BIT_RATE_KBPS]) + ((ENCODER_DELAY << 12) | padding).to_bytes(3)
    tag += bytes(1 + 1 + 2) + size.to_bytes(4) + bytes(2)  # the sound's own CRC is not known beforehand
    return (tag + _crc16(tag).to_bytes(2)).ljust(FRAME_BYTES, b"\0")


def _crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_CRC16_ARC if crc & 1 else 0)
    return crc
