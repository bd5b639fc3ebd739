"""No soundscape: silence, and while breath is paced a soft breathing that leads it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.breath import Control, pacing
from lowtide.mix.noise import Noise
from lowtide.mix.scapes.base import Levels, Scape, stacked
from lowtide.model.movement import Position
from lowtide.model.timeline import Event, Happening, Timeline

_SILENT_DB = -200.0
"""Silence, within what a float can hold."""
_DEPTH_DB = 22.0
"""From nothing to the top of a breath, in dB; below it, the sound sinks into silence altogether."""
SURVEY_BREATH_MS = (4_000, 6_000)
"""The breath over which the guide is levelled: six a minute."""


class Hush(Scape):
    """Air drawn in through the nose, and let go through the mouth."""

    layers = (
        Noise(
            name="hush/in", life=0.1, shared=0.35,
            drawing=((250, -40), (600, -14), (1200, -3), (2000, 0), (3200, -4), (5500, -14), (9000, -32)),
        ),
        Noise(
            name="hush/out", life=0.1, shared=0.35,
            drawing=((70, -34), (160, -8), (320, 0), (650, -3), (1100, -10), (2200, -22), (5000, -44)),
        ),
    )  # fmt: skip

    def levels(self, control: Control) -> Levels:
        """Follow the breath and nothing else."""
        return stacked(_breathed(control, control.rising), _breathed(control, 1 - control.rising))

    def survey(self, seed: int) -> Control:
        """Level it over one breath."""
        return pacing(_ONE_BREATH).at(np.arange(0.0, sum(SURVEY_BREATH_MS) / 1000, 0.05), seed)


def _breathed(control: Control, share: NDArray[np.float32]) -> NDArray[np.float32]:
    amount = control.paced * share
    depth = _DEPTH_DB * (control.breath - 1)
    fade = np.minimum(1.0, control.breath * 8)
    level = depth + 10 * np.log10(np.maximum(amount * fade**2, 1e-18))  # two noises cross over by their powers
    heard: NDArray[np.float32] = np.maximum(level, np.float32(_SILENT_DB))
    return heard


_ONE_BREATH = Timeline(
    duration_ms=sum(SURVEY_BREATH_MS), seed=0, title="", technique="", language="en", position=Position.LYING,
    settle_ms=0, close_ms=0,
    events=(
        Event(
            kind=Happening.BREATHE, at_ms=0, for_ms=sum(SURVEY_BREATH_MS),
            in_ms=SURVEY_BREATH_MS[0], out_ms=SURVEY_BREATH_MS[1],
        ),
    ),
)  # fmt: skip
