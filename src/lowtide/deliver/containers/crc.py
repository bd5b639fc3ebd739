"""Bytes in, the checksums of FLAC and Ogg out, without a loop over the sound in Python.

Called by `flac` and `opus`. Law: a CRC that begins at 0 is linear, so a changed head needs only the head's two CRCs
and the length of what follows it; and a CRC over mirrored bits is the mirrored CRC, so zlib's serves for Ogg's.
"""

from __future__ import annotations

import zlib
from functools import cache

_CRC8 = 0x07
"""x^8 + x^2 + x + 1: FLAC's frame head (RFC 9639, 9.1.8)."""
_CRC16 = 0x8005
"""x^16 + x^15 + x^2 + 1: FLAC's whole frame (RFC 9639, 9.3)."""
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def crc8(data: bytes) -> int:
    """Sum a FLAC frame's head.

    >>> hex(crc8(b"123456789"))
    '0xf4'
    """
    return _plain(data, _CRC8, 8)


def crc16(data: bytes) -> int:
    """Sum a few bytes as FLAC sums a frame.

    >>> hex(crc16(b"123456789"))
    '0xfee8'
    """
    return _plain(data, _CRC16, 16)


def shifted16(crc: int, count: int) -> int:
    """Carry a CRC-16 over `count` zero bytes, in as many steps as `count` has bits.

    >>> shifted16(crc16(b"Lowtide"), 4608) == crc16(b"Lowtide" + bytes(4608))
    True
    """
    step = 0
    while count:
        if count & 1:
            high, low = _tables(step)
            crc = high[crc >> 8] ^ low[crc & 0xFF]
        count, step = count >> 1, step + 1
    return crc


def ogg_crc(data: bytes) -> int:
    """Sum an Ogg page whose own checksum field is zero: CRC-32 without inversion, highest bit first (RFC 3533).

    >>> hex(ogg_crc(b"123456789"))
    '0x89a1897f'
    """
    mirrored = zlib.crc32(data.translate(_MIRRORED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(_MIRRORED))


@cache
def _tables(step: int) -> tuple[list[int], list[int]]:
    """Tabulate the effect of 2^step zero bytes on a CRC-16's high and low byte."""
    if step == 0:
        powers = [_plain(b"\0", _CRC16, 16, 1 << bit) for bit in range(16)]
    else:
        high, low = _tables(step - 1)
        powers = [high[(1 << bit) >> 8] ^ low[(1 << bit) & 0xFF] for bit in range(16)]
        powers = [high[crc >> 8] ^ low[crc & 0xFF] for crc in powers]
    return [_sum(powers[8:], byte) for byte in range(256)], [_sum(powers[:8], byte) for byte in range(256)]


def _sum(powers: list[int], byte: int) -> int:
    total = 0
    for bit, power in enumerate(powers):
        total ^= power if byte >> bit & 1 else 0
    return total


def _plain(data: bytes, polynomial: int, width: int, crc: int = 0) -> int:
    top, mask = 1 << (width - 1), (1 << width) - 1
    for byte in data:
        crc ^= byte << (width - 8)
        for _ in range(8):
            crc = (crc << 1 ^ polynomial if crc & top else crc << 1) & mask
    return crc
