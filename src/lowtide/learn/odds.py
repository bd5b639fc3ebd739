"""Effects and their uncertainty in, the odds of each technique out; and a draw from exactly those odds.

Called by `choose` and the simulation, for one person or thousands. Law: what is drawn is drawn from the odds that are
logged, so that decisions can be evaluated later (`off_policy`), and no technique that is offered has odds of 0.

Thompson sampling (1933): the odds are the share of joint posterior draws in which a technique comes first, of draws
that lie nearer to the mean than the posterior does (`BOLDNESS`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lowtide.learn.features import Real, Whole

DRAWS = 128
"""Joint draws for one decision; the odds are their shares, so they are exact whatever their number."""
BOLDNESS = 0.2
"""The share of the posterior's standard deviation that is drawn. House value: over about forty sessions whole draws try
too much (a linear bandit's α plays the same part); found on worlds of the simulation that are not reported."""
FLOOR = 0.02
"""The odds that are shared out evenly whatever is believed, so that nothing is forgotten: one session in fifty."""
REST = 2 / 7
"""The chance that the technique of this very moment rests, and leaves the day to the others; half of that after each
day. House value, for variety: even what helps most, practised daily, rests about one day in seven, unless it is asked
for."""


def shares(mean: Real, scale: Real, freedom: Real, rest: Real, chance: np.random.Generator) -> Real:
    """Give the share of draws in which each technique comes first of those that do not rest: (…, K).

    `mean` (…, K) and `scale` (…, K, K) are a Student t of `freedom` (…); `rest` (…, K) is the chance of resting.
    """
    lead, count = mean.shape[:-1], mean.shape[-1]
    factor = np.linalg.cholesky(scale) * BOLDNESS
    normal = chance.standard_normal((*lead, DRAWS, count))
    stretch = np.sqrt(freedom / chance.chisquare(freedom))[..., None, None]
    points = chance.random((*lead, DRAWS, count), dtype=np.float32)
    # From here on draws lie side by side: thousands of people are gone through faster than technique by technique.
    drawn = factor @ np.swapaxes(normal, -1, -2)
    drawn *= stretch
    drawn += mean[..., None]
    rests = np.ascontiguousarray(np.swapaxes(points, -1, -2)) < rest[..., None]
    rests &= ~rests.all(axis=-2, keepdims=True)
    drawn = np.where(rests, -np.inf, drawn)
    is_first = drawn == drawn.max(axis=-2, keepdims=True)
    share: Real = is_first.sum(axis=-1) / DRAWS
    return share


def rest(days_since: Real) -> Real:
    """Give the chance of resting by the days since a technique was last practised; infinity where it never was.

    >>> rest(np.array([0.0, 1.0, np.inf])).round(4).tolist()
    [0.2857, 0.1429, 0.0]
    """
    resting: Real = REST * np.exp2(-days_since)
    return resting


def with_floor(weights: Real, is_offered: NDArray[np.bool_]) -> Real:
    """Make odds of weights: they add up to 1, are 0 where nothing is offered and at least the floor's share elsewhere.

    >>> with_floor(np.array([3.0, 0.0, 1.0]), np.array([True, True, False])).round(2).tolist()
    [0.99, 0.01, 0.0]
    """
    weights = np.where(is_offered, weights, 0)
    even = is_offered / is_offered.sum(axis=-1, keepdims=True)
    total = weights.sum(axis=-1, keepdims=True)
    share = np.divide(weights, total, out=even.copy(), where=total > 0)
    odds: Real = (1 - FLOOR) * share + FLOOR * even
    return odds


def draw(odds: Real, point: Real) -> Whole:
    """Draw from odds (…, K) with points (…) that are even over 0 ≤ x < 1: the technique's place."""
    edges = odds.cumsum(axis=-1)
    place: Whole = (point[..., None] * edges[..., -1:] >= edges).sum(axis=-1)
    return place
