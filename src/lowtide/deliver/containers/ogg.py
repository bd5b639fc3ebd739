"""Packets in, Ogg pages out.

Called by `opus`. Source: RFC 3533. Law: a page depends on its packets, its number and its granule alone, so pages can
be written in any order.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from lowtide.deliver.containers.crc import ogg_crc

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTINUED, FIRST, LAST = 1, 2, 4
"""Flags of a page: it begins inside a packet; it begins the stream; it ends it."""
_SEGMENT = 255
_MOST_SEGMENTS = 255
NO_GRANULE = -1
"""For a page in which no packet ends."""


def page(packets: Sequence[bytes], *, number: int, granule: int, serial: int, flags: int = 0) -> bytes:
    """Write one page that holds these packets whole; together at most 255 segments of 255 bytes."""
    lacing = b"".join(bytes([_SEGMENT]) * (len(p) // _SEGMENT) + bytes([len(p) % _SEGMENT]) for p in packets)
    return _page(lacing, b"".join(packets), number=number, granule=granule, serial=serial, flags=flags)


def long_packet(packet: bytes, *, number: int, serial: int) -> list[bytes]:
    """Write one packet of any length over as many pages as it needs."""
    lacing = bytes([_SEGMENT]) * (len(packet) // _SEGMENT) + bytes([len(packet) % _SEGMENT])
    pages = []
    for i, at in enumerate(range(0, len(lacing), _MOST_SEGMENTS)):
        piece = packet[at * _SEGMENT : (at + _MOST_SEGMENTS) * _SEGMENT]
        ends = at + _MOST_SEGMENTS >= len(lacing)
        granule, flags = (0 if ends else NO_GRANULE), (CONTINUED if i else 0)
        pages.append(
            _page(
                lacing[at : at + _MOST_SEGMENTS],
                piece,
                number=number + i,
                granule=granule,
                serial=serial,
                flags=flags,
            )
        )
    return pages


def _page(lacing: bytes, body: bytes, *, number: int, granule: int, serial: int, flags: int) -> bytes:
    assert len(lacing) <= _MOST_SEGMENTS, len(lacing)
    before = b"OggS" + pack("<BBqII", 0, flags, granule, serial, number)
    after = bytes([len(lacing)]) + lacing + body
    return before + pack("<I", ogg_crc(before + bytes(4) + after)) + after
