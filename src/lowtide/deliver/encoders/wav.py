"""Samples and a label in, a WAV file out: 16-bit, with chapters as cue points.

Called by `deliver.encode`. Source: Microsoft's "Multimedia Programming Interface and Data Specifications 1.0" (RIFF,
cue, adtl, INFO) and EBU Tech 3306 (RF64, for files above 4 GiB). Law: everything but the sound is in front of the
sound, so the size is known beforehand.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from lowtide.deliver.encoders.pcm import DITHER_BLOCK, in_pieces
from lowtide.model.time import SAMPLE_RATE_HZ, SAMPLES_PER_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Progress, Render
    from lowtide.deliver.label import Label, Mark

FRAME_BYTES = 4
"""Two channels of 16 bits."""
RIFF_LIMIT = 0xFFFF_FFFF
"""The largest size that RIFF can say; above it the file is an RF64."""
_UNKNOWN = 0xFFFF_FFFF
"""What RF64 writes where RIFF's sizes are: look into `ds64`."""
_PCM = 1


class WavEncoder:
    """WAV: the sound as it is, for whoever works on with it."""

    def encode(
        self,
        render: Render,
        label: Label,
        *,
        threads: int | None,
        live: bool,  # noqa: ARG002 -- there is one form
        progress: Progress | None,
    ) -> Iterator[bytes]:
        """Yield the head at once, and the sound as it is rendered."""
        yield head(label)
        yield from in_pieces(
            render, label.frames, DITHER_BLOCK, lambda _, sound: sound.tobytes(), threads=threads, progress=progress
        )

    def size_of(self, label: Label) -> int:
        """Add up head and sound."""
        return len(head(label)) + label.frames * FRAME_BYTES


def head(label: Label) -> bytes:
    """Write everything up to the first sample."""
    sound = label.frames * FRAME_BYTES
    rate = SAMPLE_RATE_HZ * FRAME_BYTES
    chunks = _chunk(b"fmt ", pack("<HHIIHH", _PCM, 2, SAMPLE_RATE_HZ, rate, FRAME_BYTES, 16)) + _info(label)
    chunks += _cues(label.chapters) if label.chapters else b""
    size = len(b"WAVE") + len(chunks) + 8 + sound
    if size <= RIFF_LIMIT:
        return b"RIFF" + pack("<I", size) + b"WAVE" + chunks + b"data" + pack("<I", sound)
    sizes = _chunk(b"ds64", pack("<QQQI", size + 36, sound, label.frames, 0))
    return b"RF64" + pack("<I", _UNKNOWN) + b"WAVE" + sizes + chunks + b"data" + pack("<I", _UNKNOWN)


def _info(label: Label) -> bytes:
    texts = {b"INAM": label.title, b"IART": label.artist, b"IPRD": label.album, b"ICMT": label.comment}
    body = b"".join(_chunk(name, text.encode() + b"\0") for name, text in texts.items() if text)
    return _chunk(b"LIST", b"INFO" + body)


def _cues(chapters: tuple[Mark, ...]) -> bytes:
    """Write cue points, their names, and how long each lasts."""
    points, names = pack("<I", len(chapters)), b"adtl"
    for number, mark in enumerate(chapters, 1):
        at, length = mark.start_ms * SAMPLES_PER_MS, (mark.end_ms - mark.start_ms) * SAMPLES_PER_MS
        points += pack("<II4sIII", number, at, b"data", 0, 0, at)
        names += _chunk(b"labl", pack("<I", number) + mark.title.encode() + b"\0")
        names += _chunk(b"ltxt", pack("<II4sHHHH", number, length, b"rgn ", 0, 0, 0, 0))
    return _chunk(b"cue ", points) + _chunk(b"LIST", names)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


ENCODER = WavEncoder()
