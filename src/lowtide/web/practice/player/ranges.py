"""What a player's request asks of a file of known size in, which bytes and which answer out. RFC 9110, section 14.

Called by `sound`. Law: one range, or the whole file; what can not be understood is answered with the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is sent."""

    status: int
    """200 the whole, 206 a part, 304 nothing new, 416 there is no such part."""
    start: int = 0
    stop: int = 0
    """Bytes from `start` to before `stop`."""


def asked(headers: Mapping[str, str], size: int, etag: str) -> Asked:
    """Read a request for a file.

    >>> asked({"Range": "bytes=10-"}, 100, '"a"')
    Asked(status=206, start=10, stop=100)
    >>> asked({"Range": "bytes=10-", "If-Range": '"b"'}, 100, '"a"')
    Asked(status=200, start=0, stop=100)
    >>> asked({"Range": "bytes=100-"}, 100, '"a"').status, asked({"If-None-Match": '"a"'}, 100, '"a"').status
    (416, 304)
    """
    whole = Asked(status=200, stop=size)
    if _names(headers.get("If-None-Match", ""), etag):
        return Asked(status=304)
    found = _ONE.fullmatch(headers.get("Range", "").strip())
    if found is None or found[0] == "bytes=-" or headers.get("If-Range", etag) != etag:
        return whole
    first, last = found.groups()
    if not first:
        count = int(last)
        return Asked(status=206, start=max(0, size - count), stop=size) if count else Asked(status=416)
    start, stop = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return whole
    return Asked(status=206, start=start, stop=stop) if start < size else Asked(status=416)


def _names(header: str, etag: str) -> bool:
    names = {name.strip().removeprefix("W/") for name in header.split(",")}
    return etag in names or "*" in names
