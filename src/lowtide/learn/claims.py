"""A belief in, each technique's effect with its interval out, and whether "this helps you more" may be said of it.

Called by `choose`, `explain` and the report. Law: nothing is claimed that the data do not support, however often one
looks. A claim about a measure needs two things:

1. *Evidence that techniques differ at all in this person*: the probability of the sessions that chance or a protocol
   chose (never those that the person chose), under the model in which techniques differ, is `EVIDENCE_NEEDED` times
   their probability under the same model without technique effects. Where nothing differs this ratio is a martingale
   that begins at 1, whoever chose on the strength of earlier sessions; so the chance that it *ever* gets to E is at
   most 1/E (Ville 1939; Grünwald, de Heide and Koolen 2024, J R Stat Soc B 86:1091), with no limit on days, looks or
   techniques. Over the measures the chances add up to `FALSE_CLAIMS`.
2. *That this technique is above the mean of the others*: a posterior probability of `SURE` or more, from all sessions.

The first rests on the model, while ratings are rounded, end at 0 and 10 and have heavy tails. How often it fails where
nothing differs, among people who are not made by this model, is what `lowtide simulate` counts; the
thresholds follow from `FALSE_CLAIMS` and were not chosen there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lowtide.learn.features import Real
from lowtide.learn.posterior import Posterior, solve, start, sums_of
from lowtide.learn.student import INTERVAL_Z, probability, quantile
from lowtide.model.belief import Belief, Effect, MeasurePrior
from lowtide.model.checkin import MEASURES, Measure

Flags = NDArray[np.bool_]

FALSE_CLAIMS = 0.05
"""The share of people in whom nothing differs and of whom something may ever be claimed."""
PAIN_SHARE = 0.8
"""Pain's share of those false claims; the other measures divide the rest: house value, for it is what people come
for."""
EVIDENCE_NEEDED = {
    one: 1 / (FALSE_CLAIMS * (PAIN_SHARE if one is Measure.PAIN else (1 - PAIN_SHARE) / (len(MEASURES) - 1)))
    for one in MEASURES
}
"""How many times more probable the sessions must be if techniques differ: 25 for pain, 200 for tension and for
stress."""
SURE = 0.975
"""The posterior probability that a claim needs besides: two-sided 5 %."""
_SURE_Z = 1.959964
"""The normal quantile of `SURE`."""


def effects(belief: Belief, measure: Measure, among: Sequence[str] | None = None) -> tuple[Effect, ...]:
    """Give each technique's effect on one measure, against the mean of the others that the person has tried.

    `among` are the techniques to speak of, in order; without it all that were tried. One for which there is nothing to
    compare with is left out.
    """
    every = tuple(sorted({group.technique for group in belief.sums} | set(among or ())))
    if not every:
        return ()
    prior, sums = belief.prior.measures[measure], sums_of(belief, measure, every)
    posterior = solve(start(prior, every), sums)
    mean, sd = contrasts(posterior, tried(sums))
    may_claim = claims(measure, prior, every, posterior, sums)
    half = quantile(INTERVAL_Z, posterior.freedom) * sd
    counts = _sessions(belief, measure)
    return tuple(
        Effect(
            technique=name, measure=measure, mean=float(mean[i]), low=float(mean[i] - half[i]),
            high=float(mean[i] + half[i]), sure=probability(mean[i] / sd[i], float(posterior.freedom)),
            sessions=counts[name], is_claimed=bool(may_claim[i]),
        )
        for name in among or every
        if sd[i := every.index(name)] > 0
    )  # fmt: skip


def _sessions(belief: Belief, measure: Measure) -> Counter[str]:
    return Counter(
        one.technique
        for one in belief.counted.values()
        if one.before.of(measure) is not None and one.after.of(measure) is not None
    )


def tried(sums: Real) -> Flags:
    """Say which techniques have rated sessions: (…, K)."""
    has_weight: Flags = sums[..., 0, 0].sum(axis=-1) > 0
    return has_weight


def against_others(has_tried: Flags) -> Real:
    """Give what compares each technique with the mean of the others that were tried: (…, K) → (…, K, K).

    >>> against_others(np.array([True, True, False])).tolist()
    [[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0], [-0.5, -0.5, 1.0]]
    """
    own = np.eye(has_tried.shape[-1])
    others = has_tried[..., None, :] * (1 - own)
    count = others.sum(axis=-1, keepdims=True)
    against: Real = np.where(count > 0, own - others / np.maximum(count, 1), 0)
    return against


def contrasts(posterior: Posterior, has_tried: Flags) -> tuple[Real, Real]:
    """Compare each technique with the mean of the others that were tried: mean and scale, each (…, K).

    The scale is 0 where there is nothing to compare with.
    """
    mean, scale = posterior.effects
    against = against_others(has_tried)
    spread = np.einsum("...ki,...ki->...k", against @ scale, against)
    return np.einsum("...ki,...i->...k", against, mean), np.sqrt(np.maximum(spread, 0))


def claims(
    measure: Measure, prior: MeasurePrior, techniques: tuple[str, ...], posterior: Posterior, sums: Real
) -> Flags:
    """Say of which techniques "this helps you more" may be said: (…, K), by the module's two rules."""
    has_tried = tried(sums)
    mean, sd = contrasts(posterior, has_tried)
    is_above = has_tried & (sd > 0) & (mean > quantile(_SURE_Z, posterior.freedom)[..., None] * sd)
    # Evidence is two systems more to solve: it is weighed only where there is something that might be claimed.
    is_asked = np.asarray(is_above.any(axis=-1))
    is_strong = np.zeros_like(is_asked)
    is_strong[is_asked] = evidence(prior, techniques, sums[is_asked]) >= math.log(EVIDENCE_NEEDED[measure])
    allowed: Flags = is_above & is_strong[..., None]
    return allowed


def evidence(prior: MeasurePrior, techniques: tuple[str, ...], sums: Real) -> Real:
    """Weigh the evidence that techniques differ, from sessions that the person did not choose: the logarithm, (…)."""
    chance = sums[..., :1, :, :]
    differs = solve(start(prior, techniques), chance).log_evidence
    same = solve(start(prior, ()), chance).log_evidence
    weighed: Real = differs - same
    return weighed
