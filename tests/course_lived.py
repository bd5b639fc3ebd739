"""Years with a course, lived by made-up people: who practises by chance, pauses, resumes, stays a week longer, leaves.

Any test that needs a log that somebody could have lived takes one from here; the same number, the same year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from lowtide.model.programme import (
    Began,
    Left,
    LogEntry,
    Pace,
    Paused,
    Practised,
    Programme,
    Resumed,
    Standing,
    State,
    Stayed,
    Why,
)
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan.programme import practices_of, standing

FIRST = date(2026, 1, 5)
DAYS = 365
MOSTLY = 0.64
"""The share of what is assigned that is done (Parsons 2017)."""
FOLLOWS = {
    State.NOT_BEGUN: {State.UNDER_WAY},
    State.UNDER_WAY: {State.PAUSED, State.FINISHED, State.LEFT},
    State.PAUSED: {State.UNDER_WAY, State.LEFT},
    State.LEFT: {State.UNDER_WAY},
    State.FINISHED: set(),
}
"""What each state can become."""


def year(programme: Programme, number: int, *, days: int = DAYS) -> Iterator[tuple[date, list[LogEntry], Standing]]:
    """Yield each day on which somebody looks, the log so far and where they are; up to the end of the course."""
    chance = Random(number)
    keen, steady = chance.uniform(0.15, 0.95), chance.uniform(0.9, 0.99)
    log: list[LogEntry] = [Began(day=FIRST, programme=programme.name, pace=chance.choice(list(Pace)))]
    for day in (FIRST + timedelta(days=count) for count in range(days)):
        does = chance.random()
        if keen <= does <= steady:
            continue
        now, _ = standing(programme, log, day)
        yield day, log, now
        if now.state is State.FINISHED:
            return
        log.extend(_lived(chance, programme, now, day, is_rare=does > steady))


def _lived(chance: Random, programme: Programme, now: Standing, day: date, *, is_rare: bool) -> Iterator[LogEntry]:
    match now.state:
        case State.PAUSED:
            yield Resumed(day=day)
        case State.LEFT:
            yield Began(day=day, programme=programme.name, pace=chance.choice(list(Pace)))
        case State.UNDER_WAY if is_rare:
            rare: list[LogEntry] = [Stayed(day=day), Stayed(day=day), Left(day=day)]
            yield chance.choice([*rare, *(Paused(day=day, why=why) for why in Why)])
        case State.UNDER_WAY:
            for one in practices_of(programme, now):
                if chance.random() < MOSTLY:
                    yield Practised(day=day, week=now.week, practice=one.name, ms=chance.randrange(40) * MS_PER_MINUTE)


def impossible(programme: Programme, now: Standing) -> list[str]:
    """Say in words what can not be of a standing; nothing where all of it can."""
    names = [week.name for week in programme.weeks]
    is_asking = now.state is State.UNDER_WAY
    laws = {
        "in a week that there is not": now.week in names and names[now.number - 1] == now.week,
        "paused without since when": (now.state is State.PAUSED) is (now.paused_since is not None),
        "finished without when": (now.state is State.FINISHED) is (now.finished is not None),
        "left without when": (now.state is State.LEFT) is (now.left is not None),
        "begun without when": (now.state is State.NOT_BEGUN) is (now.began is None),
        "in a week that never opened": (now.opened is None) is (now.began is None),
        "a week opened before it was begun": all(
            one.opened >= now.began for one in now.weeks if one.opened and now.began
        ),
        "a later week is open": not any(one.opened for one in now.weeks[now.number :]),
        "weeks opened in another order": (opened := [one.opened for one in now.weeks if one.opened]) == sorted(opened),
        "a practice day before the week, or to come": all(
            now.opened is not None and now.opened <= day <= now.today for day in now.days
        ),
        "a practice day twice": list(now.days) == sorted(set(now.days)),
        "a week that should have opened": now.next_opens is None or now.next_opens > now.today,
        "asks while it waits": now.is_asking is is_asking,
        "not finished with everything done": not (
            is_asking and now.pace is Pace.PRACTICE and now.number == now.of and now.days_left == 0
        ),
    }
    return [words for words, holds in laws.items() if not holds]
