"""What every soundscape is: a few layers of sound, and a gain for each layer at any time. The how-to for a new one.

**To add a soundscape**: add its name to `model.audio.Soundscape`, write one file here with a subclass of `Scape`, and
enter it in `SCAPES` in `scapes/__init__.py`. The contract battery in tests/contract finds it there and tries it.

1. Choose two to four `layers`. `Noise` is a spectrum drawn as (Hz, dB) points; `Plucks` are drops and crackles; `Tones`
   are partials of a bowl. Each has a K-weighted loudness of its own of 0 dB, so gains are loudnesses.
2. Write `levels(control)`: for each layer its level in dB at each point of time, as a closed form of `control.seconds`
   and `control.seed` (`drift`, `spread` and `swells` wander without repeating). No memory, no chance of another kind.
3. Let the breath lead where `control.paced` is 1: `led(control, tilt_db)` is the usual way. A positive tilt is louder
   on the in-breath, a negative one on the out-breath: give bright layers the one and dark layers the other, so that in
   and out can be told apart with eyes closed.
4. Keep it warm and even: it is heard for hours by people in pain. Nothing startles; what is bright is soft.

The whole is levelled here, so that every soundscape is as loud as every other one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.breath import UNPACED, Control
from lowtide.mix.curve import Curve, Seconds
from lowtide.mix.grain import Layer
from lowtide.mix.seeded import spread

Levels = NDArray[np.float32]
"""Levels in dB, or gains, of shape (layers, points)."""

BREATH_LOW_DB = -9.5
"""Where a breath begins and ends, beside the soundscape's own level."""
BREATH_HIGH_DB = 3.0
"""The top of the in-breath. The mean power of a breath between the two is about the soundscape's own."""
SURVEY_S = 1_500.0
"""How long the survey is over which a soundscape is levelled."""
SURVEY_STEP_S = 1.0
_DB = np.float32(np.log(10) / 20)


class Scape(ABC):
    """A soundscape. Stateless: one object serves every session."""

    layers: Sequence[Layer]

    @abstractmethod
    def levels(self, control: Control) -> Levels:
        """Say how loud each layer is in dB, at each point of time."""

    def survey(self, seed: int) -> Control:
        """Choose the stretch over which the mean power is made 1: by default, left to itself for a long time."""
        return UNPACED.at(np.arange(0.0, SURVEY_S, SURVEY_STEP_S), seed)

    def gains(self, control: Control) -> Levels:
        """Give the layers' gains; their squares add up to a mean K-weighted square of 1, both channels together."""
        gains: Levels = np.exp(self.levels(control) * _DB) * np.float32(_evenness(self, control.seed))
        return gains

    def forecast(self, control: Control) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Foretell the K-weighted mean square, and a bound of the samples, at each point of time.

        Layers do not resemble each other, so their powers add up, and so do the powers of their crests.
        """
        powers = np.square(self.gains(control))
        crests = np.array([layer.crest**2 for layer in self.layers], dtype=np.float32)
        return powers.sum(axis=0), np.sqrt(crests @ powers)


@lru_cache(maxsize=64)
def _evenness(scape: Scape, seed: int) -> float:
    power = np.square(np.exp(scape.levels(scape.survey(seed)) * _DB)).sum(axis=0).mean()
    return float(1 / np.sqrt(power)) if power > 0 else 0.0


def led(control: Control, tilt_db: float) -> NDArray[np.float32]:
    """Give the level in dB that the breath asks of a layer; 0 where no breath is led.

    `tilt_db` is added while breathing in and taken away while breathing out.
    """
    reach = np.float32(BREATH_HIGH_DB - BREATH_LOW_DB)
    level = np.float32(BREATH_LOW_DB) + reach * control.breath + np.float32(tilt_db) * (2 * control.rising - 1)
    led_db: NDArray[np.float32] = control.paced * level
    return led_db


def swells(
    seconds: Seconds, period_s: float, seed: int, name: str, *, wander: float = 0.16, crest_at: float = 0.42
) -> NDArray[np.float32]:
    """Let swells come and go between 0 and 1, about `period_s` apart, no two alike.

    Each rises over `crest_at` of its length and falls over the rest. Lengths vary by 2 × `wander`, heights by a
    quarter; both are spread evenly, so that a minute of it has the power of any other.
    """
    first, last = int(np.floor(seconds[0] / period_s)) - 2, int(np.ceil(seconds[-1] / period_s)) + 3
    index = np.arange(first, last, dtype=np.int64)
    trough = period_s * (index + wander * (2 * spread(index, seed, name, "trough") - 1))
    crest = trough[:-1] + np.diff(trough) * (crest_at + 0.08 * (2 * spread(index[:-1], seed, name, "crest") - 1))
    at, value = np.empty(2 * len(crest)), np.empty(2 * len(crest))
    at[::2], at[1::2] = trough[:-1], crest
    value[::2] = 0.10 * spread(index[:-1], seed, name, "low")
    value[1::2] = 0.76 + 0.24 * spread(index[:-1], seed, name, "high")
    return Curve(at, value)(seconds).astype(np.float32)


def stacked(*levels: NDArray[np.float32] | float) -> Levels:
    """Stack layers' levels; a plain number is a level that never changes."""
    points = next(len(level) for level in levels if not isinstance(level, float))
    rows = [np.full(points, level, dtype=np.float32) if isinstance(level, float) else level for level in levels]
    return np.stack(rows).astype(np.float32, copy=False)
