"""Numbers and lengths of time as people write them: words in, integers and milliseconds out.

Called by `marks`, `breaths` and `steps`.
"""

from __future__ import annotations

import re

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60,
}  # fmt: skip
BREATH_MS = 6_000
"""One unhurried breath, where a text counts a pause in breaths: ten a minute, the slow end of ordinary breathing."""
MOMENT_MS = 8_000
"""`A few seconds`, `a moment`: EVIDENCE gives stillness 8–10 s."""
LONGEST_MS = 1_800_000
"""Half an hour: a longer silence in a text is a slip, or a schedule."""

NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_UNITS = r"(?:seconds?|secs?|s|minutes?|mins?|m|breaths?|breath cycles?|cycles? of breath|moments?)"
_LENGTH = re.compile(
    rf"\b(?P<low>{NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<high>{NUMBER}))?[\s-]?(?P<unit>{_UNITS})\b", re.IGNORECASE
)
_HALF = re.compile(r"\bhalf (?:a |of a )?minute\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:a|another|full) (?:full )?(?P<unit>minute|breath)\b", re.IGNORECASE)
_FEW = re.compile(
    r"\b(?:a )?(?:few|couple(?: of)?|several|short|brief)? ?(?P<unit>seconds?|moments?|breaths|minutes)\b",
    re.IGNORECASE,
)


def number(text: str) -> int | None:
    """Read a number, in figures or in words.

    >>> number("7"), number("Seven"), number("some")
    (7, 7, None)
    """
    low = text.lower()
    return int(low) if low.isdecimal() and low.isascii() and len(low) <= 3 else WORDS.get(low)


def length_ms(text: str) -> int | None:
    """Find the first length of time in a text; a range gives its middle.

    >>> length_ms("pause for 10 seconds"), length_ms("1-2 min"), length_ms("three breaths"), length_ms("here")
    (10000, 90000, 18000, None)
    """
    found = _LENGTH.search(text)
    if found:
        low = number(found["low"]) or 0
        high = number(found["high"]) or low if found["high"] else low
        ms = (low + high) * _unit_ms(found["unit"]) // 2
        return ms if 0 < ms <= LONGEST_MS else None
    if _HALF.search(text):
        return 30_000
    one = _ONE.search(text)
    if one:
        return _unit_ms(one["unit"])
    few = _FEW.search(text)
    return (3 * _unit_ms(few["unit"]) if few["unit"] in ("breaths", "minutes") else MOMENT_MS) if few else None


def _unit_ms(unit: str) -> int:
    low = unit.lower()
    if low.startswith("moment"):
        return MOMENT_MS
    if low.startswith("m"):
        return 60_000
    return 1_000 if low.startswith("s") else BREATH_MS


def written(ms: int) -> str:
    """Write a silence as the language does.

    >>> written(8000), written(120000), written(1500)
    ('8s', '2m', '1.5s')
    """
    if ms % 60_000 == 0:
        return f"{ms // 60_000}m"
    return f"{ms // 1000}s" if ms % 1000 == 0 else f"{ms / 1000:g}s"
