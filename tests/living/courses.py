"""People who follow a programme for many weeks in their own way: what they do each day, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

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
from lowtide.plan.programme import standing

BEGIN = date(2026, 1, 5)
LEAST_MS = 60_000


def lived(programme: Programme, days: int, seed: int) -> Iterator[tuple[list[LogEntry], Standing]]:
    """Follow a programme for so many days; give log and standing after each day on which something was done."""
    dice = random.Random(f"{programme.name} {seed}")
    keen, log = dice.uniform(0.2, 0.95), list[LogEntry]()
    log.append(Began(day=BEGIN, programme=programme.name, pace=dice.choice(list(Pace))))
    for number in range(days):
        today = BEGIN + timedelta(days=number)
        entry = _does(programme, log, today, keen, dice)
        if entry is not None:
            log.append(entry)
            yield log, standing(programme, log, today)[0]


def _does(programme: Programme, log: list[LogEntry], today: date, keen: float, dice: random.Random) -> LogEntry | None:
    chance = dice.random()
    if chance < 0.01:
        return dice.choice((
            Paused(day=today, why=dice.choice(list(Why))), Stayed(day=today), Left(day=today),
            Began(day=today, programme=programme.name, pace=dice.choice(list(Pace))),
        ))  # fmt: skip
    if chance < 0.04:
        return Resumed(day=today)
    if dice.random() > keen:
        return None
    now = standing(programme, log, today)[0]
    week = programme.weeks[now.number - 1]
    practice = dice.choice(week.practices).name if week.practices and now.state is State.UNDER_WAY else "a-walk"
    ms = dice.choice((LEAST_MS - 1, LEAST_MS, 600_000))
    return Practised(day=today, week=week.name, practice=practice, ms=ms)
