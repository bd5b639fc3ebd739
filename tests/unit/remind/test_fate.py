"""What is sent and what is dropped, and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lowtide.model.routine import Fate, OwnClock, Quiet, Routine
from lowtide.remind import done_since, dues_between, fates

CLOCK = OwnClock(zone=UTC, day_starts_minute=240)
TWICE = Routine(times=(12 * 60 + 30, 17 * 60), clock=CLOCK)
SOON = Routine(times=(12 * 60, 12 * 60 + 20), clock=CLOCK)
NIGHT = Quiet(from_minute=22 * 60, to_minute=7 * 60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{text}").replace(tzinfo=UTC)


def become(routine: Routine, now: str, quiet: Quiet | None = None, done: str = "") -> list[Fate | None]:
    """What becomes of everything of this day that is due by now."""
    dues = dues_between(routine, at("04:00"), at(now))
    return list(fates(routine, dues, at(now), quiet=quiet, done_at=at(done) if done else None))


@pytest.mark.parametrize(
    ("now", "fate"),
    [("12:30:00", None), ("12:30:07", None), ("13:00:00", None), ("13:00:01", Fate.LATE), ("16:59", Fate.LATE)],
)
def test_half_an_hour_late_is_sent_and_later_is_not(now: str, fate: Fate | None) -> None:
    assert become(TWICE, now) == [fate]


def test_of_several_at_one_look_only_the_latest_is_sent() -> None:
    assert become(SOON, "12:25") == [Fate.EARLIER, None]
    assert become(SOON, "12:31") == [Fate.LATE, None]


@pytest.mark.parametrize(
    ("minute", "now", "fate"),
    [
        (21 * 60 + 59, "21:59", None),
        (22 * 60, "22:00", Fate.QUIET),
        (21 * 60 + 55, "22:05", Fate.QUIET),  # it would come when they wish to be left alone
        (6 * 60 + 50, "06:50", Fate.QUIET),
        (6 * 60 + 50, "07:05", Fate.QUIET),  # whether a worker looks a little later must not matter
        (7 * 60, "07:00", None),
    ],
)
def test_in_quiet_hours_nothing_is_sent_and_nothing_is_kept_for_later(minute: int, now: str, fate: Fate | None) -> None:
    assert become(Routine(times=(minute,), clock=CLOCK), now, NIGHT) == [fate]


@pytest.mark.parametrize(
    ("done", "now", "fate"),
    [
        ("07:00", "12:30", [Fate.DONE]),
        ("03:59", "12:30", [None]),  # that was yesterday's, on their own day
        ("12:35", "17:00", [Fate.LATE, None]),  # that was the answer to the first
        ("14:45", "17:00", [Fate.LATE, Fate.DONE]),
        ("16:50", "17:00", [Fate.LATE, Fate.DONE]),
    ],
)
def test_what_was_practised_is_not_reminded_of(done: str, now: str, fate: list[Fate | None]) -> None:
    assert become(TWICE, now, done=done) == fate


def test_a_meeting_is_reminded_of_whatever_was_practised() -> None:
    meeting = Routine(once_at=at("17:00"), clock=CLOCK)
    (due,) = dues_between(meeting, at("04:00"), at("18:00"))
    assert done_since(meeting, due) is None
    assert fates(meeting, [due], at("17:00"), quiet=None, done_at=at("16:00")) == (None,)
