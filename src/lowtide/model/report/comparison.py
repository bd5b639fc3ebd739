"""A fair comparison of two or three techniques in one person, as nouns: a design fixed beforehand, and its result.

Made by `learn.comparison` and kept as it is; nothing of a design changes once it has started. In the field's words: a
single-patient (n-of-1) trial with randomised blocks (Guyatt 1986; CENT 2015 for what is told of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lowtide.model.checkin import Measure
from lowtide.model.checkin.checkin import is_name
from lowtide.model.time import LONGEST_MS

FEWEST_WEEKS, MOST_WEEKS = 2, 6
"""How long a comparison may be: shorter says nothing, and in longer ones a person changes."""
FEWEST_TECHNIQUES, MOST_TECHNIQUES = 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A design: on each day of it, one technique, drawn by lot before it started."""

    id: str
    """Names it; its check-ins say nothing of it, they are found by their day and technique."""
    techniques: tuple[str, ...]
    """What is compared."""
    measure: Measure
    """What is to be eased."""
    first_day: int
    """The person's own day it begins with: days since 1 January 1970."""
    schedule: tuple[str, ...]
    """The technique of each day, in order."""
    block: int
    """Days in a block: each technique stands once in every block."""
    length_ms: int
    """How long each session is, the same for all."""
    seed: int
    """What the lots were drawn with: whoever doubts the schedule can draw it again."""

    def __post_init__(self) -> None:
        assert is_name(self.id), self.id
        assert FEWEST_TECHNIQUES <= len(set(self.techniques)) == len(self.techniques) <= MOST_TECHNIQUES
        assert self.block == len(self.techniques), self.block
        assert 0 < self.length_ms <= LONGEST_MS, self.length_ms
        whole = sorted(self.techniques)
        blocks = [self.schedule[at : at + self.block] for at in range(0, len(self.schedule), self.block)]
        assert blocks, "a comparison has days"
        assert all(sorted(block) == whole for block in blocks), "each technique stands once in every block"

    @property
    def last_day(self) -> int:
        """The last day of it."""
        return self.first_day + len(self.schedule) - 1

    def on(self, day: int) -> str:
        """Name the technique of a day; empty before and after."""
        inside = self.first_day <= day <= self.last_day
        return self.schedule[day - self.first_day] if inside else ""


class Standing(StrEnum):
    """How far a comparison is."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    """By the person."""
    HARM = "stopped for harm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """What one technique did on its days."""

    technique: str
    days: int
    """Days that were meant for it, so far."""
    rated: int
    """Of them, days with ratings before and after."""
    relief: float | None
    """The mean of before − after on its days, in points; None where no day was rated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One technique against another."""

    better: str
    other: str
    points: float
    """Mean relief of `better` − that of `other`, as it was measured."""
    by_chance: float
    """The share of all schedules that could have been drawn in which a difference as large comes out (0–1,
    two-sided)."""
    believed: float
    """The same difference as the model believes it: shrunk, and adjusted for how bad the days were; in points."""
    low: float
    """The lower end of its 90 % interval."""
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a comparison has shown."""

    standing: Standing
    arms: tuple[Arm, ...]
    differences: tuple[Difference, ...]
    """Each pair once; empty until each technique was rated twice."""
    by_chance: float | None
    """For three techniques: the share of all schedules in which they differ as much as here. For two it is the
    pair's."""
    sentence: str
    """The result in plain words, with its uncertainty."""
