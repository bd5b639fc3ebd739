"""A person's routines and meetings in, a calendar to subscribe to out: an event with an alarm for each time of day.

Called by the app. Law: its events, read as RFC 5545 says, are exactly what is due. A time that the wall leaves out,
because the clock goes forward, would be left out of a repetition (3.3.10): it stands there by itself, that much later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lowtide.deliver.calendar.lines import DOMAIN, MAKER, one_line
from lowtide.deliver.calendar.meeting import Meeting, event_of
from lowtide.deliver.calendar.zone import changes, timezone_of
from lowtide.model.routine import DAYS_OF_WEEK, Quiet, Routine

if TYPE_CHECKING:
    from icalendar import Calendar, Event

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
YEARS_AHEAD = 3
"""Changes of the clock are told for so long; a feed is fetched again long before."""
FETCHED_AGAIN = timedelta(hours=6)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A routine as a calendar shows it."""

    name: str
    """Stays the same when the routine is changed."""
    title: str
    address: str
    """Where it is opened."""
    minutes: int
    """How long it takes."""
    routine: Routine
    since: datetime
    """When it was first wished for: no event is earlier than that day."""


def feed(
    entries: Iterable[Entry], now: datetime, quiet: Quiet | None = None, meetings: Iterable[Meeting] = ()
) -> bytes:
    """Write a calendar of routines and meetings; times of routines that lie in the quiet hours are left out.

    The same routines in the same year give the same bytes. Where a zone is None, events have no zone either: they are
    due when the clock of whoever reads them says so, which is this machine's own.
    """
    listed, arranged = list(entries), list(meetings)
    calendar = _calendar()
    zones = [one.routine.clock.zone for one in listed] + [one.begins.tzinfo for one in arranged]
    for zone in sorted({key for one in zones if (key := _key(one))}):
        years = [one.since.year for one in listed] + [one.begins.year for one in arranged] + [now.year + YEARS_AHEAD]
        calendar.add_component(timezone_of(ZoneInfo(zone), min(years), max(years)))
    for one in listed:
        for event in _events(one, now, quiet):
            calendar.add_component(event)
    for meeting in arranged:
        calendar.add_component(event_of(meeting, meeting.since or now))
    written: bytes = calendar.to_ical()
    return written


def _calendar() -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("NAME", "Lowtide")
    calendar.add("X-WR-CALNAME", "Lowtide")
    calendar.add("REFRESH-INTERVAL", FETCHED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT6H")
    return calendar


def _events(entry: Entry, now: datetime, quiet: Quiet | None) -> Iterator[Event]:
    routine = entry.routine
    if routine.once_at is not None:
        event = _event(entry, entry.name)
        event.add("DTSTART", routine.once_at.astimezone(UTC))
        yield event
    for minute in routine.times if routine.weekdays else ():
        if not _is_quiet(minute, quiet):
            yield _repeating(entry, minute, now)


def _event(entry: Entry, name: str) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("UID", f"{name}@{DOMAIN}")
    event.add("DTSTAMP", entry.since.astimezone(UTC).replace(microsecond=0))
    event.add("SUMMARY", one_line(entry.title))
    event.add("URL", one_line(entry.address))
    event.add("DURATION", timedelta(minutes=entry.minutes))
    event.add("TRANSP", "TRANSPARENT")  # it is an invitation: nobody is busy because of it
    event.add("CLASS", "PRIVATE")
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", one_line(entry.title))
    alarm.add("TRIGGER", timedelta(0))
    event.add_component(alarm)
    return event


def _repeating(entry: Entry, minute: int, now: datetime) -> Event:
    clock = entry.routine.clock
    zone, at = clock.zone, time(minute // 60, minute % 60)
    shift = 0 if minute >= clock.day_starts_minute else 1  # the person's Friday is then the wall's Saturday
    on_wall = sorted((day + shift) % DAYS_OF_WEEK for day in entry.routine.weekdays)
    first = _first(entry.since.astimezone(zone).date(), on_wall, at, zone)
    event = _event(entry, f"{entry.name}-{minute}")
    event.add("DTSTART", datetime.combine(first, at, zone))
    event.add("RRULE", {"FREQ": "WEEKLY", "BYDAY": [DAYS[day] for day in on_wall]})
    left_out = list(_later(zone, on_wall, at, entry.since, now)) if isinstance(zone, ZoneInfo) else []
    if left_out:
        event.add("RDATE", left_out)
    return event


def _first(day: date, weekdays: Sequence[int], at: time, zone: tzinfo | None) -> date:
    while day.weekday() not in weekdays or _shown(day, at, zone) != datetime.combine(day, at, zone):
        day += ONE_DAY
    return day


def _shown(day: date, at: time, zone: tzinfo | None) -> datetime:
    """Give the moment that is meant, as the wall shows it: later than asked for where it leaves that time out."""
    asked = datetime.combine(day, at, zone)
    return asked if zone is None else asked.astimezone(UTC).astimezone(zone)


def _later(zone: ZoneInfo, weekdays: Sequence[int], at: time, since: datetime, now: datetime) -> Iterator[datetime]:
    """Give the moments of those days on which the wall leaves this time out: as much later as the clock is set."""
    begins = datetime(since.year, 1, 1, tzinfo=UTC)
    for change in changes(zone, begins, datetime(now.year + YEARS_AHEAD + 1, 1, 1, tzinfo=UTC)):
        for days in (-1, 0, 1):
            day = change.astimezone(zone).date() + days * ONE_DAY
            shown = _shown(day, at, zone)
            is_meant = day.weekday() in weekdays and day >= since.astimezone(zone).date()
            if is_meant and shown != datetime.combine(day, at, zone):
                yield shown


def _is_quiet(minute: int, quiet: Quiet | None) -> bool:
    if quiet is None:
        return False
    if quiet.from_minute < quiet.to_minute:
        return quiet.from_minute <= minute < quiet.to_minute
    return minute >= quiet.from_minute or minute < quiet.to_minute


def _key(zone: tzinfo | None) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else ""
