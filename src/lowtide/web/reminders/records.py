"""Rows of reminders in, the core's nouns out, and back."""

from __future__ import annotations

from collections.abc import Iterable

from lowtide.model.routine import DAYS_OF_WEEK, Due, OwnClock, Quiet
from lowtide.model.routine import Routine as RoutineNoun
from lowtide.web.accounts.days import zone_of
from lowtide.web.accounts.models import Person
from lowtide.web.reminders.models import QuietHours, Reminder, Routine


def clock_of(person: Person) -> OwnClock:
    """Give a person's clock and days."""
    return OwnClock(zone=zone_of(person), day_starts_minute=person.day_starts_minute)


def routine_of(row: Routine) -> RoutineNoun:
    """Give a row's routine, on its person's clock."""
    return RoutineNoun(
        times=tuple(row.times), weekdays=weekdays_of(row.weekdays), once_at=row.once_at, clock=clock_of(row.person)
    )


def quiet_of(row: QuietHours | None) -> Quiet | None:
    """Give a row's quiet hours."""
    return None if row is None else Quiet(from_minute=row.from_minute, to_minute=row.to_minute)


def due_of(row: Reminder) -> Due:
    """Give what a reminder's row stands for."""
    return Due(day=row.day, minute=row.minute, at=row.due_at)


def weekdays_of(bits: int) -> frozenset[int]:
    """Read a row's days of the week: 0 is Monday.

    >>> sorted(weekdays_of(0b1000001))
    [0, 6]
    """
    return frozenset(day for day in range(DAYS_OF_WEEK) if bits >> day & 1)


def weekdays_row(days: Iterable[int]) -> int:
    """Write days of the week into a row.

    >>> weekdays_row([0, 6])
    65
    """
    return sum(1 << day for day in set(days))
