"""A calendar file, read back by `icalendar` and repeated as RFC 5545 says: it rings exactly when we would remind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # its types are a package of their own
from icalendar import Calendar

from lowtide.deliver.calendar import Entry, Guest, Meeting, Method, feed, invitation
from lowtide.model.routine import EVERY_DAY, OwnClock, Quiet, Routine
from lowtide.remind import dues_between, is_quiet

ZONES = ("Europe/Lisbon", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana",
         "Pacific/Chatham", "Asia/Tokyo")  # fmt: skip
"""Clocks that are set by an hour and by half an hour, at midnight, in the south, twice around Ramadan, and never."""
TIMES = (0, 30, 90, 120, 150, 165, 180, 239, 240, 420, 750, 1290)
"""Noon and evening, and every time that some night leaves out or shows twice."""
BEGINS, ENDS = datetime(2026, 1, 5, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC)
MADE = datetime(2026, 1, 1, 9, tzinfo=UTC)
NIGHT = Quiet(from_minute=22 * 60, to_minute=7 * 60)


def entry(
    zone: str | None, weekdays: frozenset[int] = EVERY_DAY, times: tuple[int, ...] = TIMES, **other: Any
) -> Entry:
    clock = OwnClock(zone=ZoneInfo(zone) if zone else None, day_starts_minute=240)
    routine = other.pop("routine", Routine(times=times, weekdays=weekdays, clock=clock))
    told: dict[str, Any] = {
        "name": "one",
        "title": "Midday Check-In",
        "address": "https://low.example/rituals/",
        "minutes": 3,
    } | other
    return Entry(routine=routine, since=MADE, **told)


def read(file: bytes) -> Any:  # what a property holds is one of many kinds: each test says which
    return Calendar.from_ical(file)


def rings(file: bytes) -> list[datetime]:
    """Every moment of a year at which a calendar that follows the standard rings, in UTC."""
    return sorted({at for event in read(file).walk("VEVENT") for at in _rings(event) if BEGINS <= at <= ENDS})


def _rings(event: Any) -> Iterator[datetime]:
    starts = event["DTSTART"].dt
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(0)
    assert alarm["ACTION"] == "DISPLAY"
    if "RRULE" not in event:
        yield starts.astimezone(UTC)
        return
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=starts.replace(tzinfo=None))
    for wall in rule.between(datetime(2026, 1, 1), datetime(2027, 1, 10), inc=True):
        at = wall.replace(tzinfo=starts.tzinfo).astimezone(UTC)
        if at.astimezone(starts.tzinfo).replace(tzinfo=None) == wall:  # RFC 5545, 3.3.10: else it is no time at all
            yield at
    if "RDATE" in event:
        yield from (one.dt.astimezone(UTC) for one in event["RDATE"].dts)


def due(one: Entry, quiet: Quiet | None = None) -> list[datetime]:
    found = dues_between(one.routine, BEGINS, ENDS)
    return sorted({each.at for each in found if not is_quiet(each.at, quiet, one.routine.clock)})


@pytest.mark.parametrize("weekdays", [EVERY_DAY, frozenset({6}), frozenset({4, 5})])
@pytest.mark.parametrize("zone", ZONES)
def test_for_a_year_a_calendar_rings_exactly_when_a_reminder_would_be_due(zone: str, weekdays: frozenset[int]) -> None:
    one = entry(zone, weekdays)
    assert rings(feed([one], BEGINS)) == due(one)


def test_the_year_of_the_test_holds_nights_that_leave_a_time_out() -> None:
    one = entry("Europe/Lisbon", times=(90,))
    late = [at for at in due(one) if at.astimezone(ZoneInfo("Europe/Lisbon")).hour == 2]
    assert [at.isoformat() for at in late] == ["2026-03-29T01:30:00+00:00"]
    assert late[0] in rings(feed([one], BEGINS))


@pytest.mark.parametrize("zone", ZONES)
def test_a_calendar_that_has_never_heard_of_the_zone_is_told_its_clock(zone: str) -> None:
    (told,) = read(feed([entry(zone)], BEGINS)).walk("VTIMEZONE")
    learned, known = told.to_tz(lookup_tzid=False), ZoneInfo(zone)
    for hour in range(365 * 24):
        at = BEGINS + timedelta(hours=hour, minutes=29)
        assert learned.utcoffset(at.astimezone(known).replace(tzinfo=None)) in {
            at.astimezone(known).utcoffset(),
            known.utcoffset(at.astimezone(known).replace(tzinfo=None, fold=0)),
        }, at


def test_half_past_midnight_on_fridays_list_is_saturday_in_the_calendar() -> None:
    (event,) = read(feed([entry("Europe/Lisbon", frozenset({4}), (30,))], BEGINS)).walk("VEVENT")
    assert event["RRULE"]["BYDAY"] == ["SA"]
    assert event["DTSTART"].dt.weekday() == 5


def test_what_lies_in_quiet_hours_does_not_ring() -> None:
    one = entry("Asia/Tokyo")
    assert rings(feed([one], BEGINS, NIGHT)) == due(one, NIGHT)
    assert {at.astimezone(ZoneInfo("Asia/Tokyo")).hour for at in due(one, NIGHT)} == {7, 12, 21}


def test_an_event_keeps_its_name_and_the_same_wishes_give_the_same_file() -> None:
    before, after = entry("Asia/Tokyo", times=(420, 750)), entry("Asia/Tokyo", frozenset({0}), (420,))
    names = [{str(event["UID"]) for event in read(feed([one], BEGINS)).walk("VEVENT")} for one in (before, after)]
    assert len(names[0]) == 2
    assert names[1] < names[0]
    assert feed([before], BEGINS) == feed([before], BEGINS + timedelta(days=100))


def test_without_a_zone_it_rings_by_the_clock_of_whoever_reads_it() -> None:
    (event,) = read(feed([entry(None, times=(750,))], BEGINS)).walk("VEVENT")
    assert event["DTSTART"].dt.tzinfo is None
    assert (event["DTSTART"].dt.hour, event["DTSTART"].dt.minute) == (12, 30)


def test_something_that_happens_once_stands_there_once() -> None:
    clock = OwnClock(zone=ZoneInfo("Europe/Lisbon"), day_starts_minute=240)
    at = datetime(2026, 6, 1, 18, tzinfo=ZoneInfo("Europe/Lisbon"))
    one = entry("Europe/Lisbon", routine=Routine(once_at=at, clock=clock))
    assert rings(feed([one], BEGINS)) == [at.astimezone(UTC)]


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    assert read(feed([], BEGINS)).walk("VEVENT") == []


def test_nothing_that_somebody_writes_becomes_a_line_of_its_own() -> None:
    one = entry("Asia/Tokyo", title="Lunch\r\nATTENDEE:mailto:x@example.org", address="https://a.example/\r\nX-A:1")
    lines = feed([one], BEGINS).decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "X-A"))]


MEETING = Meeting(
    name="m-1", title="Week 2: perception", begins=datetime(2026, 5, 4, 18, tzinfo=ZoneInfo("Europe/Lisbon")),
    minutes=150, leader=Guest(mail="leader@example.org", name='Dr "A" B'), guests=(Guest(mail="ana@example.org"),),
    address="https://meet.example/x", text="Body scan\nPleasant events",
)  # fmt: skip


def test_an_invitation_can_be_answered_moved_and_taken_back() -> None:
    asked = read(invitation(MEETING, BEGINS))
    (event,) = asked.walk("VEVENT")
    assert asked["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 5, 4, 17, tzinfo=UTC)
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:leader@example.org", "mailto:ana@example.org")
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["DESCRIPTION"] == "Body scan\nPleasant events"
    called_off = read(invitation(MEETING, BEGINS, Method.CANCEL))
    (gone,) = called_off.walk("VEVENT")
    assert (called_off["METHOD"], gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", event["UID"])
    assert gone.walk("VALARM") == []
