"""A small stream over stones."""

from __future__ import annotations

import numpy as np

from lowtide.mix.breath import Control
from lowtide.mix.noise import Noise
from lowtide.mix.plucks import Floats, Plucks, Strikes, between
from lowtide.mix.scapes.base import Levels, Scape, led, stacked
from lowtide.mix.seeded import drift


def _gurgles(chance: Floats) -> Strikes:
    # A bubble rings at the pitch of its size, and glides upwards as it shrinks (Minnaert: large ones are low).
    at, pitch, decay, level, pan, glide = chance[:6]
    return Strikes(
        at=at,
        hz=between(pitch, 260, 1100),
        rise=0.08 + 0.30 * glide,
        decay_s=between(decay, 0.007, 0.017),
        attack_s=np.full(len(at), 0.0025),
        level=between(level, 0.2, 1.0) * between(pitch, 1.0, 0.6),
        pan=0.15 + 0.7 * pan,
    )


def _trickles(chance: Floats) -> Strikes:
    at, pitch, decay, level, pan, glide = chance[:6]
    return Strikes(
        at=at,
        hz=between(pitch, 1000, 3400),
        rise=0.05 + 0.2 * glide,
        decay_s=between(decay, 0.003, 0.009),
        attack_s=np.full(len(at), 0.0012),
        level=between(level, 0.15, 1.0) * between(pitch, 1.0, 0.5),
        pan=pan,
    )


class Stream(Scape):
    """The rush of the water, low gurgles, and trickling."""

    layers = (
        Noise(
            name="stream/rush", life=0.35, shared=0.15,
            drawing=((60, -34), (160, -10), (380, 0), (800, -3), (1600, -8), (3500, -15), (7000, -27), (14000, -52)),
        ),
        Plucks(name="stream/gurgles", draw=_gurgles, strikes=20, loudest=4.5, kept=0.92),
        Plucks(name="stream/trickles", draw=_trickles, strikes=22, loudest=4.5, kept=0.92),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Let the water run a little fuller and a little thinner, each part by itself."""
        seconds, seed = control.seconds, control.seed
        return stacked(
            -3.0 + 0.8 * drift(seconds, (17.0, 29.0, 47.0), seed, "rush") + led(control, -1.5),
            -5.5 + 1.6 * drift(seconds, (7.3, 11.9, 19.0), seed, "gurgles") + led(control, -4.0),
            -7.0 + 1.6 * drift(seconds, (5.9, 13.1, 23.0), seed, "trickles") + led(control, 4.5),
        )
