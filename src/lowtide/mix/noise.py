"""A spectrum drawn as a few points in, shaped noise and tones out: the layers that soundscapes are made of.

Called by the files in `scapes`. Laws: every layer has a K-weighted mean square of exactly 1 over its grains, both
channels together, so that a gain *is* a loudness; and no sample passes the layer's crest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.grain import CELL, GRAIN, OVERLAP, ROW, ROWS, Stereo
from lowtide.mix.seeded import uniform, words
from lowtide.model.loudness import HIGH_PASS, SHELF
from lowtide.model.time import SAMPLE_RATE_HZ

Drawing = tuple[tuple[float, float], ...]
"""A spectrum as (Hz, dB) points, joined by straight lines on a logarithmic frequency scale."""

NOISE_CREST = 4.2
"""Noise is cut at this many times its rms: about one sample in 40,000, far too little to be heard."""
_QUIET_DB = -100.0
_EDGE_DB = 30.0
"""Beyond its ends a drawing falls off by this much an octave, so that it has no edge."""
_BINS = GRAIN // 2 + 1
_PHASES = np.exp(2j * np.pi * np.arange(256) / 256).astype(np.complex64)


def k_power(hz: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Give how much the K-weighting multiplies the power at some frequencies (ITU-R BS.1770-5, annex 1).

    >>> (10 * np.log10(k_power(np.array([60.0, 997.0, 8000.0])))).round(1).tolist()
    [-2.9, 0.7, 4.0]
    """
    turn = np.exp(-2j * np.pi * hz / SAMPLE_RATE_HZ)
    response = np.ones(len(hz), dtype=np.complex128)
    for (b0, b1, b2), (a1, a2) in (SHELF, HIGH_PASS):
        response *= (b0 + b1 * turn + b2 * turn**2) / (1 + a1 * turn + a2 * turn**2)
    weight: NDArray[np.float64] = response.real**2 + response.imag**2
    return weight


@cache
def _bin_weights() -> NDArray[np.float64]:
    return k_power(np.fft.rfftfreq(GRAIN, 1 / SAMPLE_RATE_HZ))


@lru_cache(maxsize=64)
def _shape(drawing: Drawing) -> tuple[NDArray[np.float32], float]:
    # The amplitude of each bin for half a K-weighted mean square in each channel, and the plain rms that this has.
    hz, db = zip(*drawing, strict=True)
    bins = np.fft.rfftfreq(GRAIN, 1 / SAMPLE_RATE_HZ)[1:]
    octave, level = np.log2(hz), np.array(db)
    octave = np.concatenate([[octave[0] - 2], octave, [octave[-1] + 1]])
    level = np.concatenate([[level[0] - 2 * _EDGE_DB], level, [level[-1] - _EDGE_DB]])
    drawn = np.interp(np.log2(bins), octave, level)
    power = np.concatenate([[0.0], 10 ** (np.maximum(drawn, _QUIET_DB) / 10)])
    power[-1] = 0.0
    power *= 0.5 / (2 / GRAIN**2 * float(power @ _bin_weights()))
    return np.sqrt(power).astype(np.float32), math.sqrt(2 / GRAIN**2 * float(power.sum()))


@cache
def _window() -> NDArray[np.float32]:
    # Sine edges: a grain's tail and the next one's head add up to constant power.
    edge = np.sin(np.pi / 2 * (np.arange(OVERLAP) + 0.5) / OVERLAP)
    return np.concatenate([edge, np.ones(CELL - OVERLAP), edge[::-1]]).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """A layer of steady noise with a drawn spectrum."""

    name: str
    drawing: Drawing
    shared: float = 0.15
    """0–1: how much of the right channel is the left one's. Two ears by water hear a little of the same."""
    life: float = 0.0
    """0–1: how much the noise flutters, 2 to 28 times a second, as foam and flames do; each ear by itself."""
    count: int = 48

    @property
    def shuffled(self) -> bool:
        """Noise has no order."""
        return True

    @property
    def crest(self) -> float:
        """Cut at a multiple of its rms."""
        return NOISE_CREST * self.rms

    @property
    def rms(self) -> float:
        """The plain rms of each channel at a K-weighted mean square of 1."""
        return _shape(self.drawing)[1]

    def grain(self, seed: int, index: int) -> Stereo:
        """Give every bin its drawn amplitude and a random phase, and transform: steady to the last decibel."""
        shape, rms = _shape(self.drawing)
        chance = words(-(-2 * _BINS // 8), seed, self.name, index).view(np.uint8)[: 2 * _BINS]
        bins = _PHASES.take(chance).reshape(2, _BINS) * shape
        bins[1] *= np.float32(math.sqrt(1 - self.shared**2))
        bins[1] += np.float32(self.shared) * bins[0]
        sound = np.fft.irfft(bins, GRAIN).astype(np.float32, copy=False)
        if self.life:
            sound *= _flutter(self.life, seed, self.name, index)
        np.clip(sound, -NOISE_CREST * rms, NOISE_CREST * rms, out=sound)
        sound *= _window()
        return np.ascontiguousarray(sound.T).reshape(-1)


def _flutter(depth: float, seed: int, name: str, index: int) -> NDArray[np.float32]:
    # A fluctuation that goes a whole number of times into a grain, with a mean square of 1.
    chance = uniform(16, seed, name, "flutter", index).reshape(2, 4, 2)
    steps = np.arange(GRAIN, dtype=np.float32) / np.float32(GRAIN)
    flutter = np.ones((2, GRAIN), dtype=np.float32)
    weight = depth / 2
    for channel in range(2):
        for wave, (speed, phase) in enumerate(chance[channel]):
            cycles = 3 * wave + 1 + int(3 * speed)
            flutter[channel] += np.float32(weight) * np.sin(
                np.float32(2 * np.pi) * (cycles * steps + np.float32(phase))
            )
    return flutter / np.float32(math.sqrt(1 + 4 * weight**2 / 2))


@dataclass(frozen=True, slots=True)
class Partial:
    """One tone of a bowl, of two that lie close together and beat."""

    hz: float
    level: float
    beat_hz: float
    """How far its twin lies above it; left and right beat by turns, so that the tone seems to circle."""
    twin: float = 0.5
    """The twin's amplitude beside the partial's 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """A layer of steady partials. They are tuned by less than 0.1 Hz so that a round of cells closes without a seam."""

    name: str
    partials: tuple[Partial, ...]
    count: int = 32

    @property
    def shuffled(self) -> bool:
        """Tones go round in order."""
        return False

    @property
    def crest(self) -> float:
        """All partials at their tops at once."""
        return sum(tone.level * (1 + tone.twin) for tone in self.partials) * self._scale()

    @property
    def rms(self) -> float:
        """The plain rms of each channel at a K-weighted mean square of 1."""
        return self._scale() * math.sqrt(sum(tone.level**2 * (1 + tone.twin**2) / 2 for tone in self.partials))

    def _scale(self) -> float:
        weights = k_power(np.array([tone.hz for tone in self.partials]))
        powers = np.array([tone.level**2 * (1 + tone.twin**2) for tone in self.partials])
        return 1 / math.sqrt(float(weights @ powers))

    def _tuned(self, hz: float) -> float:
        loop = self.count * CELL / SAMPLE_RATE_HZ
        return round(hz * loop) / loop

    def grain(self, seed: int, index: int) -> Stereo:
        """Sum the partials over one cell of the round, each at its own phase."""
        phases = uniform(2 * len(self.partials), seed, self.name, "phase")
        total = np.zeros(CELL, dtype=np.complex64)
        for tone, phase, twin_phase in zip(self.partials, phases[::2], phases[1::2], strict=True):
            level = tone.level * self._scale()
            low, high = self._tuned(tone.hz), self._tuned(tone.hz + tone.beat_hz)
            total += turning(low, index * CELL, phase) * np.float32(level)
            total += turning(high, index * CELL, twin_phase).conj() * np.float32(level * tone.twin)
        return total.view(np.float32)


def turning(hz: float, start: int, phase: float = 0.0, decay_s: float = math.inf) -> NDArray[np.complex64]:
    """Give one cell of a turning pointer exp(2πi(ft + phase) − t/decay), from frame `start`; closed form.

    Its real and imaginary parts are the left and the right channel, a quarter turn apart. The cell is an outer product
    of 128 coarse and 128 fine steps: two small exponentials instead of 16,384.
    """
    cycles = hz * (start + ROW * np.arange(ROWS)) / SAMPLE_RATE_HZ + phase
    coarse = np.exp(2j * np.pi * (cycles % 1.0))
    fine = np.exp(2j * np.pi * hz / SAMPLE_RATE_HZ * np.arange(ROW))
    if decay_s < math.inf:
        coarse *= np.exp(-(start + ROW * np.arange(ROWS)) / (SAMPLE_RATE_HZ * decay_s))
        fine *= np.exp(-np.arange(ROW) / (SAMPLE_RATE_HZ * decay_s))
    cell: NDArray[np.complex64] = np.multiply.outer(coarse.astype(np.complex64), fine.astype(np.complex64))
    return cell.reshape(-1)
