"""How many and how long in, words for people out: the one way to say a count.

Called by everything that writes a sentence. Law: nobody reads "1 minutes", and what was begun is never said as nothing.
"""

from __future__ import annotations

from lowtide.model.time import MS_PER_MINUTE, MS_PER_SECOND, clock


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
