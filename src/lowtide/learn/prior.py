"""Nothing in, what is believed of anybody out: the house prior, each number with its source; and weights for outliers.

Called by `update`, `fitting` and whoever begins a belief. A *house prior* is a guess of ours without a source: it is
wide enough to be overruled by a few weeks of check-ins, and it is what `fit_prior` replaces once people have consented.
"""

from __future__ import annotations

import numpy as np

from lowtide.learn.features import OWN, UNIT, WEIGHT_UNIT, Real, Whole
from lowtide.model.belief import FEATURES, MeasurePrior, Prior
from lowtide.model.checkin import MEASURES

HOUSE = "house"
RELIEF_MEAN, RELIEF_SD = 1.15, 0.8
"""Points of relief of one session at 5 of 10: 23 % after one 15-minute mindfulness session (Garland 2017, J Gen Intern
Med 32:1106; n = 244; 9 % after education, so much of it is common to all care). How much people differ: house prior."""
BEFORE_MEAN, BEFORE_SD = 0.25, 0.15
"""Points of relief per point before: 23 % of what there is (Garland 2017), to which measurement error adds its
regression to the mean. How much people differ: house prior."""
LENGTH_SD = 0.2
"""Points per doubling of the length; the mean is 0: for novices 10 minutes did about what 20 did (Strohmaier 2020;
Riordan 2024). How much people differ: house prior."""
HEARD_MEAN, HEARD_SD = 0.5, 0.5
"""Points that the whole session gives more than none of it: house prior."""
HOUR_SD = 0.3
"""Points between the hours of the day; the mean is 0: house prior."""
WEEKS_SD = 0.5
"""Points that relief changes by in the long run; the mean is 0: house prior."""
OWN_MEAN, OWN_SD = 0.3, 0.5
"""Points that a session gives more when the person chose it, which is selection as much as gain: house prior."""
TECHNIQUE_SD = 0.75
"""Points by which techniques differ within a person: house prior. Trials compare groups: MBSR with CBT differ little on
average (Cherkin 2016), which says nothing about how much one person's techniques differ."""
NOISE_SD = 1.44
"""Points around what is expected: √2 × the standard error of one rating, 1.02 (Childs 2005, Spine 30:1331)."""
NOISE_WEIGHT = 8.0
"""How many check-ins the guess of the noise is worth: house prior."""
FAR = 2.5
"""Standard deviations beyond which a check-in counts less, as Huber's weights do: house value, about one in eighty."""


def house_prior() -> Prior:
    """Give the prior to begin with, when no fitted one is at hand. The same for pain, tension and stress.

    >>> house_prior().name
    'house'
    """
    means = dict.fromkeys(FEATURES, 0.0)
    means |= {"intercept": RELIEF_MEAN, "before": BEFORE_MEAN, "heard": HEARD_MEAN, "own": OWN_MEAN}
    spreads = {
        "intercept": RELIEF_SD, "before": BEFORE_SD, "length": LENGTH_SD, "heard": HEARD_SD, "noon": HOUR_SD,
        "morning": HOUR_SD, "weeks": WEEKS_SD, "own": OWN_SD,
    }  # fmt: skip
    one = MeasurePrior(
        mean=tuple(means[name] for name in FEATURES),
        spread=tuple(tuple(spreads[a] ** 2 if a == b else 0.0 for b in FEATURES) for a in FEATURES),
        other_sd=TECHNIQUE_SD,
        noise_sd=NOISE_SD,
        noise_weight=NOISE_WEIGHT,
    )
    return Prior(measures=dict.fromkeys(MEASURES, one), name=HOUSE)


def technique_mean(prior: MeasurePrior, techniques: tuple[str, ...]) -> Real:
    """Give what each technique gives to people in general, 0 where nothing is known; in points."""
    known = dict(zip(prior.techniques, prior.technique_mean, strict=True))
    return np.array([known.get(name, 0.0) for name in techniques])


def technique_spread(prior: MeasurePrior, techniques: tuple[str, ...]) -> Real:
    """Give how much people differ, as a covariance in points²."""
    place = {name: index for index, name in enumerate(prior.techniques)}
    spread = np.diag(np.full(len(techniques), prior.other_sd**2))
    known = [index for index, name in enumerate(techniques) if name in place]
    if known:
        rows = [place[techniques[index]] for index in known]
        spread[np.ix_(known, known)] = np.array(prior.technique_spread)[np.ix_(rows, rows)]
    return spread


def surprise(prior: MeasurePrior, rows: Whole, is_own: Whole, mean: Real, variance: Real) -> Real:
    """Count the standard deviations by which sessions differ from what the prior expects of anybody.

    `rows` (…, WIDTH) as `features` gives them; `mean` and `variance` of each session's technique, in points.
    """
    x = np.concatenate([rows[..., :OWN], is_own[..., None] * UNIT], axis=-1) / UNIT
    spread = np.einsum("...i,ij,...j->...", x, np.array(prior.spread), x) + variance + prior.noise_sd**2
    apart: Real = (rows[..., -1] / UNIT - x @ np.array(prior.mean) - mean) / np.sqrt(spread)
    return apart


def outlier_weights(apart: Real) -> Whole:
    """Weigh sessions by their surprise, in 16ths: 16 up to `FAR`, then falling as its inverse, never 0.

    It depends on the check-in and the population's prior alone, not on the person's other check-ins: else their order
    would matter.

    >>> outlier_weights(np.array([0.0, -2.5, 5.0, 50.0])).tolist()
    [16, 16, 8, 1]
    """
    share = FAR / np.maximum(np.abs(apart), FAR)
    return np.maximum(np.rint(share * WEIGHT_UNIT), 1).astype(np.int64)
