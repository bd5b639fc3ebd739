"""Wind in the trees: a band of sound that moves slowly up and down."""

from __future__ import annotations

import numpy as np

from lowtide.mix.breath import Control
from lowtide.mix.noise import Drawing, Noise
from lowtide.mix.scapes.base import Levels, Scape, led, stacked
from lowtide.mix.seeded import drift

BANDS_HZ = (240.0, 480.0, 960.0)
"""An octave apart, so that their sum moves like one band."""
WIDTH_OCTAVES = 0.85


def _band(hz: float) -> Drawing:
    # A rounded peak, with leaves' hiss far below it.
    steps = ((0.18, -44), (0.4, -16), (0.66, -5), (0.85, -0.6), (1.0, 0), (1.2, -1), (1.6, -6), (2.6, -17), (6, -38))
    return tuple((hz * ratio, float(db)) for ratio, db in steps)


class Wind(Scape):
    """A low body and three bands; where the wind is strongest, it is also highest."""

    layers = (
        Noise(
            name="wind/body", life=0.15, shared=0.3,
            drawing=((30, -30), (60, -6), (110, 0), (220, -5), (450, -15), (1000, -32), (3000, -70)),
        ),
        *(Noise(name=f"wind/{hz:.0f}", life=0.2, shared=0.15, drawing=_band(hz)) for hz in BANDS_HZ),
        Noise(
            name="wind/leaves", life=0.45, shared=0.05,
            drawing=((800, -34), (1800, -8), (3200, 0), (5200, -3), (8500, -12), (13000, -34)),
        ),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Move the band with the gusts, and with the breath where it leads."""
        gust = drift(control.seconds, (8.3, 12.7, 19.1, 29.3), control.seed, "gust") * np.float32(1.2)
        gust = gust * (1 - control.paced)
        centre = np.log2(np.float32(430.0)) + 0.75 * gust + control.paced * (0.7 * control.breath - 0.35)
        centre = centre + control.paced * 0.55 * (2 * control.rising - 1)
        bands = [-3.0 - 6.0 * ((centre - np.log2(hz)) / WIDTH_OCTAVES) ** 2 for hz in BANDS_HZ]
        return stacked(
            -5.0 + 1.5 * gust + led(control, -2.5),
            *(np.maximum(band, -30) + 3.5 * gust + led(control, 0.0) for band in bands),
            -18.0 + 6.0 * gust + led(control, 4.0),
        )
