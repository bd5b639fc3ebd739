"""Who lives: drawn from a seed, in plain values that neither rows nor the core have touched."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONES = (
    "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu",
    "America/St_Johns", "Pacific/Auckland",
)  # fmt: skip
TIMES = (30, 90, 135, 150, 420, 750, 1260)
"""Some lie where clocks change, some before the day turns."""
ABOUTS = ("ritual:morning-reset", "ritual:midday-check-in", "course")
DAY_STARTS = (0, 240, 240, 330)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that somebody wishes to be reminded of."""

    about: str
    times: tuple[int, ...]
    weekdays: frozenset[int]
    by_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something changes for one person."""

    at: datetime
    what: str
    """`pause`, `resume`, or a zone they travel to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person, and everything that they will do."""

    number: int
    zone: str
    day_starts: int
    quiet: tuple[int, int] | None
    wishes: tuple[Wish, ...]
    happenings: tuple[Happening, ...]
    practised: dict[str, tuple[datetime, ...]]
    """What they practise when, in order, by what it is about."""


def people(many: int, begin: datetime, end: datetime, seed: int, *, days_a_week: tuple[int, ...]) -> list[Someone]:
    """Draw so many, who wish to be reminded on about so many days a week."""
    stretch = begin, (end - begin) // DAY
    return [_someone(number, stretch, days_a_week, random.Random(f"{seed} {number}")) for number in range(many)]


def _someone(number: int, stretch: tuple[datetime, int], days_a_week: tuple[int, ...], dice: random.Random) -> Someone:
    begin, days = stretch
    wishes = tuple(_wish(about, days_a_week, dice) for about in dice.sample(ABOUTS, dice.choice((1, 1, 1, 2))))
    return Someone(
        number=number,
        zone=dice.choice(ZONES),
        day_starts=dice.choice(DAY_STARTS),
        quiet=dice.choice((None, (1320, 420), (0, 60), (720, 780))),
        wishes=wishes,
        happenings=_happenings(begin, days, dice),
        practised={wish.about: _practised(begin, days, dice) for wish in wishes},
    )


def _wish(about: str, days_a_week: tuple[int, ...], dice: random.Random) -> Wish:
    weekdays = frozenset(dice.sample(range(7), dice.choice(days_a_week)))
    times = tuple(sorted(dice.sample(TIMES, dice.choice((1, 1, 1, 2)))))
    return Wish(about=about, times=times, weekdays=weekdays, by_mail=dice.random() < 0.4)


def _happenings(begin: datetime, days: int, dice: random.Random) -> tuple[Happening, ...]:
    found: list[Happening] = []
    for _ in range(days // 60 + (dice.random() < 0.2)):
        at, lasts = _some_time(begin, days, dice), timedelta(hours=dice.randrange(8, 400))
        found += [Happening(at=at, what="pause"), Happening(at=at + lasts, what="resume")]
    if dice.random() < 0.15:
        found.append(Happening(at=_some_time(begin, days, dice), what=dice.choice(ZONES)))
    return tuple(sorted(found, key=lambda one: one.at))


def _practised(begin: datetime, days: int, dice: random.Random) -> tuple[datetime, ...]:
    return tuple(
        sorted(begin + day * DAY + dice.randrange(1440) * MINUTE for day in range(days) if dice.random() < 0.3)
    )


def _some_time(begin: datetime, days: int, dice: random.Random) -> datetime:
    """Give a moment at which nobody ever looks: looks are on whole minutes and some seconds."""
    return begin + timedelta(minutes=dice.randrange(days * 1440), seconds=30)


def wall(at: datetime, zone: str) -> datetime:
    """Give what the wall shows."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def utc(text: str) -> datetime:
    """Read a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
