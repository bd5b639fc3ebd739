"""What can be said of some weeks, as nouns: how pain went, how much was practised, what each technique did.

Made by `learn.report`; written as text, charts and a PDF by `deliver.report`. Days are the person's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lowtide.model.belief import Effect

IMPORTANT_POINTS = 2.0
"""The smallest change that matters to people, in points (Farrar 2001, Pain 94:149: 2 points or 30 %)."""
IMPORTANT_SHARE = 0.30
"""The same as a share of what there was (Farrar 2001; Ostelo 2008, Spine 33:90)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRating:
    """How much it hurt at one moment, from a check-in's first question or from the diary."""

    at_ms: int
    """Milliseconds of UTC since 1970."""
    utc_offset_minutes: int
    """What the person's own clock was ahead of UTC, in minutes."""
    pain: float
    """0–10 on the numeric rating scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its 90 % interval."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        assert self.low <= self.value <= self.high, self


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of the report, counted from its first day."""

    first_day: int
    """The day it begins with: days since 1 January 1970."""
    pain: Estimate | None
    """The mean of its days, 0–10; None where fewer than two days were rated."""
    rated_days: int
    sessions: int
    heard_ms: int
    """How long was practised in it, in milliseconds."""


class Verdict(StrEnum):
    """What may be said of a change."""

    TOO_FEW = "too few ratings yet"
    BETTER = "better by as much as matters"
    SLIGHTLY_BETTER = "better, by less than matters"
    NO_CLEAR_CHANGE = "no clear change"
    SLIGHTLY_WORSE = "worse, by less than matters"
    WORSE = "worse by as much as matters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From the first week to the last."""

    before: float
    """The first week's mean pain, 0–10."""
    now: float
    """The last week's."""
    points: Estimate
    """`now` − `before`, in points; negative is better."""
    verdict: Verdict

    @property
    def share(self) -> float:
        """The change as a share of what there was, −1 to …; 0 where there was none."""
        return self.points.value / self.before if self.before else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much was practised."""

    sessions: int
    partial: int
    """Of them, how many were left before the end; they count."""
    days: int
    """Days with any practice."""
    heard_ms: int
    minutes_a_week: float
    """Over the whole period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwanted:
    """Unwanted effects of one technique."""

    technique: str
    sessions: int
    unwell: int
    """How often "I don't feel right" was pressed."""
    worse: int
    """How often pain was 2 points or more higher afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is said of a period."""

    first_day: int
    """Days since 1 January 1970, on the person's own calendar."""
    last_day: int
    """The last day that is counted."""
    weeks: tuple[Week, ...]
    """In order, without gaps; the last may be shorter."""
    trend: Estimate | None
    """Points of pain a month (28 days); None where the ratings do not tell."""
    change: Change | None
    """None where there are not two weeks to compare."""
    relief: Estimate | None
    """Pain before a session − after it, on average, in points."""
    eased_by_itself: float
    """Of `relief`, what the prior expects of anybody who begins this sore: regression to the mean and what is common
    to all care, in points."""
    began_high: float | None
    """How much higher the first week was than the person's own later weeks, in their standard deviations; None if
    unknown."""
    effects: tuple[Effect, ...]
    """Of each technique on pain, against the person's other techniques."""
    dose: Dose
    unwanted: tuple[Unwanted, ...]
    """Techniques with at least one."""
    cautions: tuple[str, ...]
    """What a reader must know before they conclude anything; plain sentences."""
