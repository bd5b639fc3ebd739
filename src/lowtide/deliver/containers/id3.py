"""A `Label` in, an ID3v2.4 tag out: title, chapters, cover.

Called by `mp3`. Written by hand, because the tag is the first thing that is sent and importing a tag library takes
longer than sending it. Source: id3.org, "ID3 tag version 2.4.0 – Main Structure", "– Native Frames", and "ID3v2
Chapter Frame Addendum". Law: the tag's size depends on the label alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lowtide.deliver.label import Label, Mark

_UTF8 = b"\x03"
_FRONT_COVER = b"\x03"
_CONTENTS = b"toc"
_TOP_AND_ORDERED = b"\x03"
_NO_OFFSET = b"\xff" * 4
"""CHAP carries byte offsets too; all ones means: use the times."""

LANGUAGES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun",
    "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav", "nb": "nob", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp",
    "sv": "swe", "ta": "tam", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip
"""ISO 639-1 to ISO 639-2/T, which ID3 and MP4 want."""


def iso_639_2(language: str) -> str:
    """Turn a BCP 47 language into three letters; `und` where they are not known.

    >>> iso_639_2("en-GB"), iso_639_2("deu"), iso_639_2("xx")
    ('eng', 'deu', 'und')
    """
    primary = language.lower().split("-")[0]
    return primary if len(primary) == 3 and primary.isascii() and primary.isalpha() else LANGUAGES.get(primary, "und")


def id3(label: Label) -> bytes:
    """Write the whole tag, header included."""
    language = iso_639_2(label.language)
    body = _text("TIT2", label.title) + _text("TPE1", label.artist) + _text("TLAN", language)
    body += _text("TALB", label.album) if label.album else b""
    body += _text("TLEN", str(label.duration_ms)) + _text("TCON", "Speech")
    if label.comment:
        body += _frame("COMM", _UTF8 + language.encode() + b"\0" + label.comment.encode())
    if label.chapters:
        body += _contents(label.chapters)
        body += b"".join(_chapter(i, mark) for i, mark in enumerate(label.chapters))
    if label.cover:
        body += _frame("APIC", _UTF8 + b"image/png\0" + _FRONT_COVER + b"\0" + label.cover)
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _contents(chapters: tuple[Mark, ...]) -> bytes:
    names = b"".join(_name(i) for i in range(len(chapters)))
    return _frame("CTOC", _CONTENTS + b"\0" + _TOP_AND_ORDERED + bytes([len(chapters)]) + names)


def _chapter(index: int, mark: Mark) -> bytes:
    times = mark.start_ms.to_bytes(4) + mark.end_ms.to_bytes(4)
    return _frame("CHAP", _name(index) + times + _NO_OFFSET * 2 + _text("TIT2", mark.title))


def _name(index: int) -> bytes:
    return f"chapter{index + 1}".encode() + b"\0"


def _text(name: str, text: str) -> bytes:
    return _frame(name, _UTF8 + text.encode())


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + _synchsafe(len(body)) + b"\0\0" + body


def _synchsafe(number: int) -> bytes:
    assert number < 1 << 28, number
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))
