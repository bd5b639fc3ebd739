"""A decision and what it rests on: the day in, the technique drawn, its odds, and each technique's effect out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from lowtide.model.checkin import CheckIn, Measure
from lowtide.model.checkin.checkin import are_odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a choice is made for."""

    at_ms: int
    """Now: milliseconds of UTC since 1970."""
    matters: Mapping[Measure, float] = field(default_factory=lambda: {Measure.PAIN: 1.0})
    """What the person wants eased, with weights that are not negative and not all 0."""
    wants_same: bool = False
    """True where the person has asked for the same thing daily: then nothing rests for variety's sake."""

    def __post_init__(self) -> None:
        assert self.at_ms >= 0, self.at_ms
        assert self.matters, "something matters"
        assert min(self.matters.values()) >= 0, "no measure is wanted worse"
        assert 0 < sum(self.matters.values()) < math.inf, self.matters


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How much more one technique eases one measure in this person than the others do, on average."""

    technique: str
    measure: Measure
    mean: float
    """In points; positive is better."""
    low: float
    """The lower end of the 90 % interval, in points."""
    high: float
    """The upper end."""
    sure: float
    """The probability, 0–1, that it is above 0."""
    sessions: int
    """How many sessions of this technique it was learned from."""
    is_claimed: bool
    """True where "this helps you more" may be said (`learn.claims`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was drawn, to be kept with the check-in that follows."""

    technique: str
    odds: tuple[tuple[str, float], ...]
    """The odds that each candidate had in this very draw, as `CheckIn.odds`."""

    def __post_init__(self) -> None:
        assert are_odds(self.odds), self.odds
        assert dict(self.odds).get(self.technique, 0) > 0, self.technique


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceInfo:
    """Why this choice; the screen "why this session" shows it."""

    sentence: str
    """One plain sentence, true to the numbers."""
    effects: tuple[Effect, ...]
    """Of each candidate, for the measure that matters most."""
    withheld: tuple[tuple[str, str], ...]
    """Techniques that were not offered, each with the reason."""
    sessions: int
    """How many rated sessions the belief rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One person's check-ins, for fitting a prior. Only the caller can know that the person has consented."""

    checkins: tuple[CheckIn, ...]
    since_ms: int
    """When the person began."""
