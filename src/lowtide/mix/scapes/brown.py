"""Brown noise: deep, even, and without an event."""

from __future__ import annotations

import numpy as np

from lowtide.mix.breath import Control
from lowtide.mix.noise import Noise
from lowtide.mix.scapes.base import Levels, Scape, led, stacked

_SPLIT_HZ = 320.0
"""Where the dark half hands over to the bright one, so that the breath can tilt them."""


class Brown(Scape):
    """6 dB less for each octave, from 50 Hz up; in two halves."""

    layers = (
        Noise(
            name="brown/dark", shared=0.25,
            drawing=(
                (20, -34), (35, -8), (50, 0), (100, -6), (200, -12.3), (_SPLIT_HZ, -18.5), (640, -32), (1400, -60),
            ),
        ),
        Noise(
            name="brown/bright", shared=0.15,
            drawing=(
                (80, -46), (160, -16), (_SPLIT_HZ, -2.5), (640, -6.3), (1280, -12), (5120, -24), (12000, -33),
                (18000, -54),
            ),
        ),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Stay as it is, unless the breath leads."""
        steady = np.zeros(len(control.seconds), dtype=np.float32)
        return stacked(steady - 2.2 + led(control, -2.5), steady - 4.0 + led(control, 3.5))
