"""Waves on a wide beach: they rise with the in-breath and fall with the out-breath."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.breath import Control
from lowtide.mix.noise import Noise
from lowtide.mix.scapes.base import Levels, Scape, stacked, swells

NEAR_S, FAR_S = 10.3, 13.9
"""How far apart the near and the far waves come: a calm swell breaks 4 to 6 times a minute."""
FOAM_LATE_S = 0.8
"""Foam hisses loudest just after the wave has broken."""
DEEP_EARLY_S = 0.5
"""The rumble comes before the wave."""
FOAM_TILT_DB = 5.5
SURF_TILT_DB = -2.0


class Waves(Scape):
    """A deep rumble, the body of the surf, and foam whose brightness follows the wave, near and far."""

    layers = (
        Noise(
            name="waves/deep", life=0.25, shared=0.4,
            drawing=((22, -36), (38, -8), (65, 0), (130, -3), (260, -13), (600, -30), (1500, -56), (4000, -90)),
        ),
        Noise(
            name="waves/surf", life=0.3, shared=0.2,
            drawing=((50, -30), (120, -8), (260, 0), (600, -3), (1200, -9), (2500, -19), (6000, -38), (12000, -64)),
        ),
        Noise(
            name="waves/foam", life=0.5, shared=0.1,
            drawing=((300, -44), (900, -15), (2000, -4), (3600, 0), (6000, -4), (9000, -13), (13000, -30)),
        ),
        Noise(
            name="waves/far", life=0.35, shared=0.1,
            drawing=((250, -36), (700, -10), (1400, -1), (2300, 0), (4000, -7), (7000, -18), (11000, -40)),
        ),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Let everything follow one wave: the swell's own, or the breath's."""
        near, far = _near(control, 0.0), _far(control, 0.0)
        near_foam, far_foam = _near(control, -FOAM_LATE_S), _far(control, -FOAM_LATE_S)
        ahead = _near(control, DEEP_EARLY_S)
        wave = _follow(control, 1 - (1 - near) * (1 - 0.6 * far))
        turn = control.paced * (2 * control.rising - 1)
        return stacked(
            -15 + 6 * _follow(control, ahead),
            -13.5 + 13 * wave + SURF_TILT_DB * turn,
            -29 + 25 * _follow(control, near_foam) + FOAM_TILT_DB * turn,
            -29 + 22 * _follow(control, far_foam) + FOAM_TILT_DB * turn,
        )


def _near(control: Control, later_s: float) -> NDArray[np.float32]:
    return swells(control.seconds + later_s, NEAR_S, control.seed, "near")


def _far(control: Control, later_s: float) -> NDArray[np.float32]:
    return swells(control.seconds + later_s, FAR_S, control.seed, "far")


def _follow(control: Control, free: NDArray[np.float32]) -> NDArray[np.float32]:
    # Where breath is paced, the wave is the breath; the way from one to the other is smooth.
    wave: NDArray[np.float32] = free + control.paced * (control.breath - free)
    return wave
