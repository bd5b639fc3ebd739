"""A course of some weeks, as nouns: what is practised in each, why, and how much of it.

Read from `content/programmes/NAME.toml` by `content`; followed by `plan.programme`. Law: names are stable. A person's
log keeps names alone, so that titles, texts and order may change and nothing that was done is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lowtide.model.time import MS_PER_MINUTE

DAYS_A_WEEK = 7


class Pace(StrEnum):
    """When the next week opens; the person chooses."""

    PRACTICE = "practice"
    """After some days of practice, whenever they were."""
    CALENDAR = "calendar"
    """Seven days after the week began; the days of a pause do not count."""


class EventCalendar(StrEnum):
    """What a week's small notes are about."""

    PLEASANT = "pleasant"
    UNPLEASANT = "unpleasant"
    COMMUNICATION = "communication"
    """A conversation that was not easy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Something that a week asks for: a technique with a recording, or an activity without one."""

    name: str
    """The stable name, its own within the week: `body-scan`."""
    technique: str = ""
    """A technique's name; empty for an activity."""
    script: str = ""
    """One script of the technique, or empty for any of them."""
    activity: str = ""
    """An activity's title, such as `Walking outside`; empty for a technique."""
    minutes: float
    """How long it is on a day, all parts of the day together."""
    least_minutes: float
    """As little is a practice, too, on a day that allows no more."""
    days: int = 6
    """On how many of seven days."""
    turns: str = ""
    """Practices of a week with the same letter are taken in turn, day by day; empty for one that is for every day."""
    guided: bool = True
    """False where it is meant to be done without a recording, as in the seventh week of most courses."""
    text: str = ""
    """What to do, in plain words; may be empty for a technique, whose recording says it."""
    movements: tuple[str, ...] = ()
    """Controlled movements that it asks of a body: an activity's own, or those of a technique's recordings."""
    pictured: tuple[str, ...] = ()
    """Movements of its recordings that are heard as pictured, whatever the length, where they are not cleared."""
    instead: str = ""
    """What an activity becomes for whom its movements are not cleared."""

    @property
    def length_ms(self) -> int:
        """The length on a day, in milliseconds."""
        return round(self.minutes * MS_PER_MINUTE)

    @property
    def least_ms(self) -> int:
        """The least length on a day, in milliseconds."""
        return round(self.least_minutes * MS_PER_MINUTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of practice, mostly in silence; whoever likes has one in this week."""

    title: str
    text: str
    """Markdown."""
    parts: tuple[Practice, ...]
    """What it consists of, in order; their names are apart from the week's other practices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week: a theme, why, and what is practised."""

    name: str
    """The stable name, its own within the programme."""
    title: str
    theme: str
    """One sentence."""
    text: str
    """The week's why, in Markdown."""
    agenda: tuple[str, ...] = ()
    """What the weekly meeting of a group goes through."""
    readings: tuple[str, ...] = ()
    """Names of articles."""
    events: EventCalendar | None = None
    """The week's small notes, where it has some."""
    own: bool = False
    """True where the person puts their own practice together; until they have, what stands here is assigned."""
    practices: tuple[Practice, ...]
    day: Day | None = None

    @property
    def all_practices(self) -> tuple[Practice, ...]:
        """The week's practices and the parts of its day."""
        return self.practices + (self.day.parts if self.day else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A course of some weeks."""

    name: str
    """The stable name: `mbsr-style`."""
    title: str
    summary: str
    """One plain sentence."""
    about: str
    """Markdown: what it is, for whom, how much time it takes, what it does not promise."""
    source: str
    """The studies that it rests on."""
    pace: Pace = Pace.PRACTICE
    """The usual one."""
    days_for_next: int = 6
    """Days of practice after which the next week opens (6 of 7: Kabat-Zinn's course as described in EVIDENCE)."""
    group_minutes: int = 0
    """How long the weekly meeting is; 0 where there is none."""
    equal_to: str = ""
    """The programme that this one is an active control of: equal weeks, minutes and meetings; empty for none."""
    weeks: tuple[Week, ...]

    def __post_init__(self) -> None:
        assert self.weeks, self.name
        assert 1 <= self.days_for_next <= DAYS_A_WEEK, self.days_for_next

    def week(self, name: str) -> Week | None:
        """Look a week up by its name; None where this programme has no such week (any more)."""
        return next((one for one in self.weeks if one.name == name), None)

    def number(self, name: str) -> int:
        """Give a week's place, from 1; 0 where there is no such week."""
        return next((number for number, one in enumerate(self.weeks, 1) if one.name == name), 0)
