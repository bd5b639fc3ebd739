"""Lowtide's own learner, for thousands of people side by side: the same sums, posterior, odds and claims as `choose`.

Called by `block`. Law: nothing is decided here that `learn` does not decide; a test holds one person of this against a
`Belief` that was updated check-in by check-in.
"""

from __future__ import annotations

import numpy as np

from lowtide.learn.choose import pleasant_points
from lowtide.learn.claims import against_others, claims, contrasts, tried
from lowtide.learn.features import PACKED, UNIT, Real, Sessions, Whole, features, moments, packed
from lowtide.learn.odds import draw, rest, shares, with_floor
from lowtide.learn.posterior import solve, start
from lowtide.learn.prior import outlier_weights, surprise, technique_mean, technique_spread
from lowtide.learn.simulate.people import TECHNIQUES, Flags, People
from lowtide.learn.student import INTERVAL_Z, quantile
from lowtide.model.belief import MeasurePrior
from lowtide.model.checkin import DISTRESS_AFTER, WORSE_BY, Measure

COUNT = len(TECHNIQUES)


class Ours:
    """The learner, with a given prior; its sums, odds, picks and claims are kept to be looked at."""

    def __init__(self, crowd: People, prior: MeasurePrior, chance: np.random.Generator) -> None:
        size, days = crowd.before.shape
        self._crowd, self._prior, self._chance = crowd, prior, chance
        self.sums: Whole = np.zeros((size, COUNT, 2, PACKED), dtype=np.int64)
        self._last: Real = np.full((size, COUNT), -np.inf)
        self._pleasant: Real = np.zeros((size, COUNT, 2))
        self._unwanted: Whole = np.zeros((size, COUNT, 2), dtype=np.int64)
        self.odds: Real = np.zeros((size, days, COUNT))
        self.picked: Whole = np.zeros((size, days), dtype=np.int64)
        self.claimed: Flags = np.zeros((size, COUNT), dtype=bool)

    def pick(self, day: int) -> Whole:
        """Draw from the odds of today, and note whatever may be claimed."""
        picks: Whole = np.zeros(len(self.sums), dtype=np.int64)
        who = np.flatnonzero(self._crowd.is_there[:, day])
        if not len(who):
            return picks
        sums = moments(self.sums[who])
        found = solve(start(self._prior, TECHNIQUES), sums)
        self.claimed[who] |= claims(Measure.PAIN, self._prior, TECHNIQUES, found, sums)
        mean, scale = found.effects
        weights = shares(mean + self._liked(who), scale, found.freedom, rest(day - self._last[who]), self._chance)
        odds = with_floor(weights, self._offered(who))
        self.odds[who, day] = odds
        picks[who] = draw(odds, self._chance.random(len(who)))
        self.picked[:, day] = picks
        return picks

    def _offered(self, who: Whole) -> Flags:
        # Where `choose` would send to a professional, the simulation goes on with everything.
        is_fine: Flags = np.all(self._unwanted[who] < DISTRESS_AFTER, axis=-1)
        return is_fine | ~is_fine.any(axis=-1, keepdims=True)

    def _liked(self, who: Whole) -> Real:
        return pleasant_points(self._pleasant[who, :, 0], self._pleasant[who, :, 1])

    def told(self, day: int, technique: Whole, is_rated: Flags, is_own: Flags, who: Flags) -> None:
        """Count a day's check-ins, as `update` does."""
        crowd, rows = self._crowd, np.flatnonzero(who)
        kind, own = technique[rows], is_own[rows].astype(np.int64)
        relief = crowd.relief[rows, day, kind]
        self.sums[rows, kind, own] += self._products(day, rows, kind, own, np.where(is_rated[rows], relief, np.nan))
        self._last[rows, kind] = day
        pleasant = crowd.pleasantness[rows, day, kind]
        self._pleasant[rows, kind, 0] += np.nan_to_num(pleasant)
        self._pleasant[rows, kind, 1] += np.isfinite(pleasant)
        self._unwanted[rows, kind, 0] += crowd.is_unwell[rows, day, kind]
        self._unwanted[rows, kind, 1] += is_rated[rows] & (relief <= -WORSE_BY)

    def _products(self, day: int, rows: Whole, kind: Whole, own: Whole, relief: Real) -> Whole:
        crowd = self._crowd
        sessions = Sessions(
            before=crowd.before[rows, day], after=crowd.before[rows, day] - relief,
            planned_ms=crowd.planned_ms[rows, day], heard_ms=crowd.heard_ms[rows, day],
            own_minute=crowd.own_minute[rows, day], weeks=crowd.weeks[rows, day],
        )  # fmt: skip
        z = features(sessions)
        mean = technique_mean(self._prior, TECHNIQUES)[kind]
        variance = np.diag(technique_spread(self._prior, TECHNIQUES))[kind]
        weights = outlier_weights(surprise(self._prior, z, own, mean, variance))
        return packed(z, np.where(z[:, 0] == UNIT, weights, 0))

    def is_covered(self) -> tuple[Flags, Flags]:
        """Say of each technique's 90 % interval whether it is there at all, and whether the truth is in it: (N, K)."""
        sums = moments(self.sums)
        found, has_tried = solve(start(self._prior, TECHNIQUES), sums), tried(sums)
        mean, sd = contrasts(found, has_tried)
        truth = np.einsum("nki,ni->nk", against_others(has_tried), self._crowd.worth)
        half = quantile(INTERVAL_Z, found.freedom)[:, None] * sd
        return sd > 0, np.abs(truth - mean) <= half
