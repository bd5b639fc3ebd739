"""Sums and a prior in, what is known of each technique's effect out: exact, for one person or thousands side by side.

Called by `choose`, `claims`, `fitting` and the simulation. The model is y = xβ + e, e ~ N(0, σ²), β | σ² ~ N(m, σ²V),
σ² ~ inverse gamma: conjugate, so the posterior is one solved system and a Student t (Gelman et al., Bayesian Data
Analysis, 3rd ed., ch. 14). β is the fixed part, shared by all techniques, and one effect for each technique, shrunk to
what it gives to people in general: a linear mixed model, with its random effects written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lowtide.learn.features import OWN, PACKED, Real, moments
from lowtide.learn.prior import technique_mean, technique_spread
from lowtide.model.belief import FEATURES, Belief, Group, MeasurePrior
from lowtide.model.checkin import Measure

FIXED = len(FEATURES)
"""How many coefficients the fixed part has; technique effects come after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A prior as arrays, for a given row of techniques; P coefficients."""

    mean: Real
    """(P)"""
    precision: Real
    """(P, P): the inverse of V, which is the spread in units of the noise's variance."""
    log_precision: float
    """The logarithm of its determinant."""
    shape: float
    """Of σ²: half of how many check-ins the guess of it is worth."""
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What is known after the sums; leading dimensions are people."""

    mean: Real
    """(…, P) in points."""
    scale: Real
    """(…, P, P): the squared scale of the Student t, in points²."""
    freedom: Real
    """(…): its degrees of freedom."""
    log_evidence: Real
    """(…): how probable the sums are under the model, up to what all models of the same sums share."""

    noise_variance: Real
    """(…): the guess of the noise's variance, in points²; the reciprocal of the expected precision."""

    @property
    def effects(self) -> tuple[Real, Real]:
        """The techniques' effects: mean (…, K) and squared scale (…, K, K)."""
        return self.mean[..., FIXED:], self.scale[..., FIXED:, FIXED:]


@lru_cache(maxsize=256)
def start(prior: MeasurePrior, techniques: tuple[str, ...]) -> Start:
    """Lay a prior out for these techniques; without any, it is the model in which techniques do not differ."""
    size = FIXED + len(techniques)
    spread = np.zeros((size, size))
    spread[:FIXED, :FIXED] = prior.spread
    spread[FIXED:, FIXED:] = technique_spread(prior, techniques)
    precision: Real = np.linalg.inv(spread / prior.noise_sd**2)
    return Start(
        mean=np.concatenate([prior.mean, technique_mean(prior, techniques)]),
        precision=precision,
        log_precision=float(np.linalg.slogdet(precision)[1]),
        shape=prior.noise_weight / 2,
        rate=prior.noise_weight / 2 * prior.noise_sd**2,
    )


def sums_of(belief: Belief, measure: Measure, techniques: Sequence[str]) -> Real:
    """Unpack a belief's sums for these techniques: (K, 2, WIDTH, WIDTH), what chance chose first, then the person."""
    nothing = (0,) * PACKED
    rows = [belief.sums.get(Group(name, measure, own), nothing) for name in techniques for own in (False, True)]
    return moments(np.array(rows, dtype=object).reshape(len(techniques), 2, PACKED))


def solve(begun: Start, sums: Real) -> Posterior:
    """Add sums (…, K, 2, WIDTH, WIDTH) to a prior. `begun` has K techniques, or none: then they do not differ.

    Sums (…, K, 1, WIDTH, WIDTH) are of sessions that the person did not choose.
    """
    gram, right, square, count = _normal_equations(sums, len(begun.mean) - FIXED)
    precision = begun.precision + gram
    inverse = np.linalg.inv(precision)
    pull = begun.precision @ begun.mean
    mean = (inverse @ (pull + right)[..., None])[..., 0]
    shape = begun.shape + count / 2
    left = square + begun.mean @ pull - np.einsum("...p,...p->...", mean, pull + right)
    rate = begun.rate + np.maximum(left, 0) / 2
    log_evidence = (begun.log_precision - np.linalg.slogdet(precision)[1]) / 2 - shape * np.log(rate)
    variance = rate / shape
    return Posterior(
        mean=mean, scale=inverse * variance[..., None, None], freedom=2 * shape, log_evidence=log_evidence,
        noise_variance=variance,
    )  # fmt: skip


def _normal_equations(sums: Real, techniques: int) -> tuple[Real, Real, Real, Real]:
    # (X'WX, X'Wy, y'Wy, sum of weights): the columns of `own` and of the techniques are told by the group a sum is in.
    of_technique, own_each = sums.sum(axis=-3), sums[..., 1:, :, :].sum(axis=-3)
    own = own_each.sum(axis=-3)
    total = of_technique.sum(axis=-3)
    size = FIXED + techniques
    gram, right = np.zeros((*total.shape[:-2], size, size)), np.zeros((*total.shape[:-2], size))
    gram[..., :OWN, :OWN], right[..., :OWN] = total[..., :OWN, :OWN], total[..., :OWN, -1]
    gram[..., OWN, :OWN], right[..., OWN] = own[..., 0, :OWN], own[..., 0, -1]
    gram[..., :OWN, OWN], gram[..., OWN, OWN] = own[..., 0, :OWN], own[..., 0, 0]
    if techniques:
        place = np.arange(FIXED, size)
        gram[..., FIXED:, :OWN], right[..., FIXED:] = of_technique[..., 0, :OWN], of_technique[..., 0, -1]
        gram[..., FIXED:, OWN] = own_each[..., 0, 0]
        gram[..., :FIXED, FIXED:] = np.swapaxes(gram[..., FIXED:, :FIXED], -1, -2)
        gram[..., place, place] = of_technique[..., 0, 0]
    return gram, right, total[..., -1, -1], total[..., 0, 0]
