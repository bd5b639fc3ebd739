"""Knots in, a smooth curve out that can be asked at any time: the shape of every fade, duck and breath.

Called by `duck`, `breath` and the soundscapes. Law: between two knots the curve is half a cosine wave, so it has no
corner anywhere, and its value at a time depends on nothing but that time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.floating[Any]]
"""Times on the session's clock, in seconds."""


def ease(share: Seconds) -> NDArray[np.float32]:
    """Bend a straight way from 0 to 1 into half a cosine wave; flat beyond both ends.

    >>> ease(np.array([-1.0, 0.0, 0.5, 1.0, 2.0])).round(6).tolist()
    [0.0, 0.0, 0.5, 1.0, 1.0]
    """
    angle = np.clip(share, 0.0, 1.0).astype(np.float32) * np.float32(np.pi)
    eased: NDArray[np.float32] = np.float32(0.5) - np.float32(0.5) * np.cos(angle)  # ten times as fast as in float64
    return eased


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A smooth line through knots; level before the first and after the last."""

    at_s: Seconds
    """The knots' times, not falling. Two knots at one time make a step."""
    value: NDArray[np.float64]

    def __post_init__(self) -> None:
        assert len(self.at_s) == len(self.value) > 0, "a curve needs a knot"

    def __call__(self, seconds: Seconds) -> NDArray[np.float64]:
        """Give the curve's value at each time.

        >>> Curve(np.array([1.0, 3.0]), np.array([0.0, 4.0]))(np.array([0.0, 2.0, 9.0])).round(6).tolist()
        [0.0, 2.0, 4.0]
        """
        if len(self.at_s) == 1:
            return np.full(len(seconds), self.value[0])
        after = np.clip(np.searchsorted(self.at_s, seconds, side="right"), 1, len(self.at_s) - 1)
        start, low = self.at_s[after - 1], self.value[after - 1]
        span = np.maximum(self.at_s[after] - start, 1e-9)
        return low + (self.value[after] - low) * ease((seconds - start) / span)


def through(knots: Sequence[tuple[float, float]]) -> Curve:
    """Make a curve through (milliseconds, value) knots, which must be in order."""
    at_ms, value = zip(*knots, strict=True)
    return Curve(np.array(at_ms, dtype=np.float64) / 1000, np.array(value, dtype=np.float64))
