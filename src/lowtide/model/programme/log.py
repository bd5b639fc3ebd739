"""What a person did in a programme, as entries of a log: the only thing that is kept of it.

Kept by the app, one log for each time that a programme is taken up; folded into a `Standing` by `plan.programme`.
Law: the order in which entries arrive does not matter; they are put in order by day, then by the hour, then by kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lowtide.model.programme.programme import Pace


class Why(StrEnum):
    """Why a programme was paused."""

    FLARE = "flare"
    """The pain is much worse."""
    RELAPSE = "relapse"
    """What had got better is back."""
    OWN = "own"
    """Whatever else; nobody has to say."""
    SAFETY = "safety"
    """Something has to be looked at first: the screening gave no clearance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries share."""

    day: date
    """The person's own day."""
    at_ms: int = 0
    """When, in milliseconds of UTC since 1970; tells what came first within a day. 0 where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Began(Entry):
    """The programme was taken up; a later one changes the pace, or takes it up again after leaving."""

    programme: str
    pace: Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised(Entry):
    """Something of a week was practised; one entry for each part of a day."""

    week: str
    """The week's name."""
    practice: str
    """The practice's name within the week."""
    ms: int
    """For how long."""

    def __post_init__(self) -> None:
        assert self.ms >= 0, self.ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Chose(Entry):
    """The person's own practice, for the week that asks for it; the last one holds."""

    practices: tuple[str, ...]
    """Each as `WEEK/PRACTICE`, such as `week-1/body-scan`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed(Entry):
    """One more week of the present one; said twice on a day, it counts once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Entry):
    """From here on nothing is asked."""

    why: Why = Why.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Entry):
    """On from where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Entry):
    """The programme was left; what was done stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Entry):
    """All of it was seen to be done, on this day; so it stays, whatever is added to the programme's text later."""


LogEntry = Began | Practised | Chose | Stayed | Paused | Resumed | Left | Finished
KINDS: tuple[type[Entry], ...] = (Began, Resumed, Practised, Chose, Stayed, Paused, Left, Finished)
"""In which order entries of one day are taken whose hour is not known: whoever paused had practised before."""
