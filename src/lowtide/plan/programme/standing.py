"""A programme, a log and a day in, where the person is out.

Called by the app and by tests, each time that somebody looks: a standing is never stored, so that it is always what the
log and the programme's present text say. Laws: any log in any order gives a standing; as days go by, weeks never go
back; what was practised is never lost, whatever becomes of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from lowtide.model.programme import LogEntry, Practised, Programme, Standing, StandingInfo, State, WeekDone, Why
from lowtide.model.programme.log import KINDS
from lowtide.plan.programme.walk import PRACTICE_DAY_MS, Walk

PAUSE_WORDS = {
    Why.FLARE: "The course waits while this is bad. Rest, keep warm, move as much as is comfortable; it goes on in the "
    "same week whenever you like.",
    Why.RELAPSE: "It is not lost: backs have such times. The course goes on in the same week whenever you like.",
    Why.OWN: "The course is paused. It goes on in the same week whenever you like.",
    Why.SAFETY: "What your answers ask you to do first comes before any course. It waits, and goes on in the same week "
    "after that.",
}
"""What a pause says; nothing of days, and nothing of what was not done."""
FINISHED_WORDS = "You have been through all of it. What you found is yours: keep what helps, as often as you like."
LEFT_WORDS = "You have left this course. What you practised stays, and you can take it up again where it was."
_KIND = {kind: number for number, kind in enumerate(KINDS)}


def standing(programme: Programme, log: Iterable[LogEntry], today: date) -> tuple[Standing, StandingInfo]:
    """Tell where a person is on a day; any log in any order gives a standing.

    >>> from lowtide.model.programme import Began, Pace, Practice, Week
    >>> scan = Practice(name="scan", technique="body-scan", minutes=20, least_minutes=5)
    >>> weeks = tuple(Week(name=name, title="", theme="", text="", practices=(scan,)) for name in ("a", "b"))
    >>> course = Programme(name="c", title="", summary="", about="", source="", weeks=weeks)
    >>> days = [date(2026, 3, number) for number in range(1, 8)]
    >>> log = [Practised(day=day, week="a", practice="scan", ms=600_000) for day in days[:6]]
    >>> log.append(Began(day=days[0], programme="c", pace=Pace.PRACTICE))
    >>> [standing(course, log, day)[0].week for day in days[4:]]
    ['a', 'a', 'b']
    """
    entries = sorted(log, key=_order)
    past = [entry for entry in entries if entry.day <= today]
    walk = Walk(programme)
    for day, ones in groupby(past, key=attrgetter("day")):
        walk.go(day, list(ones))
    walk.until(today)
    practised = [entry for entry in past if isinstance(entry, Practised)]
    found = _told(walk, practised, today)
    return found, StandingInfo(notes=_notes(found), ignored=(*walk.ignored, *entries[len(past) :]))


def _order(entry: LogEntry) -> tuple[date, int, int, str]:
    """Put entries in an order that does not depend on their arrival; of parts of one practice any order is the same."""
    return entry.day, entry.at_ms, _KIND[type(entry)], "" if isinstance(entry, Practised) else repr(entry)


def _told(walk: Walk, practised: Sequence[Practised], today: date) -> Standing:
    programme, week = walk.programme, walk.programme.weeks[walk.index]
    return Standing(
        programme=programme.name,
        today=today,
        state=walk.state,
        pace=walk.pace,
        week=week.name,
        number=walk.index + 1,
        of=len(programme.weeks),
        opened=walk.opened.get(week.name),
        days=tuple(walk.days),
        days_needed=walk.wanted,
        next_opens=walk.opens(),
        rounds=walk.rounds,
        weeks=tuple(_week_done(walk, number, one.name) for number, one in enumerate(programme.weeks)),
        practised=_by_practice(week.name, practised),
        own=walk.own,
        practised_days=len(_practice_days(practised)),
        practised_ms=sum(entry.ms for entry in practised),
        began=walk.began,
        paused_since=walk.halted if walk.state is State.PAUSED else None,
        paused_why=walk.why if walk.state is State.PAUSED else None,
        finished=walk.finished,
        left=walk.halted if walk.state is State.LEFT else None,
    )


def _week_done(walk: Walk, number: int, name: str) -> WeekDone:
    its = walk.week_ms[number]
    days = tuple(sorted(day for day, ms in its.items() if ms >= PRACTICE_DAY_MS))
    return WeekDone(name=name, opened=walk.opened.get(name), days=days, ms=sum(its.values()))


def _by_practice(week: str, practised: Sequence[Practised]) -> dict[str, tuple[date, ...]]:
    """Find on which days each practice of a week was practised."""
    found: dict[str, list[Practised]] = {}
    for entry in practised:
        if entry.week == week:
            found.setdefault(entry.practice, []).append(entry)
    return {name: _practice_days(entries) for name, entries in found.items()}


def _practice_days(practised: Iterable[Practised]) -> tuple[date, ...]:
    total: dict[date, int] = {}
    for entry in practised:
        total[entry.day] = total.get(entry.day, 0) + entry.ms
    return tuple(sorted(day for day, ms in total.items() if ms >= PRACTICE_DAY_MS))


def _notes(found: Standing) -> tuple[str, ...]:
    match found.state:
        case State.PAUSED:
            return (PAUSE_WORDS[found.paused_why or Why.OWN],)
        case State.FINISHED:
            return (FINISHED_WORDS,)
        case State.LEFT:
            return (LEFT_WORDS,)
        case _:
            return ()
