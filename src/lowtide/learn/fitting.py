"""Histories of people who have consented in, a prior fitted to them out, with how it was fitted.

Called by whoever holds histories and consents; only they can know who said yes. Empirical Bayes: the prior under which
the histories are most probable, found by expectation and maximisation (Dempster, Laird and Rubin 1977; for the
normal–inverse-gamma model each step is closed, but for one root), with the house prior counted as two people more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from lowtide.errors import UserError
from lowtide.learn.features import Real
from lowtide.learn.posterior import FIXED, Start, solve, start, sums_of
from lowtide.learn.prior import house_prior
from lowtide.learn.update import replay
from lowtide.model.belief import History, MeasurePrior, Prior, PriorInfo
from lowtide.model.checkin import MEASURES, Measure

FEWEST_PEOPLE = 20
"""Fewer histories say too little about how people differ: house value."""
HOUSE_PEOPLE = 2
"""How many people the house prior counts as: people whose effects are known exactly, so each is worth many real ones.
House value: it makes up for a fitted prior's being taken for certain (found on seeds that are not reported)."""
MOST_ROUNDS = 200
NEAR = 0.001
"""Points: no mean and no standard deviation moves by more in the last round."""
LEAST_SHAPE, MOST_SHAPE = 1.0, 100.0
"""The guess of the noise is worth 2 to 200 check-ins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    prior: MeasurePrior
    rounds: int
    step: float


def fit_prior(histories: Sequence[History]) -> tuple[Prior, PriorInfo]:
    """Fit a prior to histories. Raises `UserError` for fewer than `FEWEST_PEOPLE`, and for a check-in counted twice."""
    if len(histories) < FEWEST_PEOPLE:
        raise UserError(
            f"{len(histories)} histories are too few to fit a prior to.", hint=f"It takes {FEWEST_PEOPLE} people."
        )
    house = house_prior()
    beliefs = [replay(house, one.since_ms, one.checkins) for one in histories]
    techniques = tuple(sorted({group.technique for belief in beliefs for group in belief.sums}))
    if not techniques:
        raise UserError("No history has a session that was rated before and after.", hint="A prior rests on ratings.")
    sums = {one: np.stack([sums_of(belief, one, techniques) for belief in beliefs]) for one in MEASURES}
    fits = {one: _fit_where_rated(house, one, techniques, sums[one]) for one in MEASURES}
    info = PriorInfo(
        people=len(histories),
        checkins=sum(_rated(one) for one in histories),
        rounds=max(fit.rounds for fit in fits.values()),
        last_step=max(fit.step for fit in fits.values()),
        notes=_notes(techniques, sums[Measure.PAIN]),
    )
    measures = {measure: fit.prior for measure, fit in fits.items()}
    return Prior(measures=measures, name=f"fitted to {len(histories)} people"), info


def _rated(history: History) -> int:
    pairs = ((one.before.of(m), one.after.of(m)) for one in history.checkins for m in MEASURES)
    return sum(before is not None and after is not None for before, after in pairs)


def _notes(techniques: Sequence[str], sums: Real) -> tuple[str, ...]:
    people = (sums[..., 0, 0].sum(axis=-1) > 0).sum(axis=0)
    few = [name for name, count in zip(techniques, people, strict=True) if count < FEWEST_PEOPLE]
    return tuple(f"Fewer than {FEWEST_PEOPLE} people have rated pain with {name}." for name in few)


def _fit_where_rated(house: Prior, measure: Measure, techniques: tuple[str, ...], sums: Real) -> _Fit:
    rated = sums[..., 0, 0].sum(axis=(-1, -2)) > 0
    if rated.sum() < FEWEST_PEOPLE:
        return _Fit(prior=house.measures[measure], rounds=0, step=0.0)
    return fit_measure(house.measures[measure], techniques, sums[rated])


def fit_measure(house: MeasurePrior, techniques: tuple[str, ...], sums: Real) -> _Fit:
    """Fit one measure's prior to sums (N, K, 2, WIDTH, WIDTH), one row for each person."""
    begun = start(house, techniques)
    house_spread = np.linalg.inv(begun.precision)
    step, rounds = np.inf, 0
    while step > NEAR and rounds < MOST_ROUNDS:
        after = _round(begun, house_spread, sums)
        step = float(max(np.abs(after.mean - begun.mean).max(), np.abs(_deviations(after) - _deviations(begun)).max()))
        begun, rounds = after, rounds + 1
    return _Fit(prior=_as_prior(house, techniques, begun), rounds=rounds, step=step)


def _round(begun: Start, house_spread: Real, sums: Real) -> Start:
    # Expectation: each person's posterior under the prior so far. Maximisation: the prior that suits them best.
    found = solve(begun, sums)
    shape, sure = found.freedom / 2, 1 / found.noise_variance
    mean = np.einsum("n,np->p", sure, found.mean) / sure.sum()
    apart = found.mean - mean
    spread = HOUSE_PEOPLE * house_spread + np.einsum("n,np,nq->pq", sure, apart, apart)
    spread += (found.scale * sure[:, None, None]).sum(axis=0)
    spread /= len(sums) + HOUSE_PEOPLE
    spread[:FIXED, FIXED:] = spread[FIXED:, :FIXED] = 0
    own_shape = _shape(float(np.mean(np.log(shape / sure) - _digamma(shape)) + np.log(sure.mean())))
    precision = np.linalg.inv(spread)
    return replace(
        begun, mean=mean, precision=precision, log_precision=float(np.linalg.slogdet(precision)[1]),
        shape=own_shape, rate=own_shape / float(sure.mean()),
    )  # fmt: skip


def _deviations(begun: Start) -> Real:
    deviations: Real = np.sqrt(np.diag(np.linalg.inv(begun.precision)) * begun.rate / begun.shape)
    return deviations


def _as_prior(house: MeasurePrior, techniques: tuple[str, ...], begun: Start) -> MeasurePrior:
    variance = begun.rate / begun.shape
    spread = np.linalg.inv(begun.precision) * variance
    mean = begun.mean.copy()
    middle = float(mean[FIXED:].mean())  # what all techniques share belongs to the intercept
    mean[0] += middle
    rows = partial(_rows, spread)
    return replace(
        house,
        mean=tuple(mean[:FIXED].tolist()),
        spread=rows(slice(FIXED)),
        techniques=techniques,
        technique_mean=tuple((mean[FIXED:] - middle).tolist()),
        technique_spread=rows(slice(FIXED, None)),
        other_sd=float(np.sqrt(np.diag(spread)[FIXED:].mean() + mean[FIXED:].var())),
        noise_sd=float(np.sqrt(variance)),
        noise_weight=2 * begun.shape,
    )


def _rows(spread: Real, part: slice) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in spread[part, part].tolist())


def _shape(target: float) -> float:
    # The root of log(a) − ψ(a) = target, which falls with a: halved until it is found.
    low, high = LEAST_SHAPE, MOST_SHAPE
    for _ in range(60):
        middle = (low + high) / 2
        wide = float(np.log(middle) - _digamma(np.array(middle))) > target
        low, high = (middle, high) if wide else (low, middle)
    return (low + high) / 2


def _digamma(x: Real) -> Real:
    # ψ, by its recurrence and then its asymptotic series (Abramowitz and Stegun 6.3.5 and 6.3.18).
    far = x + 6
    series = np.log(far) - 1 / (2 * far) - 1 / (12 * far**2) + 1 / (120 * far**4) - 1 / (252 * far**6)
    below: Real = sum((1 / (x + step) for step in range(6)), start=np.zeros_like(x))
    digamma: Real = series - below
    return digamma
