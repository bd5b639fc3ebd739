"""A moment and a person in, the person's own day and clock out.

Law: a day is what the person calls one. It turns when they say, in their own time zone; half past midnight is still
today. Every day that is kept or shown is made here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from lowtide.web.accounts.models import Person


def day_at(at: datetime, zone: tzinfo | None, starts_minute: int) -> date:
    """Give the day that a moment belongs to; `zone` is None for the machine's own.

    >>> from datetime import UTC
    >>> day_at(datetime(2026, 3, 2, 0, 30, tzinfo=UTC), UTC, 240).isoformat()
    '2026-03-01'
    """
    clock = at.astimezone(zone).replace(tzinfo=None)  # the person's clock on the wall, summer time or not
    return (clock - timedelta(minutes=starts_minute)).date()


def day_of(person: Person, at: datetime) -> date:
    """Give the day that a moment is, for this person."""
    return day_at(at, zone_of(person), person.day_starts_minute)


def clock_of(person: Person, at: datetime) -> datetime:
    """Give a moment on this person's clock."""
    return at.astimezone(zone_of(person))


def wall_of(person: Person, at: datetime) -> datetime:
    """Give what this person's clock shows, for a page: without a zone, or templates would show it in the server's."""
    return clock_of(person, at).replace(tzinfo=None)


def zone_of(person: Person) -> tzinfo | None:
    """Give the person's time zone; None, the machine's own, where they named none or one that is not known here."""
    return ZoneInfo(person.time_zone) if person.time_zone in zones() else None


@cache
def zones() -> frozenset[str]:
    """Name every time zone that is known here."""
    return frozenset(available_timezones())
