"""Samples and a label in, a FLAC file out.

Called by `deliver.encode`. Source: RFC 9639. FLAC's frames do not depend on each other, so chunks need no pre-roll; but
each frame carries its number and two checksums over it, which are rewritten to its place in the whole. Law: it decodes
to the samples of the WAV of the same recording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.containers.crc import crc8, crc16, shifted16
from lowtide.deliver.containers.vorbis_tags import picture, vorbis_comment
from lowtide.deliver.encoders.codec import Codec
from lowtide.deliver.encoders.pcm import in_pieces
from lowtide.model.time import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from lowtide.deliver.grid import Chunk, Progress, Render
    from lowtide.deliver.label import Label

BLOCK_SAMPLES = 4608
"""Samples in a frame: what ffmpeg's encoder takes at this rate."""
CODEC = Codec(name="flac", layout="s16", frame_samples=BLOCK_SAMPLES, options={"compression_level": "5"})
_STREAMINFO, _VORBIS_COMMENT, _PICTURE = 0, 4, 6
_LAST = 0x80
_SIZE_BYTES = {6: 1, 7: 2}
"""How many bytes a block size takes after the frame's number, by its code (RFC 9639, 9.1.1 and 9.1.6)."""


class FlacEncoder:
    """FLAC: nothing is lost, in a third of a WAV's room."""

    def encode(
        self,
        render: Render,
        label: Label,
        *,
        threads: int | None,
        live: bool,  # noqa: ARG002 -- there is one form
        progress: Progress | None,
    ) -> Iterator[bytes]:
        """Yield the head at once, and the frames as they are encoded."""
        yield head(label)

        def packed(chunk: Chunk, sound: NDArray[np.int16]) -> bytes:
            return b"".join(renumbered(frame, chunk.first + i) for i, frame in enumerate(CODEC.packets(sound)))

        yield from in_pieces(render, label.frames, BLOCK_SAMPLES, packed, threads=threads, progress=progress)

    def size_of(self, label: Label) -> None:
        """Only encoding can tell."""


def head(label: Label) -> bytes:
    """Write everything up to the first frame. The sound's MD5 is left out (zero), as the RFC allows."""
    rate_and_length = SAMPLE_RATE_HZ << 44 | (2 - 1) << 41 | (16 - 1) << 36 | label.frames
    info = BLOCK_SAMPLES.to_bytes(2) * 2 + bytes(3 + 3) + rate_and_length.to_bytes(8) + bytes(16)
    blocks = [(_STREAMINFO, info), (_VORBIS_COMMENT, vorbis_comment(label, with_cover=False))]
    blocks += [(_PICTURE, picture(label.cover))] if label.cover else []
    last = len(blocks) - 1
    written = (
        bytes([kind | (_LAST if i == last else 0)]) + len(body).to_bytes(3) + body
        for i, (kind, body) in enumerate(blocks)
    )
    return b"fLaC" + b"".join(written)


def renumbered(frame: bytes, number: int) -> bytes:
    """Give a frame another number, and mend its two checksums without reading the sound."""
    assert frame[:2] == b"\xff\xf8", frame[:2].hex()
    after = 4 + _coded_length(frame[4])
    end = after + _SIZE_BYTES.get(frame[2] >> 4, 0)
    old, new = frame[: end + 1], frame[:4] + coded(number) + frame[after:end]
    new += bytes([crc8(new)])
    body = frame[len(old) : -2]
    crc = int.from_bytes(frame[-2:]) ^ shifted16(crc16(old) ^ crc16(new), len(body))
    return new + body + crc.to_bytes(2)


def coded(number: int) -> bytes:
    """Write a frame number as UTF-8 writes a character, on to 36 bits (RFC 9639, 9.1.5).

    >>> coded(0x7F).hex(), coded(0x20AC) == "€".encode(), coded(0x7FFF_FFFF).hex()
    ('7f', True, 'fdbfbfbfbfbf')
    """
    if number < 0x80:
        return bytes([number])
    tail: list[int] = []
    while number >= 1 << (6 - len(tail)):
        tail.insert(0, 0x80 | number & 0x3F)
        number >>= 6
    return bytes([(0xFF << (7 - len(tail)) & 0xFF) | number]) + bytes(tail)


def _coded_length(first: int) -> int:
    """Tell a coded number's length from its first byte."""
    return max(1, 8 - (first ^ 0xFF).bit_length())


ENCODER = FlacEncoder()
