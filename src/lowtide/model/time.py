"""Lengths of time: text in, integer milliseconds out, and back; and the one way to say a count to people.

Called by every stage. Laws: a time in Lowtide is an integer number of milliseconds on the session's own clock, which
begins at 0 with the first sample of the recording; at 48 kHz one millisecond is exactly 48 samples. Nobody reads
"1 minutes", and what was begun is never said as nothing.
"""

from __future__ import annotations

import re
from datetime import date

from lowtide.errors import UserError

SAMPLE_RATE_HZ = 48_000
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
MS_PER_SECOND = 1000
MS_PER_MINUTE = 60_000
MS_PER_HOUR = 3_600_000
MS_PER_DAY = 24 * MS_PER_HOUR
EPOCH = date(1970, 1, 1)
"""The day from which days are counted where a day is a number."""
LONGEST_MS = 12 * MS_PER_HOUR
"""No session is longer: a night's soundscape is about 9 h."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.(\d{1,3}))?", re.ASCII)
_MINUTES = re.compile(r"\d{1,4}(?:\.\d{1,6})?", re.ASCII)


def parse_minutes(text: str) -> int:
    """Read a length as a person types it: minutes (`7`, `12.5`) or a clock (`1:30:00`, `7:30`).

    Raises `UserError` for anything else, for nothing and for more than 12 hours.

    >>> parse_minutes("7"), parse_minutes("12.5"), parse_minutes("1:30:00"), parse_minutes("7:30")
    (420000, 750000, 5400000, 450000)
    """
    clock = _CLOCK.fullmatch(text.strip())
    if clock:
        hours, minutes, seconds, fraction = clock.groups()
        if int(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
            raise UserError(f"'{text}' is not a time.", hint="Try 7, 12.5, 7:30 or 1:30:00.")
        ms = int(hours or 0) * MS_PER_HOUR + int(minutes) * MS_PER_MINUTE + int(seconds) * MS_PER_SECOND
        ms += int((fraction or "0").ljust(3, "0"))
    elif _MINUTES.fullmatch(text.strip()):
        ms = round(float(text) * MS_PER_MINUTE)
    else:
        raise UserError(f"'{text}' is not a length in minutes.", hint="Try 7, 12.5, 7:30 or 1:30:00.")
    if not 0 < ms <= LONGEST_MS:
        raise UserError(
            f"'{text}' is not a length a session can have.", hint="It must be above 0 and at most 12 hours."
        )
    return ms


def span(shortest_ms: int, longest_ms: int) -> str:
    """Write a range of lengths for people: in whole seconds inside it, where there are any.

    >>> span(155_785, 855_985), span(1_200, 1_700)
    ('2:36 to 14:15', '0:01.200 to 0:01.700')
    """
    low, high = -(-shortest_ms // MS_PER_SECOND) * MS_PER_SECOND, longest_ms // MS_PER_SECOND * MS_PER_SECOND
    return f"{clock(low)} to {clock(high)}" if low <= high else f"{clock(shortest_ms)} to {clock(longest_ms)}"


def clock(ms: int) -> str:
    """Write a time for people: `7:05`, `1:30:00`, and the milliseconds only where there are any.

    >>> clock(425_000), clock(5_400_000), clock(1_250)
    ('7:05', '1:30:00', '0:01.250')
    """
    whole, rest = divmod(ms, MS_PER_SECOND)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{rest:03}" if rest else text


def counted(number: float, one: str, many: str = "") -> str:
    """Say how many there are of something; `many` where it is not `one` with an s.

    >>> counted(1, "day"), counted(3, "day"), counted(0, "row"), counted(2, "guess", "guesses"), counted(2.5, "minute")
    ('1 day', '3 days', '0 rows', '2 guesses', '2.5 minutes')
    """
    return f"{number:.10g} {one if number == 1 else many or one + 's'}"


def lasted(ms: float) -> str:
    """Say how long something went on: in whole minutes, and in seconds where it was less than one.

    >>> lasted(9_400), lasted(60_000), lasted(1_470_000), lasted(20)
    ('9 seconds', '1 minute', '25 minutes', 'a moment')
    """
    seconds = round(ms / MS_PER_SECOND)
    if seconds < MS_PER_MINUTE // MS_PER_SECOND:
        return counted(seconds, "second") if seconds else "a moment"
    return counted(_minutes(ms), "minute")


def in_minutes(ms: float) -> str:
    """Say the same as a number of minutes, for a cell that has room for a number alone.

    >>> in_minutes(9_400), in_minutes(1_470_000)
    ('<1', '25')
    """
    return "<1" if round(ms / MS_PER_SECOND) < MS_PER_MINUTE // MS_PER_SECOND else str(_minutes(ms))


def heard_of(heard_ms: int, length_ms: int) -> str:
    """Say how much of a session was heard; a length that is not of whole minutes is written as a clock.

    >>> heard_of(9_000, 300_000), heard_of(240_000, 600_000), heard_of(600_000, 600_000), heard_of(45_000, 60_000)
    ('9 seconds of 5 minutes', '4 of 10 minutes', '10 minutes', '45 seconds of 1 minute')
    >>> heard_of(185_400, 450_000), heard_of(450_000, 450_000)
    ('3:05 of 7:30', '7:30')
    """
    is_whole = length_ms % MS_PER_MINUTE == 0
    length = counted(length_ms // MS_PER_MINUTE, "minute") if is_whole else clock(length_ms)
    if heard_ms >= length_ms:
        return length
    if in_minutes(heard_ms) == "<1":
        return f"{lasted(heard_ms)} of {length}"
    heard = str(_minutes(heard_ms)) if is_whole else clock(heard_ms // MS_PER_SECOND * MS_PER_SECOND)
    return f"{heard} of {length}"


def _minutes(ms: float) -> int:
    return int(ms / MS_PER_MINUTE + 0.5)  # half a minute is rounded up, each time
