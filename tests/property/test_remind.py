"""For any routine in any zone: each occurrence once, as somebody would find who watches the wall minute by minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lowtide.model.routine import EVERY_DAY, Due, OwnClock, Quiet, Routine
from lowtide.remind import dues_between, fates, next_due

MINUTE = timedelta(minutes=1)
NIGHTS = {
    "Europe/Lisbon": ("2026-03-28", "2026-10-24"),
    "America/New_York": ("2026-03-07", "2026-10-31"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-10-03"),
    "Africa/Casablanca": ("2026-02-14", "2026-03-21"),
    "Pacific/Apia": ("2011-12-29", "2011-09-23"),
    "Asia/Kathmandu": ("1985-12-31", "2026-06-01"),
}
"""Days in whose night, or near it, the clock changes."""
MARGIN = timedelta(days=4)
"""What the watcher sees beyond the stretch that is asked for."""


@cache
def watched(zone: str, first: datetime, last: datetime) -> dict[datetime, datetime]:
    """Watch a wall minute by minute: which wall time comes when. What is left out comes that much later."""
    comes: dict[datetime, datetime] = {}
    at, before = first, None
    while at <= last:
        wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if before is not None and wall > before + MINUTE:  # the clock went forward
            for left_out in range(1, int((wall - before) / MINUTE)):
                comes.setdefault(before + left_out * MINUTE, at + (left_out - 1) * MINUTE)
        comes.setdefault(wall, at)  # a clock that went back shows it a second time: the first holds
        at, before = at + MINUTE, wall
    return comes


def expected(zone: str, starts: int, times: tuple[int, ...], days: frozenset[int], stretch: tuple[datetime, datetime]
             ) -> Counter[tuple[date, int, datetime]]:  # fmt: skip
    """What a watcher would ring for: every wall minute, read as a time of the person's own day."""
    first, last = stretch
    found: Counter[tuple[date, int, datetime]] = Counter()
    for wall, at in watched(zone, first - MARGIN, last + MARGIN).items():
        own = wall - timedelta(minutes=starts)
        if wall.hour * 60 + wall.minute in times and own.weekday() in days and first <= at <= last:
            found[own.date(), wall.hour * 60 + wall.minute, at] += 1
    return found


minutes = st.one_of(st.integers(0, 1439), st.sampled_from([0, 30, 90, 119, 120, 135, 150, 179, 180, 239, 240]))


@st.composite
def routines(draw: st.DrawFn) -> tuple[str, Routine, datetime]:
    zone = draw(st.sampled_from(sorted(NIGHTS)))
    routine = Routine(
        times=tuple(sorted(draw(st.sets(minutes, max_size=4)))),
        weekdays=draw(st.one_of(st.just(EVERY_DAY), st.frozensets(st.integers(0, 6)))),
        clock=OwnClock(zone=ZoneInfo(zone), day_starts_minute=draw(st.sampled_from([0, 120, 150, 240, 720]))),
    )
    night = datetime.fromisoformat(draw(st.sampled_from(NIGHTS[zone]))).replace(tzinfo=UTC)
    return zone, routine, night


@given(routines())
def test_everything_is_due_once_and_when_a_watcher_of_the_wall_would_ring(drawn: tuple[str, Routine, datetime]) -> None:
    zone, routine, night = drawn
    stretch = night - timedelta(days=1), night + timedelta(days=3)
    found = Counter((due.day, due.minute, due.at) for due in dues_between(routine, *stretch))
    starts = routine.clock.day_starts_minute
    assert found == expected(zone, starts, routine.times, routine.weekdays, stretch)


@given(routines(), st.integers(0, 3 * 24 * 60))
def test_next_is_the_first_of_what_follows(drawn: tuple[str, Routine, datetime], later: int) -> None:
    _, routine, night = drawn
    after = night + later * MINUTE
    follows = [due for due in dues_between(routine, after, after + timedelta(days=9)) if due.at > after]
    assert next_due(routine, after) == (follows[0] if follows else None)


@given(routines(), st.lists(st.integers(1, 36 * 60), min_size=1, max_size=8))
def test_however_often_somebody_looks_nothing_is_found_twice_and_nothing_is_missed(
    drawn: tuple[str, Routine, datetime], steps: list[int]
) -> None:
    _, routine, begin = drawn
    found: list[Due] = []
    at, next_at = begin, next_due(routine, begin)
    for step in steps:
        at += step * MINUTE
        if next_at is not None and next_at.at <= at:
            found += dues_between(routine, next_at.at, at)
            next_at = next_due(routine, at)
    assert found == [due for due in dues_between(routine, begin, at) if due.at > begin]


@given(routines(), st.integers(0, 2000), st.none() | st.tuples(minutes, minutes), st.none() | st.integers(0, 2000))
def test_what_is_sent_is_never_late_never_in_quiet_hours_and_at_most_one(
    drawn: tuple[str, Routine, datetime], looked: int, hours: tuple[int, int] | None, done: int | None
) -> None:
    _, routine, night = drawn
    now = night + looked * MINUTE
    quiet = Quiet(from_minute=hours[0], to_minute=hours[1]) if hours and hours[0] != hours[1] else None
    dues = dues_between(routine, night, now)
    done_at = None if done is None else night + done * MINUTE
    sent = [
        d for d, fate in zip(dues, fates(routine, dues, now, quiet=quiet, done_at=done_at), strict=True) if not fate
    ]
    assert len(sent) <= 1
    for due in sent:
        assert timedelta(0) <= now - due.at <= timedelta(minutes=30)
        wall = now.astimezone(routine.clock.zone)
        assert quiet is None or wall.hour * 60 + wall.minute not in _silent(quiet)
    in_time = [due for due in dues if now - due.at <= timedelta(minutes=30)]
    if in_time and quiet is None and done_at is None:
        assert sent == in_time[-1:], "what is in time, and nothing speaks against, is sent"


def _silent(quiet: Quiet) -> set[int]:
    return set(_round(quiet.from_minute, quiet.to_minute))


def _round(first: int, end: int) -> Iterator[int]:
    while first != end:
        yield first
        first = (first + 1) % 1440
