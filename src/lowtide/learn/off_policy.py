"""Logged decisions with their odds in, what another way of choosing would have given out, with an interval.

Called by the simulation, and by whoever evaluates decisions later. *What is estimated*: the mean, over the decisions in
the log, of the relief that the other way of choosing would have given in each of them: the same people, the same days
and, up to each day, the same history. It is not what would become of people who lived under the other way from the
beginning: if a technique told on the next day's pain, or drove people away, the two would differ.

Doubly robust (Dudík, Langford and Li 2011): a rough model of each technique's relief, fitted to other people, corrected
by what was seen, weighted by the odds that were logged. Without bias where the odds are right, however rough the model
and whatever the odds were learned from: given the past, each decision's score has the right mean. No weight is cut off,
for that would trade an error that the interval tells for one that it does not. One person's sessions are not
independent, so the interval is of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lowtide.learn.claims import Flags
from lowtide.learn.features import Real, Whole

FOLDS = 2
"""The rough model of a person is fitted to other people: halves of them."""
INTERVAL_Z = 1.959964
"""Normal quantile of the 95 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """M decisions that were drawn from known odds, among K techniques."""

    person: Whole
    """(M): a number for each person."""
    technique: Whole
    """(M): what was drawn."""
    odds: Real
    """(M, K): the odds that it was drawn from."""
    relief: Real
    """(M): what was seen, in points."""
    before: Real
    """(M): the rating before."""

    @property
    def is_offered(self) -> Flags:
        """Say which techniques could have been drawn: (M, K)."""
        could: Flags = self.odds > 0
        return could


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a way of choosing would have given on average in the logged decisions, with the past as it was."""

    mean: float
    """Points of relief."""
    low: float
    """The 95 % interval."""
    high: float


def evaluate(logged: Logged, target: Real) -> Estimate:
    """Estimate the mean relief of a way of choosing whose odds (M, K) are `target`, 0 where nothing was offered."""
    row = np.arange(len(logged.technique))
    ratio = target[row, logged.technique] / logged.odds[row, logged.technique]
    expected = _rough(logged, ratio)
    score = (target * expected).sum(axis=1) + ratio * (logged.relief - expected[row, logged.technique])
    mean = float(score.mean())
    each = np.bincount(logged.person, weights=score - mean)
    half = INTERVAL_Z * float(np.sqrt((each**2).sum())) / len(score)
    return Estimate(mean=mean, low=mean - half, high=mean + half)


def evenly(logged: Logged) -> Real:
    """Give the odds of choosing evenly among what was offered: (M, K)."""
    even: Real = logged.is_offered / logged.is_offered.sum(axis=1, keepdims=True)
    return even


def _rough(logged: Logged, ratio: Real) -> Real:
    # For each technique a line in the rating before, fitted to people of the other fold. Each session is weighted as
    # the other way of choosing would have had it: else the line would be of those whom the technique seemed to help.
    count = logged.odds.shape[1]
    expected = np.zeros_like(logged.odds)
    x = np.stack([np.ones_like(logged.before), logged.before], axis=1)
    for fold in range(FOLDS):
        own = logged.person % FOLDS == fold
        for kind in range(count):
            seen = ~own & (logged.technique == kind)
            weighted = x[seen].T * ratio[seen]
            line = np.linalg.solve(weighted @ x[seen] + np.eye(2), weighted @ logged.relief[seen])
            expected[own, kind] = x[own] @ line
    return expected
