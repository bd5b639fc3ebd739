"""Pain ratings in, their course out: means of days and weeks, a trend, and a change, each with its interval.

Called by `report`. Law: a day counts once, however often it was rated; days that follow each other are not independent,
and every interval is widened for it; the person's spread is shrunk to a typical one, so that a few days are not taken
for certainty. Intervals are Student's t at 90 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lowtide.learn.features import MINUTES_PER_DAY, Real
from lowtide.learn.student import INTERVAL_Z, quantile
from lowtide.model.profile import WORST_PAIN
from lowtide.model.report import IMPORTANT_POINTS, IMPORTANT_SHARE, Change, Estimate, PainRating, Verdict
from lowtide.model.time import MS_PER_MINUTE

DAYS_PER_WEEK = 7
DAYS_PER_MONTH = 28
"""A month of the report is four weeks, so that each has the same days of the week."""
DAY_SD = 1.3
"""How much a person's pain differs from day to day, in points: house value, near the √2 × 1.02 of two ratings (Childs
2005, Spine 30:1331); a few weeks of ratings overrule it."""
DAY_SD_WEIGHT = 8.0
"""How many days the guess of it is worth: house value."""
CARRY_OVERS = tuple(step / 20 for step in range(19))
"""How alike pain may be from one day to the next, around its course: 0 to 0.9. Each is weighed by what the days say."""
FEWEST_DAYS = 7
"""Rated days that a trend needs, at least."""
SHORTEST_SPAN_DAYS = 14
"""Days from the first to the last that a trend or a change needs."""
FEWEST_IN_WEEK = 3
"""Rated days that each of the two weeks of a change needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One number for each rated day."""

    days: Real
    """(N) days since 1 January 1970, rising."""
    pain: Real
    """(N) each day's mean, 0–10."""

    def between(self, first: int, last: int) -> Days:
        """Give the days from `first` to `last`, both included."""
        inside = (self.days >= first) & (self.days <= last)
        return Days(days=self.days[inside], pain=self.pain[inside])

    def __len__(self) -> int:
        return len(self.days)


def own_day(at_ms: int, utc_offset_minutes: int, day_begins_minute: int = 0) -> int:
    """Say which of the person's own days a moment belongs to; a day may begin later than midnight.

    >>> own_day(0, 0), own_day(0, -60), own_day(2 * 3_600_000, 0, day_begins_minute=240)
    (0, -1, -1)
    """
    return (at_ms // MS_PER_MINUTE + utc_offset_minutes - day_begins_minute) // MINUTES_PER_DAY


def daily(ratings: Sequence[PainRating], day_begins_minute: int = 0) -> Days:
    """Average the ratings of each of the person's own days.

    >>> rated = [PainRating(at_ms=hour * 3_600_000, utc_offset_minutes=0, pain=hour) for hour in (2, 8)]
    >>> daily(rated).pain.tolist()
    [5.0]
    """
    by_day: dict[int, list[float]] = {}
    for one in ratings:
        by_day.setdefault(own_day(one.at_ms, one.utc_offset_minutes, day_begins_minute), []).append(one.pain)
    days = sorted(by_day)
    return Days(
        days=np.array(days, dtype=np.float64),
        pain=np.array([math.fsum(by_day[day]) / len(by_day[day]) for day in days]),
    )


def estimate(days: Days, design: Real, wanted: Real) -> tuple[Real, Real]:
    """Estimate combinations of a design's coefficients: their means and half the widths of their intervals, each (K).

    `design` (N, P) says what each day is made of, `wanted` (K, P) what is asked. The days are y = Xβ + e, where e is
    alike from day to day as ρ to the power of the days between them; β is unknown, σ² begins as a typical person's, and
    ρ is weighed over `CARRY_OVERS` by the probability that it gives to the days (Zellner 1971, ch. 4).
    """
    fits = [_fit(days, design, wanted, alike) for alike in CARRY_OVERS]
    logs = np.array([log for log, _, _ in fits])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    means, variances = np.array([mean for _, mean, _ in fits]), np.array([variance for _, _, variance in fits])
    mean = weights @ means
    variance = weights @ (variances + (means - mean) ** 2)
    freedom = np.array(DAY_SD_WEIGHT + max(len(days) - design.shape[1], 0))
    return mean, quantile(INTERVAL_Z, freedom) * np.sqrt(variance)


def _fit(days: Days, design: Real, wanted: Real, alike: float) -> tuple[float, Real, Real]:
    # (log probability of the days, mean, squared scale) of what is wanted, given how alike days are.
    carried = np.zeros(len(days)) if not alike else np.concatenate([[0.0], alike ** np.diff(days.days)])
    left = np.sqrt(1 - carried**2)
    x = (design - carried[:, None] * _before(design)) / left[:, None]
    y = (days.pain - carried * _before(days.pain)) / left
    gram = np.linalg.inv(x.T @ x)
    mean = gram @ (x.T @ y)
    rest = y - x @ mean
    weight = DAY_SD_WEIGHT + max(len(days) - design.shape[1], 0)
    square = DAY_SD_WEIGHT * DAY_SD**2 + float(rest @ rest)
    log = np.linalg.slogdet(gram)[1] / 2 - np.log(left).sum() - weight / 2 * math.log(square)
    spread: Real = np.einsum("ki,ij,kj->k", wanted, gram, wanted) * square / weight
    return float(log), wanted @ mean, spread


def _before(rows: Real) -> Real:
    return np.concatenate([rows[:1], rows[:-1]])


def means(days: Days, parts: Sequence[tuple[int, int]]) -> tuple[Estimate | None, ...]:
    """Give the mean of each part, a first and a last day that do not overlap; None for fewer than two rated days."""
    inside = [part for part in parts if len(days.between(*part))]
    if not inside:
        return (None,) * len(parts)
    within = days.between(inside[0][0], inside[-1][1])
    mean, half = estimate(within, _levels(within, inside), np.eye(len(inside)))
    found = {
        part: Estimate(value=value, low=max(0.0, value - wide), high=min(WORST_PAIN, value + wide))
        for part, value, wide in zip(inside, np.clip(mean, 0, WORST_PAIN).tolist(), half.tolist(), strict=True)
        if len(days.between(*part)) > 1
    }
    return tuple(found.get(part) for part in parts)


def _levels(days: Days, parts: Sequence[tuple[int, int]]) -> Real:
    return np.stack([(days.days >= first) & (days.days <= last) for first, last in parts], axis=1).astype(np.float64)


def trend(days: Days) -> Estimate | None:
    """Give the points that pain changes by in a month; None where the days are too few or too close together."""
    if len(days) < FEWEST_DAYS or days.days[-1] - days.days[0] < SHORTEST_SPAN_DAYS - 1:
        return None
    months = (days.days - days.days.mean()) / DAYS_PER_MONTH
    mean, half = estimate(days, np.stack([np.ones(len(days)), months], axis=1), np.array([[0.0, 1.0]]))
    return Estimate(value=float(mean[0]), low=float(mean[0] - half[0]), high=float(mean[0] + half[0]))


def change(days: Days) -> Change | None:
    """Compare the last seven days with the first seven; None where they overlap."""
    if not len(days) or days.days[-1] - days.days[0] < SHORTEST_SPAN_DAYS - 1:
        return None
    first, last = int(days.days[0]), int(days.days[-1])
    then, now = (first, first + DAYS_PER_WEEK - 1), (last - DAYS_PER_WEEK + 1, last)
    ends = _joined(days.between(*then), days.between(*now))
    mean, half = estimate(ends, _levels(ends, (then, now)), np.array([[1.0, 0.0], [-1.0, 1.0]]))
    before, by, wide = float(mean[0]), float(mean[1]), float(half[1])
    points = Estimate(value=by, low=by - wide, high=by + wide)
    is_enough = min(len(days.between(*then)), len(days.between(*now))) >= FEWEST_IN_WEEK
    return Change(before=before, now=before + by, points=points, verdict=judge(before, points, is_enough=is_enough))


def _joined(one: Days, other: Days) -> Days:
    return Days(days=np.concatenate([one.days, other.days]), pain=np.concatenate([one.pain, other.pain]))


def judge(before: float, points: Estimate, *, is_enough: bool = True) -> Verdict:
    """Say what may be said of a change that began at `before`.

    It is a change only where the interval leaves 0 out, and matters where it reaches 2 points or 30 % besides.

    >>> judge(6, Estimate(value=-2.5, low=-3.5, high=-1.5)).value
    'better by as much as matters'
    >>> judge(6, Estimate(value=-2.5, low=-5.5, high=0.5)).value
    'no clear change'
    """
    if not is_enough:
        return Verdict.TOO_FEW
    if points.low <= 0 <= points.high:
        return Verdict.NO_CLEAR_CHANGE
    size = abs(points.value)
    matters = size >= IMPORTANT_POINTS or (before > 0 and size / before >= IMPORTANT_SHARE)
    if points.value < 0:
        return Verdict.BETTER if matters else Verdict.SLIGHTLY_BETTER
    return Verdict.WORSE if matters else Verdict.SLIGHTLY_WORSE
