"""The drone of a singing bowl that is rubbed, not struck: slow beats and a little air."""

from __future__ import annotations

from lowtide.mix.breath import Control
from lowtide.mix.noise import Noise, Partial, Tones
from lowtide.mix.scapes.base import Levels, Scape, led, stacked
from lowtide.mix.seeded import drift

FUNDAMENTAL_HZ = 128.0
"""A large bowl."""


class Bowl(Scape):
    """Partials in the proportions of the bell's bowl (1 : 2.71 : 5.18, see `mix.bell`), each a beating pair."""

    layers = (
        Tones(
            name="bowl/low", count=29,
            partials=(Partial(FUNDAMENTAL_HZ, 1.0, 0.28, 0.7), Partial(FUNDAMENTAL_HZ * 1.5, 0.4, 0.46)),
        ),
        Tones(
            name="bowl/middle", count=31,
            partials=(Partial(FUNDAMENTAL_HZ * 2.71, 1.0, 0.55, 0.6), Partial(FUNDAMENTAL_HZ * 3.0, 0.22, 0.74)),
        ),
        Tones(
            name="bowl/high", count=37,
            partials=(Partial(FUNDAMENTAL_HZ * 5.18, 1.0, 0.83, 0.6), Partial(FUNDAMENTAL_HZ * 8.2, 0.25, 1.1)),
        ),
        Noise(
            name="bowl/air", life=0.1, shared=0.1,
            drawing=((120, -26), (300, -4), (600, 0), (1200, -5), (2800, -16), (7000, -38)),
        ),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Let each group of partials come forward by turns."""
        seconds, seed = control.seconds, control.seed
        return stacked(
            -1.5 + 1.5 * drift(seconds, (11.3, 19.7, 31.0), seed, "low") + led(control, -3.0),
            -6.0 + 2.2 * drift(seconds, (8.9, 14.3, 26.3), seed, "middle") + led(control, 2.0),
            -15.5 + 3.0 * drift(seconds, (7.1, 12.7, 22.1), seed, "high") + led(control, 5.0),
            -13.0 + 1.5 * drift(seconds, (13.7, 23.3), seed, "air") + led(control, 2.0),
        )
