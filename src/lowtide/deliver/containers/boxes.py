"""Fields in, MP4 boxes out: the parts of a movie header that do not depend on how its sound is laid out.

Called by `m4a` and `m4a_header`. Source: ISO/IEC 14496-12 (boxes), 14496-14 (esds), Apple's "QuickTime File Format
Specification" (metadata, chapter text), and how ffmpeg reads `chpl`.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from lowtide.deliver.containers.id3 import iso_639_2
from lowtide.model.time import MS_PER_SECOND, SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from lowtide.deliver.label import Label, Mark

MATRIX = pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
"""No rotation, no scaling."""
SELF_CONTAINED = 1
_TEXT, _PNG = 1, 14
"""Kinds of metadata value."""
_UTF8_TEXT = pack(">I4sI", 12, b"encd", 0x100)
_HUNDRED_NS_PER_MS = 10_000
_CHAPTER_TITLE_BYTES = 255


def box(name: str, *parts: bytes) -> bytes:
    """Write one box."""
    body = b"".join(parts)
    return pack(">I", len(body) + 8) + name.encode("latin-1") + body


def full_box(name: str, version: int, flags: int, *parts: bytes) -> bytes:
    """Write one box with a version and flags."""
    return box(name, bytes([version]) + flags.to_bytes(3), *parts)


def language_code(language: str) -> int:
    """Pack three letters into 15 bits, as `mdhd` wants them.

    >>> hex(language_code("en"))
    '0x15c7'
    """
    one, two, three = (ord(letter) - 0x60 for letter in iso_639_2(language))
    return one << 10 | two << 5 | three


def movie_header(duration: int, next_track: int) -> bytes:
    """Write `mvhd`; times count in samples, so that lengths are exact."""
    times = pack(">IIII", 0, 0, SAMPLE_RATE_HZ, duration)
    return full_box("mvhd", 0, 0, times, pack(">IH10x", 0x10000, 0x100), MATRIX, bytes(24), pack(">I", next_track))


def track_header(number: int, duration: int, *, is_heard: bool) -> bytes:
    """Write `tkhd`; a track of chapter titles is not played."""
    body = pack(">IIIII8xHHH2x", 0, 0, number, 0, duration, 0, 0, 0x100 if is_heard else 0)
    return full_box("tkhd", 0, 0x7 if is_heard else 0x2, body, MATRIX, bytes(8))


def media_header(timescale: int, duration: int, language: str) -> bytes:
    """Write `mdhd`."""
    return full_box("mdhd", 0, 0, pack(">IIIIHH", 0, 0, timescale, duration, language_code(language), 0))


def handler(kind: str, name: str) -> bytes:
    """Write `hdlr`."""
    return full_box("hdlr", 0, 0, bytes(4), kind.encode(), bytes(12), name.encode() + b"\0")


def own_file() -> bytes:
    """Write `dinf`: the samples are in this file."""
    return box("dinf", full_box("dref", 0, 0, pack(">I", 1), full_box("url ", 0, SELF_CONTAINED)))


def aac_entry(setup: bytes, bit_rate: int) -> bytes:
    """Write `stsd` for AAC with its decoder's set-up."""
    specific = _descriptor(0x05, setup)
    config = _descriptor(0x04, bytes([0x40, 0x15]), bytes(3), pack(">II", bit_rate, bit_rate), specific)
    stream = _descriptor(0x03, bytes(3), config, _descriptor(0x06, b"\x02"))
    sound = bytes(6) + pack(">H8xHHIHH", 1, 2, 16, 0, SAMPLE_RATE_HZ, 0)
    return full_box("stsd", 0, 0, pack(">I", 1), box("mp4a", sound, full_box("esds", 0, 0, stream)))


def _descriptor(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    assert len(body) < 0x80, len(body)
    return bytes([tag, len(body)]) + body


def chapter_texts(chapters: tuple[Mark, ...]) -> list[bytes]:
    """Write the samples of a chapter track: each chapter's title."""
    return [pack(">H", len(title)) + title + _UTF8_TEXT for title in (mark.title.encode() for mark in chapters)]


def chapter_track(label: Label, number: int, offset: int) -> bytes:
    """Write `trak` of the chapters' titles, whose samples lie from `offset` on: what Apple's players read."""
    spans = [(max(mark.end_ms, 1), mark) for mark in label.chapters]
    texts, count = chapter_texts(label.chapters), len(label.chapters)
    times = b"".join(pack(">II", 1, end - mark.start_ms) for end, mark in spans)
    entry = box("text", bytes(6), pack(">HIIH", 1, 0, 0, 0), bytes(33))
    tables = box(
        "stbl",
        full_box("stsd", 0, 0, pack(">I", 1), entry),
        full_box("stts", 0, 0, pack(">I", count), times),
        full_box("stsc", 0, 0, pack(">IIII", 1, 1, count, 1)),
        full_box("stsz", 0, 0, pack(">II", 0, count), *(pack(">I", len(text)) for text in texts)),
        full_box("stco", 0, 0, pack(">II", 1, offset)),
    )
    look = full_box("gmin", 0, 0, pack(">HHHHHH", 0x40, 0x8000, 0x8000, 0x8000, 0, 0))
    base = box("gmhd", look, box("text", MATRIX))
    length = label.chapters[-1].end_ms - label.chapters[0].start_ms
    start = label.chapters[0].start_ms * SAMPLE_RATE_HZ // MS_PER_SECOND
    shown = length * SAMPLE_RATE_HZ // MS_PER_SECOND
    edits = [pack(">IiI", start, -1, 0x10000)] if start else []
    edits.append(pack(">IiI", shown, 0, 0x10000))
    return box(
        "trak",
        track_header(number, start + shown, is_heard=False),
        box("edts", full_box("elst", 0, 0, pack(">I", len(edits)), *edits)),
        box(
            "mdia",
            media_header(MS_PER_SECOND, length, label.language),
            handler("text", "Chapters"),
            box("minf", base, own_file(), tables),
        ),
    )


def user_fields(label: Label) -> bytes:
    """Write `udta`: title, artist, album, comment, cover, and the chapters as Nero wrote them."""
    texts = {"©nam": label.title, "©ART": label.artist, "©alb": label.album, "©cmt": label.comment, "©too": "Lowtide"}
    items = [box(name, _value(_TEXT, text.encode())) for name, text in texts.items() if text]
    items += [box("covr", _value(_PNG, label.cover))] if label.cover else []
    meta = full_box("meta", 0, 0, full_box("hdlr", 0, 0, bytes(4), b"mdirappl", bytes(9)), box("ilst", *items))
    return box("udta", *([_nero(label.chapters)] if label.chapters else []), meta)


def _value(kind: int, body: bytes) -> bytes:
    return box("data", pack(">II", kind, 0), body)


def _nero(chapters: tuple[Mark, ...]) -> bytes:
    entries = b""
    for mark in chapters:
        title = mark.title.encode()[:_CHAPTER_TITLE_BYTES].decode(errors="ignore").encode()
        entries += pack(">QB", mark.start_ms * _HUNDRED_NS_PER_MS, len(title)) + title
    return full_box("chpl", 1, 0, bytes(4), bytes([len(chapters)]), entries)
