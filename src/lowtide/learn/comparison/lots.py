"""The reliefs of a comparison's days in, how often chance alone would differ as much out: a randomisation test.

Called by `outcome`. Law: nothing is assumed but that the lots were drawn as the design says. Under "it made no
difference which technique it was", each day would have gone the same with another lot; so the schedules that could have
been drawn, laid over the days as they went, say how large a difference chance makes (Fisher 1935; Edgington & Onghena
2007, ch. 6).
"""

from __future__ import annotations

from itertools import permutations, product
from math import factorial

import numpy as np
from numpy.typing import NDArray

from lowtide.learn.features import Real

Lots = NDArray[np.intp]

MOST_COUNTED = 2**16
"""Up to so many schedules each one is tried; beyond it so many are drawn."""
ALMOST = 1e-9
"""Differences closer than this are the same difference."""


def differences(reliefs: Real, lots: Lots, techniques: int) -> Real:
    """Give the spread of mean reliefs between techniques for each schedule: `lots` (S, D) → (S).

    For two techniques it is the difference without its sign, for three the variance of the means, weighed by their
    days. `reliefs` (D) holds NaN where a day was not rated; a schedule that leaves a technique without a rated day
    counts as 0.
    """
    is_rated = np.isfinite(reliefs)
    values, drawn = reliefs[is_rated], lots[:, is_rated]
    counts = np.stack([(drawn == one).sum(axis=1) for one in range(techniques)], axis=1)
    sums = np.stack([np.where(drawn == one, values, 0.0).sum(axis=1) for one in range(techniques)], axis=1)
    means = sums / np.maximum(counts, 1)
    apart: Real = (counts * (means - values.mean()) ** 2).sum(axis=1)
    if techniques == 2:
        apart = np.abs(means[:, 0] - means[:, 1])
    return np.where((counts > 0).all(axis=1), apart, 0.0)


def by_chance(reliefs: Real, drawn: Lots, block: int, seed: int) -> float:
    """Give the share of schedules that differ as much as the drawn one or more, 0–1.

    `reliefs` (D) and `drawn` (D) are of the comparison's days, with whole blocks. Exact for up to `MOST_COUNTED`
    schedules; beyond it a sample that holds the drawn one, so that the test stays valid (Phipson & Smyth 2010).

    >>> by_chance(np.array([3.0, 0.0, 3.0, 0.0]), np.array([0, 1, 0, 1]), 2, 0)
    0.5
    """
    blocks = len(drawn) // block
    if factorial(block) ** blocks <= MOST_COUNTED:
        every = every_schedule(block, blocks)
    else:
        every = np.concatenate([drawn[None], drawn_schedules(block, blocks, seed)])
    own = differences(reliefs, drawn[None], block)[0]
    return float((differences(reliefs, every, block) >= own - ALMOST).mean())


def every_schedule(block: int, blocks: int) -> Lots:
    """List every schedule that the design could have drawn: (S, block × blocks)."""
    orders = list(permutations(range(block)))
    return np.array([sum(chosen, ()) for chosen in product(orders, repeat=blocks)], dtype=np.intp)


def drawn_schedules(block: int, blocks: int, seed: int) -> Lots:
    """Draw `MOST_COUNTED` schedules as the design draws them."""
    chance = np.random.Generator(np.random.PCG64([seed % 2**64, 2]))
    ranks = chance.random((MOST_COUNTED, blocks, block)).argsort(axis=-1)
    return ranks.reshape(MOST_COUNTED, blocks * block).astype(np.intp)
