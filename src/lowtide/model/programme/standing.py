"""Where a person is in a programme: made from a log by `plan.programme.standing`, and never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lowtide.model.programme.log import LogEntry, Why
from lowtide.model.programme.programme import Pace


class State(StrEnum):
    """How it stands with a programme."""

    NOT_BEGUN = "not-begun"
    UNDER_WAY = "under-way"
    PAUSED = "paused"
    FINISHED = "finished"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDone:
    """What was done of one week."""

    name: str
    opened: date | None
    """The day on which it opened; None where it has not yet."""
    days: tuple[date, ...]
    """The days on which its own practices were practised for at least a minute, in order."""
    ms: int
    """For how long in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person is in a programme on a day."""

    programme: str
    today: date
    """The day that it is told for."""
    state: State
    pace: Pace
    week: str
    """The present week's name; the first one's before it was begun, the last one's when it is finished."""
    number: int
    """The present week's place, from 1."""
    of: int
    """How many weeks there are."""
    opened: date | None
    """When the present week opened; None before the programme was begun."""
    days: tuple[date, ...]
    """The practice days that count towards the next week, in order, today among them where it is one."""
    days_needed: int
    """How many the next week wants; more than usual where the person stayed."""
    next_opens: date | None
    """The first day of the next week, or in the last one the day on which the course is done, where it is certain; None
    where that depends on practice, or on a pause."""
    rounds: int
    """How many weeks long this one is: 1, and one more each time that the person stayed."""
    weeks: tuple[WeekDone, ...]
    """Each week of the programme, in order."""
    practised: Mapping[str, tuple[date, ...]]
    """On which days each practice of the present week was practised, by its name."""
    own: tuple[str, ...]
    """What the person chose for the week that is their own, as `WEEK/PRACTICE`."""
    practised_days: int
    """On how many days anything at all was practised for at least a minute."""
    practised_ms: int
    """For how long in all, whatever has become of the week or the practice since."""
    began: date | None
    paused_since: date | None
    paused_why: Why | None
    finished: date | None
    """The day on which the last week was done."""
    left: date | None

    @property
    def is_asking(self) -> bool:
        """True where something is assigned and reminders may be sent."""
        return self.state is State.UNDER_WAY

    @property
    def days_left(self) -> int:
        """How many practice days are left until the next week."""
        return max(0, self.days_needed - len(self.days))

    def done(self, week: str) -> WeekDone | None:
        """Give what was done of a week, by its name."""
        return next((one for one in self.weeks if one.name == week), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingInfo:
    """What to say of a standing, and what was left aside."""

    notes: tuple[str, ...]
    """Plain, kind sentences for the person."""
    ignored: tuple[LogEntry, ...]
    """Entries that name what this programme does not have (any more), or a day to come. They stay in the log."""
