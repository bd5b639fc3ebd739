"""What is due when: on the person's own days, on their wall, whatever the clock does in that night."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lowtide.model.routine import Due, OwnClock, Routine
from lowtide.remind import dues_between, moment_of, next_due


def clock(zone: str, starts: str = "04:00") -> OwnClock:
    return OwnClock(zone=ZoneInfo(zone), day_starts_minute=minute(starts))


def minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "asked", "comes"),
    [
        # Lisbon's clock goes from 01:00 to 02:00 at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October.
        ("Europe/Lisbon", date(2026, 3, 28), "00:30", "2026-03-29T00:30"),
        ("Europe/Lisbon", date(2026, 3, 28), "01:30", "2026-03-29T01:30"),  # the wall shows 02:30
        ("Europe/Lisbon", date(2026, 3, 28), "02:30", "2026-03-29T01:30"),
        ("Europe/Lisbon", date(2026, 10, 24), "01:30", "2026-10-25T00:30"),  # the first of two
        ("Europe/Lisbon", date(2026, 10, 24), "02:30", "2026-10-25T02:30"),
        # New York's goes from 02:00 to 03:00 on 8 March 2026, and from 02:00 back to 01:00 on 1 November.
        ("America/New_York", date(2026, 3, 7), "02:30", "2026-03-08T07:30"),  # the wall shows 03:30
        ("America/New_York", date(2026, 10, 31), "01:30", "2026-11-01T05:30"),  # the first of two
        # Lord Howe's goes by half an hour: from 02:00 to 02:30 on 4 October 2026, from 02:00 back to 01:30 on 5 April.
        ("Australia/Lord_Howe", date(2026, 10, 3), "02:15", "2026-10-03T15:45"),  # the wall shows 02:45
        ("Australia/Lord_Howe", date(2026, 4, 4), "01:45", "2026-04-04T14:45"),  # the first of two
        ("Asia/Kathmandu", date(2026, 6, 1), "07:00", "2026-06-01T01:15"),  # 5 h 45 min ahead
        # Apia left out the whole of 30 December 2011.
        ("Pacific/Apia", date(2011, 12, 30), "12:00", "2011-12-30T22:00"),
        ("Pacific/Apia", date(2011, 12, 31), "12:00", "2011-12-30T22:00"),
    ],
)
def test_a_time_comes_when_the_wall_shows_it_or_that_much_later_where_it_never_does(
    zone: str, day: date, asked: str, comes: str
) -> None:
    assert moment_of(day, minute(asked), clock(zone)) == at(comes)


def test_half_past_midnight_on_fridays_list_is_saturday_on_the_wall() -> None:
    friday = Routine(times=(30,), weekdays=frozenset({4}), clock=clock("Europe/Lisbon"))
    found = next_due(friday, at("2026-01-05T00:00"))
    assert found == Due(day=date(2026, 1, 9), minute=30, at=at("2026-01-10T00:30"))


def test_the_order_within_a_day_is_the_persons_own() -> None:
    routine = Routine(times=(30, minute("22:00")), clock=clock("Europe/Lisbon"))
    found = dues_between(routine, at("2026-01-05T12:00"), at("2026-01-06T12:00"))
    assert [(due.day, due.minute) for due in found] == [(date(2026, 1, 5), 1320), (date(2026, 1, 5), 30)]


def test_next_is_later_than_the_one_before() -> None:
    routine = Routine(times=(minute("12:30"),), clock=clock("Europe/Lisbon"))
    found = next_due(routine, at("2026-01-05T12:30"))
    assert found is not None
    assert found.at == at("2026-01-06T12:30")


def test_once_is_once() -> None:
    meeting = Routine(once_at=at("2026-01-05T17:00"), clock=clock("America/New_York"))
    assert next_due(meeting, at("2026-01-05T16:59")) == Due(
        day=date(2026, 1, 5), minute=minute("12:00"), at=at("2026-01-05T17:00")
    )
    assert next_due(meeting, at("2026-01-05T17:00")) is None


@pytest.mark.parametrize("routine", [
    Routine(clock=clock("Europe/Lisbon")),
    Routine(times=(600,), weekdays=frozenset(), clock=clock("Europe/Lisbon")),
])  # fmt: skip
def test_nothing_is_due_of_no_times_or_no_days(routine: Routine) -> None:
    assert next_due(routine, at("2026-01-05T12:30")) is None
    assert dues_between(routine, at("2026-01-05T12:30"), at("2026-02-05T12:30")) == ()
