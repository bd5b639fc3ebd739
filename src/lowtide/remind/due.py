"""A routine and a stretch of time in, what is due in it out. Called by the app's worker.

Law: each time of each of the person's own days is due once. A time that the wall does not show, because the clock goes
forward, is due that much later; one that it shows twice is due the first time (RFC 5545, 3.3.5; PEP 495, fold 0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from lowtide.model.routine import DAYS_OF_WEEK, MINUTES_OF_DAY, Due, OwnClock, Routine

ONE_DAY = timedelta(days=1)
MARGIN_DAYS = 3
"""An own day reaches into the next one on the wall, zones lie up to a day apart, and Apia once left a whole day out."""


def moment_of(day: date, minute: int, clock: OwnClock) -> datetime:
    """Give the moment, in UTC, at which the wall shows this time of one of the person's own days.

    >>> from zoneinfo import ZoneInfo
    >>> lisbon = OwnClock(zone=ZoneInfo("Europe/Lisbon"), day_starts_minute=240)
    >>> moment_of(date(2026, 3, 27), 30, lisbon).isoformat()  # Friday's half past midnight is Saturday on the wall
    '2026-03-28T00:30:00+00:00'
    >>> moment_of(date(2026, 3, 28), 90, lisbon).isoformat()  # 01:30 is left out that night: it is due at 02:30
    '2026-03-29T01:30:00+00:00'
    """
    on_wall = day if minute >= clock.day_starts_minute else day + ONE_DAY
    wall = datetime.combine(on_wall, time(minute // 60, minute % 60))
    return wall.replace(tzinfo=clock.zone, fold=0).astimezone(UTC)


def dues_between(routine: Routine, first: datetime, last: datetime) -> tuple[Due, ...]:
    """Give what is due from `first` to `last`, both included, in the order of moments, then of the person's own day."""
    if routine.once_at is not None:
        return (_once(routine, routine.once_at),) if first <= routine.once_at <= last else ()
    days = _days(first, last, routine.clock)
    return tuple(sorted((due for due in _dues(routine, days) if first <= due.at <= last), key=_order(routine.clock)))


def next_due(routine: Routine, after: datetime) -> Due | None:
    """Give the first that is due later than `after`; None where nothing ever is."""
    if routine.once_at is not None:
        return _once(routine, routine.once_at) if routine.once_at > after else None
    days = _days(after, after + timedelta(days=DAYS_OF_WEEK), routine.clock)
    later = (due for due in _dues(routine, days) if due.at > after)
    return min(later, key=_order(routine.clock), default=None)


def _once(routine: Routine, at: datetime) -> Due:
    wall = at.astimezone(routine.clock.zone).replace(tzinfo=None)
    own = wall - timedelta(minutes=routine.clock.day_starts_minute)
    return Due(day=own.date(), minute=wall.hour * 60 + wall.minute, at=at.astimezone(UTC))


def _days(first: datetime, last: datetime, clock: OwnClock) -> Iterator[date]:
    day = first.astimezone(clock.zone).date() - MARGIN_DAYS * ONE_DAY
    end = last.astimezone(clock.zone).date() + MARGIN_DAYS * ONE_DAY
    while day <= end:
        yield day
        day += ONE_DAY


def _dues(routine: Routine, days: Iterator[date]) -> Iterator[Due]:
    for day in days:
        if day.weekday() in routine.weekdays:
            for minute in routine.times:
                yield Due(day=day, minute=minute, at=moment_of(day, minute, routine.clock))


def _order(clock: OwnClock) -> Callable[[Due], tuple[datetime, date, int]]:
    def order(due: Due) -> tuple[datetime, date, int]:
        return due.at, due.day, (due.minute - clock.day_starts_minute) % MINUTES_OF_DAY

    return order
