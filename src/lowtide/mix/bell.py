"""A strike's time in, a struck singing bowl out: its samples in any cell, and its energy in any 100 ms.

Called by `mixer` and `balance`. Law: closed form. A strike is a sum of decaying partials, each a beating pair, known at
every sample without the one before; it starts at exactly zero, rises over a few milliseconds and rings out to zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.curve import Seconds, ease
from lowtide.mix.grain import CELL, Stereo
from lowtide.mix.noise import k_power, turning
from lowtide.mix.seeded import uniform
from lowtide.model.loudness import mean_square
from lowtide.model.speech import ENERGY_BLOCK_MS
from lowtide.model.time import SAMPLE_RATE_HZ

BELL_LUFS = -21.0
"""The first 400 ms of a strike, before the overall gain: 6 under the voice, so that it calls and does not startle."""
RING_S = 30.0
"""After this the slowest partial is 65 dB down, and fades to nothing."""
_FADE_S = 4.0
ATTACK_S = 0.006
"""A felt mallet: no click."""
_SPEAKS_S = 0.4
STEP_S = ENERGY_BLOCK_MS / 1000
LOWEST_HZ = 196.0

MODES = (
    (1.0, 1.0, 27.0, 0.62), (2.71, 0.62, 15.0, 1.05), (5.18, 0.30, 8.5, 1.9), (8.16, 0.13, 4.2, 2.7),
    (11.7, 0.06, 2.2, 3.4), (0.52, 0.12, 0.35, 0.0),
)  # fmt: skip
"""(frequency beside the fundamental, level, seconds until 60 dB down, beat in Hz). A house choice: bending modes
that grow faster than harmonics, each a pair that beats, as in a real bowl (Inácio, Henrique and Antunes 2006, Acta
Acustica 92:637). The last is the thump of the mallet."""
TWIN = 0.55
"""Level of the second of each pair: the beat is deep, and never quite empty."""
_E_FOLDS_IN_60_DB = math.log(1000)


@dataclass(frozen=True)
class Bell:
    """One bowl, which the seed tunes within a semitone; every strike of a session is the same bowl."""

    seed: int

    @cached_property
    def hz(self) -> float:
        """The fundamental."""
        return LOWEST_HZ * 2 ** (float(uniform(1, self.seed, "bell")[0]) / 12)

    @cached_property
    def _weights(self) -> list[float]:
        return [float(weight) for weight in k_power(np.array([self.hz * ratio for ratio, *_ in MODES]))]

    @cached_property
    def _scale(self) -> float:
        # A pair's power is a²(1 + twin²)e^(−2t/d): left and right beat by turns, so that their sum does not.
        energy = 0.0
        for (_, level, fades_s, _), weight in zip(MODES, self._weights, strict=True):
            decay = fades_s / _E_FOLDS_IN_60_DB
            energy += weight * level**2 * (1 + TWIN**2) * decay / 2 * (1 - math.exp(-2 * _SPEAKS_S / decay))
        return math.sqrt(mean_square(BELL_LUFS) * _SPEAKS_S / energy)

    def energies(self, strikes_s: Sequence[float], steps: int) -> NDArray[np.float64]:
        """Give the K-weighted mean square of all strikes together in each 100 ms, both channels together.

        It is one bowl: what still rings and what is struck anew have the same pitch, and add up or cancel by their
        phases. So each partial is summed as a pointer before its power is taken.
        """
        energies = np.zeros(steps)
        for (ratio, level, fades_s, beat_hz), weight in zip(MODES, self._weights, strict=True):
            decay = fades_s / _E_FOLDS_IN_60_DB
            uneven = math.sinh(STEP_S / decay) / (STEP_S / decay)  # the mean of a decay beside its middle
            for hz, part in ((self.hz * ratio, 1.0), (self.hz * ratio + beat_hz, TWIN)):
                pointer = np.zeros(steps, dtype=np.complex128)
                for strike_s in strikes_s:
                    first, rung = _rung(strike_s, steps, decay)
                    pointer[first : first + len(rung)] += rung * np.exp(-2j * np.pi * ((hz * strike_s) % 1.0))
                energies += weight * (self._scale * level * part) ** 2 * uneven * np.square(np.abs(pointer))
        return energies

    def crests(self) -> NDArray[np.float64]:
        """Bound the samples of a strike in each 100 ms: all partials at once, at their tops."""
        starts = np.arange(0.0, RING_S, STEP_S)
        fades = [level * np.exp(-starts * _E_FOLDS_IN_60_DB / fades_s) for _, level, fades_s, _ in MODES]
        crests: NDArray[np.float64] = self._scale * (1 + TWIN) * np.sum(fades, axis=0)
        return crests

    def sound(self, start: int) -> Stereo:
        """Give one cell of a strike, from `start` frames after it began; frames before it are silent."""
        first = max(0, start)
        total = np.zeros(CELL, dtype=np.complex64)
        phases = uniform(2 * len(MODES), self.seed, "bell", "phase")
        for (ratio, level, fades_s, beat_hz), phase, twin in zip(MODES, phases[::2], phases[1::2], strict=True):
            decay, hz = fades_s / _E_FOLDS_IN_60_DB, self.hz * ratio
            if first / SAMPLE_RATE_HZ > 1.7 * fades_s:
                continue  # over 100 dB down
            total += turning(hz, first, phase, decay) * np.float32(self._scale * level)
            total += turning(hz + beat_hz, first, twin, decay).conj() * np.float32(self._scale * level * TWIN)
        time = (first + np.arange(CELL)) / SAMPLE_RATE_HZ
        if time[0] < ATTACK_S:
            total *= ease(time / ATTACK_S).astype(np.float32)
        if time[-1] > RING_S - _FADE_S:
            total *= _ring_out(time).astype(np.float32)
        return _later(total, first - start).view(np.float32)


def _rung(strike_s: float, steps: int, decay_s: float) -> tuple[int, NDArray[np.float64]]:
    # The amplitude of a decay in the middle of each 100 ms from the strike on; the first one is rung in part.
    first = int(strike_s / STEP_S)
    since = (np.arange(first, min(steps, first + round(RING_S / STEP_S) + 1)) + 0.5) * STEP_S - strike_s
    share = np.clip(since / STEP_S + 0.5, 0.0, 1.0)
    since = np.maximum(since, since / 2 + STEP_S / 4)
    return first, np.exp(-since / decay_s) * np.sqrt(share) * _ring_out(since)


def _ring_out(time_s: Seconds) -> NDArray[np.float32]:
    return 1 - ease((time_s - (RING_S - _FADE_S)) / _FADE_S)


def _later(sound: NDArray[np.complex64], frames: int) -> NDArray[np.complex64]:
    if not frames:
        return sound
    moved = np.zeros_like(sound)
    moved[frames:] = sound[: max(0, CELL - frames)]
    return moved
