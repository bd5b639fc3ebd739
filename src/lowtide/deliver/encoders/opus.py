"""Samples and a label in, an Ogg Opus file out.

Called by `deliver.encode`. Source: RFC 7845. Laws: a page holds 25 packets, half a second, and a chunk a whole number
of pages, so pages can be numbered before they exist; pre-skip and the last granule say exactly which samples count.
"""

from __future__ import annotations

import zlib
from struct import pack
from typing import TYPE_CHECKING

from lowtide.deliver.containers.ogg import FIRST, LAST, long_packet, page
from lowtide.deliver.containers.vorbis_tags import vorbis_comment
from lowtide.deliver.encoders.codec import Codec
from lowtide.deliver.grid import Chunk, Grid, in_order, stretch
from lowtide.model.time import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Progress, Render
    from lowtide.deliver.label import Label

PACKET_SAMPLES = 960
"""20 ms: Opus's usual frame."""
PACKETS_PER_PAGE = 25
"""Half a second. A packet takes at most 6 of a page's 255 segments (1,275 bytes)."""
PRE_ROLL = 24
"""Packets before each chunk, 480 ms: with 8, the packets after a quiet place differed audibly from one long run's in a
test with bursts of noise; with 24 the error at seams is as elsewhere. RFC 7845 asks decoders for 80 ms."""
PRE_SKIP = 312
"""6.5 ms: the lookahead of libopus at 48 kHz, which the packets begin with."""
CODEC = Codec(
    name="libopus",
    layout="flt",
    frame_samples=PACKET_SAMPLES,
    bit_rate=96_000,
    options={"application": "audio", "vbr": "on", "compression_level": "10", "frame_duration": "20"},
)


class OpusEncoder:
    """Opus: 96 kb/s, the best sound for its size; for phones and browsers of the last ten years."""

    def encode(
        self,
        render: Render,
        label: Label,
        *,
        threads: int | None,
        live: bool,  # noqa: ARG002 -- Ogg can always be played before it has ended
        progress: Progress | None,
    ) -> Iterator[bytes]:
        """Yield the head at once, and the pages as they are encoded."""
        serial, pages = head(label)
        yield b"".join(pages)
        grid = Grid(units=-(-(label.frames + PRE_SKIP) // PACKET_SAMPLES), samples=PACKET_SAMPLES, pre_roll=PRE_ROLL)

        def work(chunk: Chunk) -> bytes:
            begin, count = chunk.first - chunk.lead, chunk.lead + chunk.count
            sound = stretch(render, begin * PACKET_SAMPLES, count * PACKET_SAMPLES, label.frames)
            packets = CODEC.packets(sound)[chunk.lead : count]
            assert len(packets) == chunk.count, (len(packets), chunk)
            return b"".join(_pages(packets, chunk, grid.units, label.frames, serial, len(pages)))

        for chunk, written in in_order(grid.chunks(), work, threads):
            yield written
            if progress:
                progress(min(chunk.end * PACKET_SAMPLES, label.frames), label.frames)

    def size_of(self, label: Label) -> None:
        """Only encoding can tell."""


def head(label: Label) -> tuple[int, list[bytes]]:
    """Write the pages before the sound; the stream's serial number comes from the tags, so it never changes."""
    tags = b"OpusTags" + vorbis_comment(label, with_cover=True)
    serial = zlib.crc32(tags, label.frames & 0xFFFF_FFFF)
    opus_head = b"OpusHead" + pack("<BBHIhB", 1, 2, PRE_SKIP, SAMPLE_RATE_HZ, 0, 0)
    return serial, [
        page([opus_head], number=0, granule=0, serial=serial, flags=FIRST),
        *long_packet(tags, number=1, serial=serial),
    ]


def _pages(
    packets: list[bytes], chunk: Chunk, units: int, samples: int, serial: int, head_pages: int
) -> Iterator[bytes]:
    """Put a chunk's packets on pages."""
    assert chunk.first % PACKETS_PER_PAGE == 0, chunk
    for at in range(0, len(packets), PACKETS_PER_PAGE):
        some = packets[at : at + PACKETS_PER_PAGE]
        end, number = chunk.first + at + len(some), head_pages + (chunk.first + at) // PACKETS_PER_PAGE
        is_last = end == units
        granule = PRE_SKIP + samples if is_last else end * PACKET_SAMPLES
        yield page(some, number=number, granule=granule, serial=serial, flags=LAST if is_last else 0)


ENCODER = OpusEncoder()
