"""Soft rain on leaves and a roof, with single drops nearby."""

from __future__ import annotations

import numpy as np

from lowtide.mix.breath import Control
from lowtide.mix.noise import Noise
from lowtide.mix.plucks import Floats, Plucks, Strikes, between
from lowtide.mix.scapes.base import Levels, Scape, led, stacked
from lowtide.mix.seeded import drift


def _drops(chance: Floats) -> Strikes:
    # Most drops are faint and dry; one in eight falls into water and rings lower, gliding upwards.
    at, pitch, decay, level, pan, kind = chance[:6]
    plink = kind < 0.125
    return Strikes(
        at=at,
        hz=np.where(plink, between(pitch, 650, 1500), between(pitch, 1400, 5200)),
        rise=np.where(plink, 0.25, 0.0),
        decay_s=np.where(plink, between(decay, 0.006, 0.013), between(decay, 0.0012, 0.005)),
        attack_s=np.where(plink, 0.0012, 0.0006),
        level=between(level, 0.12, 1.0) * np.where(plink, 0.55, 1.0),
        pan=pan,
    )


class Rain(Scape):
    """A bed of fine rain, its murmur on the roof, and drops."""

    layers = (
        Noise(
            name="rain/bed", life=0.12, shared=0.1,
            drawing=((120, -34), (400, -14), (1000, -5), (2400, 0), (5000, -2), (8000, -7), (12000, -17), (17000, -40)),
        ),
        Noise(
            name="rain/roof", life=0.2, shared=0.25,
            drawing=((40, -30), (110, -6), (220, 0), (500, -4), (1100, -13), (2500, -28), (6000, -52)),
        ),
        Plucks(name="rain/drops", draw=_drops, strikes=11, loudest=6.0, kept=0.85),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Let it rain a little more and a little less, over half minutes."""
        shower = drift(control.seconds, (23.0, 37.0, 61.0), control.seed, "shower")
        return stacked(
            -3.5 + 1.2 * shower + led(control, 3.0),
            -3.0 + 0.8 * shower + led(control, -3.5),
            -10.0 + 2.0 * shower + led(control, 0.5),
        )
