"""Samples and a label in, an M4A file out: AAC in MP4, in two forms.

Called by `deliver.encode`. At rest (the usual form) the header with all tables stands in front of the sound: every
player seeks in it at once. It needs the size of each packet, so the packets wait in an unnamed file until the last one
is there. Live, the sound follows in fragments as it is rendered. Laws: both hold the same packets; the recording is
pushed back so that it ends where a packet ends, and the edit list says where it begins, so the length is exact in
players that do not know how to cut an end.
"""

from __future__ import annotations

import os
from array import array
from struct import pack
from typing import IO, TYPE_CHECKING

from lowtide.deliver.containers.boxes import box, chapter_texts, full_box
from lowtide.deliver.containers.m4a_header import PACKET_SAMPLES, Shape, header
from lowtide.deliver.encoders.codec import Codec
from lowtide.deliver.grid import Chunk, Grid, in_order, stretch
from lowtide.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Progress, Render
    from lowtide.deliver.label import Label

BIT_RATE = 128_000
CODEC = Codec(name="aac", layout="fltp", frame_samples=PACKET_SAMPLES, bit_rate=BIT_RATE, options={"aac_coder": "fast"})
"""The fast coder takes half the time of the usual one ("twoloop"), is 20–30 dB closer to pure tones and as close to
noise; and its seams are those of one long run, where twoloop carries on a memory of seconds."""
AFTER_ROLL = 2
"""Codec frames encoded after each chunk and thrown away: the encoder looks ahead to choose its windows."""
_READ_BYTES = 1 << 18
_ON_DISK = "/var/tmp"  # noqa: S108 -- only an unnamed file goes there
"""Where it is there, rather than /tmp, which may be kept in memory."""
_WITH_OFFSET, _WITH_SIZES, _FROM_MOOF = 0x1, 0x200, 0x20000
"""Flags of `trun` and `tfhd`."""
_AT_REST = box("ftyp", b"M4A ", pack(">I", 0x200), b"M4A isommp42")
_LIVE = box("ftyp", b"M4A ", pack(">I", 0x200), b"M4A isomiso5iso6mp42")


class M4aEncoder:
    """M4A: AAC at 128 kb/s, what Apple's devices know best."""

    def encode(
        self, render: Render, label: Label, *, threads: int | None, live: bool, progress: Progress | None
    ) -> Iterator[bytes]:
        """Yield the file: as it is rendered if it is to be played live, else after it is rendered."""
        shape = Shape.of(label)
        grid = Grid(units=shape.packets, samples=PACKET_SAMPLES)

        def work(chunk: Chunk) -> list[bytes]:
            begin, count = chunk.first - chunk.lead, chunk.lead + chunk.count + AFTER_ROLL
            start = begin * PACKET_SAMPLES - shape.pad
            packets = CODEC.packets(stretch(render, start, count * PACKET_SAMPLES, label.frames))
            return packets[chunk.lead : chunk.lead + chunk.count]

        def made() -> Iterator[tuple[Chunk, list[bytes]]]:
            for chunk, packets in in_order(grid.chunks(), work, threads):
                assert len(packets) == chunk.count, (len(packets), chunk)
                yield chunk, packets
                if progress:
                    progress(min(chunk.end * PACKET_SAMPLES, label.frames), label.frames)

        return _live(label, shape, made()) if live else _at_rest(label, shape, made())

    def size_of(self, label: Label) -> None:
        """Only encoding can tell."""


def _at_rest(label: Label, shape: Shape, made: Iterator[tuple[Chunk, list[bytes]]]) -> Iterator[bytes]:
    from tempfile import TemporaryFile, gettempdir

    sizes = array("I")
    titles = b"".join(chapter_texts(label.chapters))
    with TemporaryFile(dir=_ON_DISK if os.access(_ON_DISK, os.W_OK) else gettempdir()) as waiting:
        for _, packets in made:
            sizes.extend(map(len, packets))
            _put_by(waiting, b"".join(packets))
        before = len(_AT_REST) + len(header(label, shape, CODEC.setup(), BIT_RATE, 0, sizes))
        moov = header(label, shape, CODEC.setup(), BIT_RATE, before + 8, sizes)
        assert len(_AT_REST) + len(moov) == before, (len(moov), before)
        yield _AT_REST + moov + pack(">I", 8 + len(titles) + sum(sizes)) + b"mdat" + titles
        waiting.seek(0)
        while piece := waiting.read(_READ_BYTES):
            yield piece


def _put_by(waiting: IO[bytes], sound: bytes) -> None:
    try:
        waiting.write(sound)
        waiting.flush()
    except OSError as error:
        place = f"There is no room for temporary files ({os.strerror(error.errno or 0)})."
        raise UserError(place, hint="Free some, or choose another format than m4a.") from None


def _live(label: Label, shape: Shape, made: Iterator[tuple[Chunk, list[bytes]]]) -> Iterator[bytes]:
    before = len(_LIVE) + len(header(label, shape, CODEC.setup(), BIT_RATE, 0, None))
    moov = header(label, shape, CODEC.setup(), BIT_RATE, before + 8, None)
    yield _LIVE + moov + box("mdat", *chapter_texts(label.chapters))
    for chunk, packets in made:
        yield _moof(chunk, packets) + box("mdat", *packets)


def _moof(chunk: Chunk, packets: list[bytes]) -> bytes:
    """Write the head of one fragment, whose packets follow it in an `mdat`."""
    sizes = b"".join(pack(">I", len(packet)) for packet in packets)
    place = full_box("tfdt", 1, 0, pack(">Q", chunk.first * PACKET_SAMPLES))
    number = full_box("mfhd", 0, 0, pack(">I", chunk.index + 1))

    def written(offset: int) -> bytes:
        run = full_box("trun", 0, _WITH_OFFSET | _WITH_SIZES, pack(">Ii", len(packets), offset), sizes)
        return box("moof", number, box("traf", full_box("tfhd", 0, _FROM_MOOF, pack(">I", 1)), place, run))

    return written(len(written(0)) + 8)


ENCODER = M4aEncoder()
