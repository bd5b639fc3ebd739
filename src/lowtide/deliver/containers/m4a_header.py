"""A label and the packets' sizes in, an M4A's header (`moov`) out.

Called by `m4a`. Source: ISO/IEC 14496-12 and 14496-14; Apple's "QuickTime File Format Specification", appendix G
(priming). Law: the header's size depends on the label alone, never on where the sound lies or how large it is.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import accumulate, islice
from struct import pack
from typing import TYPE_CHECKING

from lowtide.deliver.containers.boxes import (
    aac_entry,
    box,
    chapter_texts,
    chapter_track,
    full_box,
    handler,
    media_header,
    movie_header,
    own_file,
    track_header,
    user_fields,
)
from lowtide.model.time import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from array import array

    from lowtide.deliver.label import Label

PACKET_SAMPLES = 1024
"""Samples in an AAC frame."""
PRIMING = 1024
"""Samples that the encoder puts before the sound: one frame, which the first packet holds."""
PACKETS_PER_CHUNK = 47
"""About a second: how finely the tables let a player jump."""
_SOUND, _CHAPTERS = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a recording lies in its packets."""

    pad: int
    """Silent samples before the recording, so that it ends with a packet."""
    packets: int

    @classmethod
    def of(cls, label: Label) -> Shape:
        """Lay a recording out.

        >>> from lowtide.deliver.label import Label
        >>> Shape.of(Label(frames=1025, title="A"))
        Shape(pad=1023, packets=3)
        """
        pad = -label.frames % PACKET_SAMPLES
        return cls(pad=pad, packets=(pad + label.frames + PRIMING) // PACKET_SAMPLES)


def header(label: Label, shape: Shape, setup: bytes, bit_rate: int, offset: int, sizes: array[int] | None) -> bytes:
    """Write `moov`, with the media's first byte at `offset`; `sizes` is None where the sound comes in fragments."""
    titles = sum(map(len, chapter_texts(label.chapters)))
    tables = _tables(sizes, offset + titles) if sizes is not None else _no_tables()
    extends = [] if sizes is not None else [_extends(label)]
    chapters = [chapter_track(label, _CHAPTERS, offset)] if label.chapters else []
    media = box(
        "mdia",
        media_header(SAMPLE_RATE_HZ, shape.packets * PACKET_SAMPLES if sizes is not None else 0, label.language),
        handler("soun", "Sound"),
        box(
            "minf",
            full_box("smhd", 0, 0, bytes(4)),
            own_file(),
            box("stbl", aac_entry(setup, bit_rate), *tables),
        ),
    )
    edit = full_box("elst", 0, 0, pack(">IIiI", 1, label.frames, PRIMING + shape.pad, 0x10000))
    refers = [box("tref", box("chap", pack(">I", _CHAPTERS)))] if label.chapters else []
    sound = box("trak", track_header(_SOUND, label.frames, is_heard=True), box("edts", edit), *refers, media)
    return box("moov", movie_header(label.frames, 3), sound, *chapters, *extends, user_fields(label))


def _tables(sizes: array[int], offset: int) -> list[bytes]:
    """Write where each packet is, and how long."""
    count = len(sizes)
    starts = list(islice(accumulate(sizes, initial=offset), 0, count, PACKETS_PER_CHUNK))
    whole, rest = divmod(count, PACKETS_PER_CHUNK)
    groups = ([(1, PACKETS_PER_CHUNK, 1)] if whole else []) + ([(whole + 1, rest, 1)] if rest else [])
    lengths = sizes[:]
    places = type(sizes)("I", starts)
    if sys.byteorder == "little":
        lengths.byteswap()
        places.byteswap()
    return [
        full_box("stts", 0, 0, pack(">III", 1, count, PACKET_SAMPLES)),
        full_box("stsc", 0, 0, pack(">I", len(groups)), *(pack(">III", *group) for group in groups)),
        full_box("stsz", 0, 0, pack(">II", 0, count), lengths.tobytes()),
        full_box("stco", 0, 0, pack(">I", len(starts)), places.tobytes()),
        full_box("sgpd", 1, 0, b"roll", pack(">IIh", 2, 1, -1)),
        full_box("sbgp", 0, 0, b"roll", pack(">III", 1, count, 1)),
    ]


def _no_tables() -> list[bytes]:
    """Write empty tables: fragments bring their own."""
    empty = [full_box(name, 0, 0, bytes(4)) for name in ("stts", "stsc", "stco")]
    return [*empty, full_box("stsz", 0, 0, bytes(8))]


def _extends(label: Label) -> bytes:
    """Write `mvex`: the sound goes on in fragments, each sample one packet long."""
    whole = full_box("mehd", 0, 0, pack(">I", label.frames))
    return box("mvex", whole, full_box("trex", 0, 0, pack(">IIIII", _SOUND, 1, PACKET_SAMPLES, 0, 0)))
