"""A time zone and some years in, what a calendar has to know of it out (VTIMEZONE). Called by `feed` and `invitation`.

Law: each change of the clock stands there with the wall's time at which it happens, told in the offset before it (RFC
5545, 3.6.5): a calendar that has never heard of the zone rings at the same moment as we do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


def timezone_of(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """Describe a zone from the first year to the last, both included."""
    from icalendar import Timezone

    begins, ends = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    described = Timezone()
    described.add("TZID", zone.key)
    for at in (begins, *changes(zone, begins, ends)):
        described.add_component(_rule(zone, at))
    return described


def _rule(zone: ZoneInfo, at: datetime) -> TimezoneDaylight | TimezoneStandard:
    from icalendar import TimezoneDaylight, TimezoneStandard

    before, after = offset_at(zone, at - ONE_SECOND), offset_at(zone, at)
    is_summer = bool(at.astimezone(zone).dst())
    rule: TimezoneDaylight | TimezoneStandard = TimezoneDaylight() if is_summer else TimezoneStandard()
    rule.add("DTSTART", (at + before).replace(tzinfo=None))
    rule.add("TZOFFSETFROM", before)
    rule.add("TZOFFSETTO", after)
    rule.add("TZNAME", at.astimezone(zone).tzname() or zone.key)
    return rule


@lru_cache(maxsize=64)
def changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> tuple[datetime, ...]:
    """Give the moments, in UTC, at which the clock of a zone is set.

    >>> lisbon = ZoneInfo("Europe/Lisbon")
    >>> [at.isoformat() for at in changes(lisbon, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))]
    ['2026-03-29T01:00:00+00:00', '2026-10-25T01:00:00+00:00']
    """
    days = (begins + number * ONE_DAY for number in range((ends - begins).days))
    return tuple(_within(zone, at, at + ONE_DAY) for at in days if offset_at(zone, at) != offset_at(zone, at + ONE_DAY))


def _within(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find the second at which the clock is set between two moments."""
    old = offset_at(zone, before)
    while after - before > ONE_SECOND:
        middle = before + timedelta(seconds=(after - before) // ONE_SECOND // 2)
        before, after = (middle, after) if offset_at(zone, middle) == old else (before, middle)
    return after


def offset_at(zone: ZoneInfo, at: datetime) -> timedelta:
    """Say how far a zone's clock is ahead of UTC at a moment."""
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None, zone
    return offset
