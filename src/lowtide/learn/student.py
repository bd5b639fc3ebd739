"""Degrees of freedom in, Student's t quantile or distribution function out: what every interval is made with.

Called by `claims`, `trend`, `report`, `comparison` and the simulation. Closed approximations, so that the core needs no
statistics library; each says how near it is.
"""

from __future__ import annotations

import math

from lowtide.learn.features import Real

INTERVAL = 0.90
"""What intervals cover."""
INTERVAL_Z = 1.644854
"""The normal quantile of their ends."""


def quantile(z: float, freedom: Real) -> Real:
    """Give Student's t quantile for a normal quantile `z` (Abramowitz and Stegun 26.7.5; to 0.001 from 8 degrees on).

    >>> import numpy as np
    >>> round(float(quantile(1.644854, np.array(10.0))), 3)
    1.812
    """
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    found: Real = z + first / freedom + second / freedom**2 + third / freedom**3
    return found


def probability(t: float, freedom: float) -> float:
    """Give Student's t distribution function, by Wallace's normal deviate (1959; to 0.002 from 8 degrees on).

    >>> round(probability(1.812, 10), 2), probability(0, 10)
    (0.95, 0.5)
    """
    share = (8 * freedom + 1) / (8 * freedom + 3)
    z = share * math.sqrt(freedom * math.log1p(t * t / freedom))
    return 0.5 * (1 + math.copysign(math.erf(z / math.sqrt(2)), t))
