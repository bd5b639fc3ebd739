"""A small fire in a hearth."""

from __future__ import annotations

import numpy as np

from lowtide.mix.breath import Control
from lowtide.mix.noise import Noise
from lowtide.mix.plucks import Floats, Plucks, Strikes, between
from lowtide.mix.scapes.base import Levels, Scape, led, stacked
from lowtide.mix.seeded import drift

_SPLINTERS = 6
"""A crackle is this many rings at once, so that it has no pitch."""


def _crackles(chance: Floats) -> Strikes:
    # About two crackles a second; each is a cluster of short rings that begin together. None is loud.
    clusters = chance.shape[1] // _SPLINTERS
    first = chance[:, :clusters]
    level = np.where(first[0] < 0.75, 0.0, between(first[1], 0.18, 1.0))
    at, size, pan = first[2], first[3], first[4]
    return Strikes(
        at=np.repeat(at, _SPLINTERS),
        hz=between(chance[5], 700, 5200) * np.repeat(between(size, 0.7, 1.2), _SPLINTERS),
        rise=np.zeros(chance.shape[1]),
        decay_s=between(chance[6], 0.0008, 0.0045),
        attack_s=np.full(chance.shape[1], 0.0005),
        level=np.repeat(level, _SPLINTERS) * (0.4 + 0.6 * chance[7]),
        pan=np.clip(np.repeat(0.2 + 0.6 * pan, _SPLINTERS) + 0.15 * (chance[0] - 0.5), 0, 1),
    )


class Fire(Scape):
    """The roar of the flames, their soft hiss, and sparse crackles."""

    layers = (
        Noise(
            name="fire/roar", life=0.7, shared=0.3,
            drawing=((28, -24), (55, -4), (100, 0), (220, -3), (450, -10), (900, -20), (2000, -34), (6000, -64)),
        ),
        Noise(
            name="fire/hiss", life=0.5, shared=0.1,
            drawing=((500, -30), (1200, -10), (2600, 0), (5000, -2), (8500, -9), (13000, -24), (17000, -50)),
        ),
        Plucks(name="fire/crackles", draw=_crackles, strikes=3 * _SPLINTERS, loudest=11.0, kept=0.60, count=64),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Let the flames flare and settle."""
        flare = drift(control.seconds, (3.7, 6.1, 10.9, 21.0), control.seed, "flare") * (1 - control.paced)
        return stacked(
            -1.5 + 2.0 * flare + led(control, -2.5),
            -11.0 + 3.0 * flare + led(control, 6.0),
            -14.5 + 1.0 * flare + led(control, 1.0),
        )
