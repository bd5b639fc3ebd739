"""Pixels in, a PNG file out.

Called by `cover`. Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)". Law: the same pixels
give the same bytes with the same zlib.
"""

from __future__ import annotations

import zlib
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TRUE_COLOUR = 2
_UP = 2
"""The filter that keeps each row's difference from the one above it: smooth pictures become nearly all zeros."""
_EFFORT = 4
"""More takes ten times as long and saves a tenth."""


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Write a picture, uint8 (height, width, 3)."""
    import numpy as np

    height, width, _ = pixels.shape
    rows = np.empty((height, 1 + 3 * width), dtype=np.uint8)
    flat = pixels.reshape(height, 3 * width)
    rows[:, 0] = _UP
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    head = pack(">IIBBBBB", width, height, 8, _TRUE_COLOUR, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), _EFFORT)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))
