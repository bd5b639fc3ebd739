"""When a person wishes to be reminded, what is due when, and what becomes of it: the nouns of `remind`.

A time of day is minutes after midnight on the person's wall; a day is the person's own: where it turns at 04:00, half
past midnight on Friday's list is what the wall calls Saturday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

MINUTES_OF_DAY = 24 * 60
DAYS_OF_WEEK = 7
EVERY_DAY = frozenset(range(DAYS_OF_WEEK))
MOST_TIMES = 12
"""House rule: more often than this in a day is no invitation any more."""


class Style(StrEnum):
    """How a reminder sounds, where whatever shows it lets us choose."""

    WORDS = "words"
    """Words only: no sound, no vibration."""
    GENTLE = "gentle"
    """One short vibration."""


class Fate(StrEnum):
    """What became of a reminder, or of one way of it to the person."""

    SENT = "sent"
    LATE = "late"
    """Dropped: nothing could send it until it was too late to be of use."""
    QUIET = "quiet"
    """Dropped: it fell into the person's quiet hours."""
    DONE = "done"
    """Dropped: what it would have invited to was practised already."""
    EARLIER = "earlier"
    """Dropped: a later one of the same routine was due at the same look."""
    PAUSED = "paused"
    """Dropped: the person is signed out everywhere, or takes a break."""
    NOWHERE = "nowhere"
    """Dropped: there is no browser and no address to send it to, or no longer."""
    FAILED = "failed"
    """It can not be delivered there, and never will be."""
    UNSURE = "unsure"
    """Whoever sent it was ended in the very hand-over: it may have arrived, and is not sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClock:
    """A person's clock and days."""

    zone: tzinfo | None
    """None for the machine's own."""
    day_starts_minute: int
    """When their day begins, in minutes after midnight."""

    def __post_init__(self) -> None:
        assert 0 <= self.day_starts_minute < MINUTES_OF_DAY, self.day_starts_minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nothing is sent; they may cross midnight."""

    from_minute: int
    """The first minute of silence, after midnight on the wall."""
    to_minute: int
    """The first minute after it."""

    def __post_init__(self) -> None:
        assert 0 <= self.from_minute < MINUTES_OF_DAY, self.from_minute
        assert 0 <= self.to_minute < MINUTES_OF_DAY, self.to_minute
        assert self.from_minute != self.to_minute, "quiet hours begin and end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """When somebody wishes to be reminded of one thing: at times of their own days, or once."""

    times: tuple[int, ...] = ()
    """Minutes after midnight on the wall, ascending; nothing where it is once."""
    weekdays: frozenset[int] = EVERY_DAY
    """Of the person's own days: 0 is Monday."""
    once_at: datetime | None = None
    """The one moment of something that happens once, such as a group's meeting; else None."""
    clock: OwnClock

    def __post_init__(self) -> None:
        assert list(self.times) == sorted(set(self.times)), "each time once, in order"
        assert all(0 <= minute < MINUTES_OF_DAY for minute in self.times), self.times
        assert len(self.times) <= MOST_TIMES, len(self.times)
        assert self.weekdays <= EVERY_DAY, self.weekdays
        assert self.once_at is None or self.once_at.tzinfo is not None, "a moment knows its zone"
        assert not (self.once_at and self.times), "either once, or at times of days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One occurrence of a routine. Day and minute name it: whatever zones and edits do, it is due once."""

    day: date
    """The person's own day."""
    minute: int
    """The time of day on the wall that was asked for."""
    at: datetime
    """When that is, in UTC."""


LATEST = timedelta(minutes=30)
"""House rule: what could not be sent by then is dropped. Half an hour is half of what makes a midday midday."""
SNOOZES = (10, 30, 60)
"""For how many minutes a reminder can be put off."""
