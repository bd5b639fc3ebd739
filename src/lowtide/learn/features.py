"""Check-ins in, whole numbers out: the features of each session, and the sums of their products.

Called by `update`, `fitting` and the simulation. Law: a feature is a whole number of 64ths and a weight of 16ths, so
that every sum of products is exact: in any order, and when something is taken away again.

The features are, in the order of `model.belief.FEATURES`: 1; how bad it was before, from the scale's middle (regression
to the mean); doublings of the length from ten minutes; the share that was not heard (0 to −1); noon against midnight
and morning against evening, as the two waves of a day; weeks since the beginning, slowing down; and 1 where the person
chose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lowtide.model.belief import FEATURES
from lowtide.model.checkin import CheckIn, Measure
from lowtide.model.time import MS_PER_MINUTE

Whole = NDArray[np.int64]
Real = NDArray[np.floating[Any]]

UNIT = 64
"""Features and relief are counted in 64ths."""
RATING_UNIT = 16
"""Ratings are rounded to 16ths of a point first: finer than anybody can tell."""
WEIGHT_UNIT = 16
"""Weights are counted in 16ths."""
TOTAL_UNIT = UNIT * UNIT * WEIGHT_UNIT
"""What one stands for in a sum of products."""
MIDDLE = 5.0
"""The middle of the 0–10 scales."""
USUAL_MS = 10 * MS_PER_MINUTE
"""The length from which doublings are counted (EVIDENCE: ten minutes do about what twenty do)."""
MOST_DOUBLINGS = 3.0
"""Lengths under 75 s and over 80 min count as those."""
HALF_WEEKS = 4.0
"""House value: after so many weeks half of a lasting trend has shown; courses take eight."""
MINUTES_PER_DAY = 24 * 60
MS_PER_WEEK = 7 * MINUTES_PER_DAY * MS_PER_MINUTE
OWN = FEATURES.index("own")
SHARED = OWN
"""How many features are kept in the sums; whose choice it was is told by the group."""
WIDTH = SHARED + 1
"""The features and the relief, side by side."""
_ROWS, _COLUMNS = np.triu_indices(WIDTH)
PACKED = len(_ROWS)
"""How many numbers a group's sums are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """What the model reads of some sessions, side by side: arrays of one shape."""

    before: Real
    """0–10; NaN where it was not rated."""
    after: Real
    planned_ms: Real
    heard_ms: Real
    own_minute: Real
    """The minute of the person's own day."""
    weeks: Real
    """Since the person began."""


def sessions_of(checkins: Sequence[CheckIn], measure: Measure, since_ms: int) -> Sessions:
    """Lay check-ins side by side for one measure."""

    def row(values: list[float | None]) -> Real:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    return Sessions(
        before=row([one.before.of(measure) for one in checkins]),
        after=row([one.after.of(measure) for one in checkins]),
        planned_ms=row([one.planned_ms for one in checkins]),
        heard_ms=row([one.heard_ms for one in checkins]),
        own_minute=row([one.own_minute for one in checkins]),
        weeks=row([(one.began_ms - since_ms) / MS_PER_WEEK for one in checkins]),
    )


def features(sessions: Sessions) -> Whole:
    """Give the shared features and the relief, in 64ths: shape (…, `WIDTH`). Where a rating is missing all are 0.

    >>> one = [np.array([x]) for x in (6.0, 4.0, 600_000.0, 600_000.0, 720.0, 4.0)]
    >>> features(Sessions(**dict(zip(Sessions.__slots__, one)))).tolist()
    [[64, 64, 0, 0, 64, 0, 32, 128]]
    """
    angle = 2 * np.pi * sessions.own_minute / MINUTES_PER_DAY
    is_rated = np.isfinite(sessions.before) & np.isfinite(sessions.after)
    before, after = (_in_sixteenths(np.where(is_rated, one, 0.0)) for one in (sessions.before, sessions.after))
    columns = (
        np.ones_like(before),
        before - MIDDLE,
        np.clip(np.log2(sessions.planned_ms / USUAL_MS), -MOST_DOUBLINGS, MOST_DOUBLINGS),
        sessions.heard_ms / sessions.planned_ms - 1,
        -np.cos(angle),
        np.sin(angle),
        slowing(sessions.weeks),
        before - after,
    )
    whole = np.rint(np.stack(columns, axis=-1) * UNIT).astype(np.int64)
    counted: Whole = np.where(is_rated[..., None], whole, 0)
    return counted


def slowing(weeks: Real) -> Real:
    """Give the trend's feature: 0 at the beginning, ½ after `HALF_WEEKS`, 1 in the end.

    >>> slowing(np.array([-3.0, 0.0, 4.0, 8.0])).tolist()
    [0.0, 0.0, 0.5, 0.75]
    """
    grown: Real = 1 - np.exp2(-np.maximum(weeks, 0) / HALF_WEEKS)
    return grown


def _in_sixteenths(ratings: Real) -> Real:
    rounded: Real = np.rint(ratings * RATING_UNIT) / RATING_UNIT
    return rounded


def packed(rows: Whole, weights: Whole) -> Whole:
    """Give each session's products, weighted: shape (…, `PACKED`), exact.

    `rows` is what `features` gives, `weights` its weights in 16ths.
    """
    products: Whole = rows[..., _ROWS] * rows[..., _COLUMNS] * weights[..., None]
    return products


def moments(sums: NDArray[np.int64] | NDArray[np.object_]) -> Real:
    """Unpack sums into symmetric matrices of products: (…, `PACKED`) → (…, `WIDTH`, `WIDTH`), in points."""
    values = np.asarray(sums, dtype=np.float64) / TOTAL_UNIT
    full = np.zeros((*values.shape[:-1], WIDTH, WIDTH))
    full[..., _ROWS, _COLUMNS] = values
    full[..., _COLUMNS, _ROWS] = values
    return full
