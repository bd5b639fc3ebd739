"""What is believed of anybody before their first check-in: one normal–inverse-gamma prior for each measure.

Made by `learn.house_prior` and `learn.fit_prior`; part of every belief. Coefficients are in points of the 0–10 scale.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lowtide.model.checkin import MEASURES, Measure

FEATURES = ("intercept", "before", "length", "heard", "noon", "morning", "weeks", "own")
"""The fixed part of the model, in order; `learn.features` says what each is. Technique effects come after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePrior:
    """The prior of one measure: N(mean, spread) for the coefficients, where the noise is `noise_sd`."""

    mean: tuple[float, ...]
    """The fixed coefficients' means, as `FEATURES`, in points."""
    spread: tuple[tuple[float, ...], ...]
    """Their covariance, in points²; rows as `FEATURES`."""
    techniques: tuple[str, ...] = ()
    """The techniques of which something is known, in the order of the two fields below."""
    technique_mean: tuple[float, ...] = ()
    """How much more than the average technique each gives to people in general, in points."""
    technique_spread: tuple[tuple[float, ...], ...] = ()
    """How much people differ in it, in points²: the covariance between techniques."""
    other_sd: float
    """The same, as a standard deviation, of a technique of which nothing is known; its mean is 0."""
    noise_sd: float
    """The typical standard deviation of one session's relief around what was expected, in points."""
    noise_weight: float
    """How many check-ins the guess of `noise_sd` is worth for one person."""

    def __post_init__(self) -> None:
        size, count = len(FEATURES), len(self.techniques)
        assert len(self.mean) == size, self.mean
        assert [len(row) for row in self.spread] == [size] * size
        assert len(self.technique_mean) == count
        assert [len(row) for row in self.technique_spread] == [count] * count
        numbers = [
            *self.mean,
            *self.technique_mean,
            *(x for row in (*self.spread, *self.technique_spread) for x in row),
        ]
        assert all(map(math.isfinite, numbers))
        assert min(self.other_sd, self.noise_sd, self.noise_weight) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is believed of anybody, per measure."""

    measures: Mapping[Measure, MeasurePrior]
    name: str
    """Says where it comes from: `house`, or of how many people."""

    def __post_init__(self) -> None:
        assert set(self.measures) == set(MEASURES), self.measures.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorInfo:
    """How a prior was fitted."""

    people: int
    """How many histories it rests on."""
    checkins: int
    """How many rated check-ins, of all measures together."""
    rounds: int
    """How many rounds of expectation and maximisation were needed."""
    last_step: float
    """The largest change of a mean or a standard deviation in the last round, in points."""
    notes: tuple[str, ...]
    """What a statistician should know, such as a technique that too few people have tried."""
