"""A value in, a cell of a spreadsheet out; and back. Law: no cell is ever taken for a formula, and none is changed.

A text that a spreadsheet would calculate (OWASP, "CSV injection": it begins with = + - @, a tab or a line break) is
written with an apostrophe before it, and so is a text that begins with an apostrophe: so each is read back as it was.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

GUARD = "'"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)
YES, NO = "yes", "no"
TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def cell(value: Any) -> str:
    """Write a value.

    >>> cell(True), cell(None), cell(-6.0), cell("=1+1"), cell(["a"])
    ('yes', '', '-6.0', "'=1+1", '["a"]')
    """
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return str(plain(value)) if not isinstance(value, (list, dict)) else json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """Give a value as JSON can hold it.

    >>> plain(datetime(2026, 3, 1, 9, tzinfo=UTC)), plain(date(2026, 3, 1))
    ('2026-03-01T09:00:00+00:00', '2026-03-01')
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, UUID)):
        return str(value)
    return value


def guarded(text: str) -> str:
    """Keep a spreadsheet from calculating a text.

    >>> guarded("=1+1"), guarded(" @x"), guarded("'tis"), guarded("fine")
    ("'=1+1", "' @x", "''tis", 'fine')
    """
    return GUARD + text if text.lstrip(" ").startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """Give the text as it was.

    >>> unguarded("'=1+1"), unguarded("''tis"), unguarded("fine")
    ('=1+1', "'tis", 'fine')
    """
    return text.removeprefix(GUARD)


def truth(text: str) -> bool:
    """Read a yes or a no, also as a spreadsheet writes it; raise `ValueError` for anything else.

    >>> truth("yes"), truth("FALSE")
    (True, False)
    """
    known = TRUTHS.get(text.strip().casefold())
    if known is None:
        raise ValueError(f"'{text}' is neither yes nor no.")
    return known
