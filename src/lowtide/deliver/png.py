"""Pixels in, a PNG file out.

Called by `cover`. Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)". Law: the same pixels
give the same bytes with the same zlib.
"""

from __future__ import annotations

import zlib
from struct import pack

_TRUE_COLOUR = 2
_UNFILTERED = b"\0"
"""A cover is runs of one colour, which pack better as they are than as differences."""
_EFFORT = 4
"""More takes four times as long and saves a fiftieth."""


def png(pixels: bytes | bytearray, width: int) -> bytes:
    """Write a picture: rows of `width` pixels of three bytes, red, green and blue."""
    row_bytes = 3 * width
    rows = [pixels[start : start + row_bytes] for start in range(0, len(pixels), row_bytes)]
    head = pack(">IIBBBBB", width, len(rows), 8, _TRUE_COLOUR, 0, 0, 0)
    body = zlib.compress(_UNFILTERED + _UNFILTERED.join(rows), _EFFORT)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))
