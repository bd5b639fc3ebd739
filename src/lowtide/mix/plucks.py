"""Short ringing sounds in, layers of drops, bubbles and crackles out.

Called by `scapes.rain`, `scapes.stream` and `scapes.fire`. Law: as for every layer, its K-weighted mean square is 1
over its grains: the energy of every single pluck is known in closed form, so the bank is levelled before any is made.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.grain import CELL, GRAIN, OVERLAP, Stereo
from lowtide.mix.noise import k_power
from lowtide.mix.seeded import uniform
from lowtide.model.time import SAMPLE_RATE_HZ

_EARS = 29
"""Frames that sound takes from one ear to the other, at most: 0.6 ms. It tells where a drop falls."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strikes:
    """Plucks of one grain, an array for each property."""

    at: Floats
    """0–1: when in the cell."""
    hz: Floats
    rise: Floats
    """By how much of itself the pitch rises within one decay: bubbles glide upwards as they shrink."""
    decay_s: Floats
    attack_s: Floats
    level: Floats
    pan: Floats
    """0 left to 1 right."""


def between(share: Floats, low: float, high: float) -> Floats:
    """Stretch 0–1 to low–high, evenly on a logarithmic scale.

    >>> between(np.array([0.0, 0.5, 1.0]), 1.0, 100.0).round(6).tolist()
    [1.0, 10.0, 100.0]
    """
    stretched: Floats = low * (high / low) ** share
    return stretched


@dataclass(frozen=True, slots=True, kw_only=True)
class Plucks:
    """A layer of short sounds, scattered anew in each grain."""

    name: str
    draw: Callable[[Floats], Strikes]
    """Turns uniform numbers of shape (8, strikes) into strikes."""
    strikes: int
    """How many there are in a grain at most; a draw may give some of them no level."""
    loudest: float
    """Samples are held under this, beside a mean square of 1 in both channels together: nothing startles."""
    kept: float
    """0–1: the power that is left when the loudest have been held down; measured, and held by a test for any seed."""
    count: int = 48

    @property
    def shuffled(self) -> bool:
        """Drops have no order."""
        return True

    @property
    def crest(self) -> float:
        """Where the loudest stays under."""
        return self.loudest / math.sqrt(self.kept)

    @property
    def rms(self) -> float:
        """About the plain rms of each channel: K-weighting moves plucks by no more than their shelf."""
        return math.sqrt(0.5)

    def _strikes(self, seed: int, index: int) -> Strikes:
        return self.draw(uniform(8 * self.strikes, seed, self.name, index).reshape(8, self.strikes))

    def grain(self, seed: int, index: int) -> Stereo:
        """Ring every strike of one grain; each dies away within the overlap."""
        strikes = self._strikes(seed, index)
        rings = _rings(strikes) * np.float32(_scale(self, seed))
        at = (strikes.at * (CELL - _EARS)).astype(int)
        sound = np.zeros((2, GRAIN), dtype=np.float32)
        for channel, nearness in zip(sound, (1 - strikes.pan, strikes.pan), strict=True):
            later = np.rint(_EARS * np.maximum(0.0, 1 - 2 * nearness)).astype(int)
            for ring, begin, side in zip(rings, at + later, np.sin(np.pi / 2 * nearness), strict=True):
                channel[begin : begin + OVERLAP] += ring * np.float32(side)
        np.multiply(np.tanh(sound / np.float32(self.loudest)), np.float32(self.crest), out=sound)
        return np.ascontiguousarray(sound.T).reshape(-1)


@lru_cache(maxsize=16)
def _scale(layer: Plucks, seed: int) -> float:
    energies = [_energy(layer._strikes(seed, index)) for index in range(layer.count)]
    return math.sqrt(layer.count * CELL / SAMPLE_RATE_HZ / sum(energies))


def _energy(strikes: Strikes) -> float:
    # The K-weighted energy of level · (e^(−t/a) − e^(−t/b)) · sin, summed over the strikes. Pans keep the power.
    slow = strikes.decay_s
    fast = 1 / (1 / slow + 1 / strikes.attack_s)
    rung = 0.5 * strikes.level**2 * (slow / 2 + fast / 2 - 2 / (1 / slow + 1 / fast))
    return float(rung @ k_power(strikes.hz * (1 + strikes.rise / 2)))


def _rings(strikes: Strikes) -> NDArray[np.float32]:
    time = (np.arange(OVERLAP) / SAMPLE_RATE_HZ).astype(np.float32)
    slow = strikes.decay_s[:, None].astype(np.float32)
    attack = strikes.attack_s[:, None].astype(np.float32)
    hz, rise = (values[:, None].astype(np.float32) for values in (strikes.hz, strikes.rise))
    turns = hz * time * (1 + rise * np.minimum(time / (2 * slow), np.float32(1.5)))
    rings = np.sin(np.float32(2 * np.pi) * turns) * np.exp(-time / slow) * (1 - np.exp(-time / attack))
    rings *= strikes.level[:, None].astype(np.float32)
    rings[:, -OVERLAP // 4 :] *= np.linspace(1, 0, OVERLAP // 4, dtype=np.float32) ** 2
    rung: NDArray[np.float32] = rings
    return rung
