"""A `Label` in, a Vorbis comment and a picture block out: the tags of FLAC and of Ogg Opus.

Called by `flac` and `opus`. Sources: xiph.org, "Ogg Vorbis I format specification: comment field", the chapter
extension of the Ogg Vorbis wiki (CHAPTER000, CHAPTER000NAME), RFC 9639 section 8.8 (picture). Law: nothing that
changes from run to run is written.
"""

from __future__ import annotations

import base64
from struct import pack
from typing import TYPE_CHECKING

from lowtide.model.time import MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND

if TYPE_CHECKING:
    from lowtide.deliver.label import Label

VENDOR = b"Lowtide"
_FRONT_COVER = 3
_MIME = b"image/png"
_BITS_PER_PIXEL = 24


def vorbis_comment(label: Label, *, with_cover: bool) -> bytes:
    """Write all tags; `with_cover` where the file has no other place for a picture (Ogg)."""
    texts = [f"TITLE={label.title}", f"ARTIST={label.artist}", f"LANGUAGE={label.language}"]
    texts += [f"ALBUM={label.album}"] if label.album else []
    texts += [f"COMMENT={label.comment}"] if label.comment else []
    for number, mark in enumerate(label.chapters):
        texts += [f"CHAPTER{number:03}={_clock(mark.start_ms)}", f"CHAPTER{number:03}NAME={mark.title}"]
    if with_cover and label.cover:
        texts.append("METADATA_BLOCK_PICTURE=" + base64.b64encode(picture(label.cover)).decode())
    return _sized(VENDOR) + pack("<I", len(texts)) + b"".join(_sized(text.encode()) for text in texts)


def picture(png: bytes) -> bytes:
    """Write a front cover's picture block."""
    width, height = png[16:20], png[20:24]
    kind = pack(">II", _FRONT_COVER, len(_MIME)) + _MIME + pack(">I", 0)
    return kind + width + height + pack(">III", _BITS_PER_PIXEL, 0, len(png)) + png


def _clock(ms: int) -> str:
    hours, rest = divmod(ms, MS_PER_HOUR)
    minutes, rest = divmod(rest, MS_PER_MINUTE)
    return f"{hours:02}:{minutes:02}:{rest // MS_PER_SECOND:02}.{rest % MS_PER_SECOND:03}"


def _sized(text: bytes) -> bytes:
    return pack("<I", len(text)) + text
