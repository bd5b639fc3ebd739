"""Samples in, loudness out: the meter of ITU-R BS.1770-5 at 48 kHz, the one that every stage measures with.

Called by `speak` (each clip's level and energies), by `mix` (the balance) and by tests. Law: K-weighted energies of
sounds that do not resemble each other add up, so the loudness of a mix is known from the energies of its parts.
The only file of `model` that imports numpy; import it where samples are, not where a command starts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lowtide.model.speech import ENERGY_BLOCK_MS
from lowtide.model.time import SAMPLES_PER_MS

SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585))
"""The head's shelf, (b0, b1, b2) and (a1, a2) at 48 kHz. ITU-R BS.1770-5, annex 1, table 1."""
HIGH_PASS = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
"""The RLB high pass at 48 kHz. ITU-R BS.1770-5, annex 1, table 2."""
OFFSET_DB = -0.691
"""Makes a full-scale 997 Hz sine in one channel read −3.01 LUFS. ITU-R BS.1770-5, annex 1, formula 2."""
ABSOLUTE_GATE_LUFS = -70.0
"""Blocks that are quieter do not count. ITU-R BS.1770-5, annex 1."""
RELATIVE_GATE_DB = -10.0
"""Blocks that are this far under the mean of the others do not count. ITU-R BS.1770-5, annex 1."""
STEPS_PER_GATE = 4
"""A gating block of 400 ms is four steps of 100 ms: 75 % overlap. ITU-R BS.1770-5, annex 1."""
STEP_SAMPLES = ENERGY_BLOCK_MS * SAMPLES_PER_MS

TAPS = 4096
"""The filters as one impulse response, cut where it is 150 dB down (their slowest pole has radius 0.995)."""
_FFT = 32768
"""Samples per transform: fits the second-level cache, and an eighth of it is lost to the overlap."""

OVERSAMPLING = 4
"""A peak between two samples is looked for at four times the rate. ITU-R BS.1770-5, annex 2."""
_PEAK_REACH = 24
"""Samples on either side that the interpolation between two samples looks at; the filter in annex 2 looks at 6."""


@cache
def impulse() -> NDArray[np.float64]:
    """Give the K-weighting filter as `TAPS` samples of impulse response (a fresh recursion, then cached)."""
    sound = [1.0] + [0.0] * (TAPS - 1)
    for (b0, b1, b2), (a1, a2) in (SHELF, HIGH_PASS):
        out, s1, s2 = [], 0.0, 0.0
        for x in sound:
            y = b0 * x + s1
            s1, s2 = b1 * x - a1 * y + s2, b2 * x - a2 * y
            out.append(y)
        sound = out
    kernel = np.array(sound)
    kernel.setflags(write=False)
    return kernel


@cache
def _spectrum() -> NDArray[np.complex64]:
    spectrum: NDArray[np.complex64] = np.fft.rfft(impulse(), _FFT).astype(np.complex64)
    return spectrum


def _stretches(samples: ArrayLike) -> Iterator[NDArray[np.float32]]:
    # Overlap-save: each transform sees the last TAPS - 1 samples of the one before. Yields (frames, channels) in order.
    sound = np.asarray(samples, dtype=np.float32)
    sound = sound[:, None] if sound.ndim == 1 else sound
    hop = _FFT - (TAPS - 1)
    block = np.zeros((sound.shape[1], _FFT), dtype=np.float32)
    for start in range(0, len(sound), hop):
        stretch = sound[start : start + hop].T
        end = TAPS - 1 + stretch.shape[1]
        block[:, : TAPS - 1] = block[:, hop:]
        block[:, TAPS - 1 : end] = stretch
        block[:, end:] = 0.0
        weighted = np.fft.irfft(np.fft.rfft(block) * _spectrum(), _FFT)
        yield weighted[:, TAPS - 1 : end].astype(np.float32, copy=False).T


def k_weighted(samples: ArrayLike) -> NDArray[np.float32]:
    """Filter sound of shape (frames,) or (frames, channels) at 48 kHz as the ear weighs it; silence came before it."""
    sound = np.asarray(samples, dtype=np.float32)
    if not len(sound):
        return sound.copy()
    return np.concatenate(list(_stretches(sound))).reshape(sound.shape)


def block_energies(samples: ArrayLike) -> NDArray[np.float64]:
    """Give the mean square of the K-weighted sound in each 100 ms, channels added, the last one padded with silence.

    Takes (frames,) or (frames, channels); front channels weigh 1 each. Needs the same memory for any length.
    """
    sound = np.asarray(samples, dtype=np.float32)
    steps = -(-len(sound) // STEP_SAMPLES)
    energies = np.zeros(steps + 1)
    at = 0
    for stretch in _stretches(sound):
        squares = np.square(stretch, dtype=np.float64).sum(axis=1)
        first, inside = divmod(at, STEP_SAMPLES)
        starts = np.arange(-inside, len(squares), STEP_SAMPLES).clip(min=0)
        energies[first : first + len(starts)] += np.add.reduceat(squares, starts)
        at += len(squares)
    return energies[:steps] / STEP_SAMPLES


def lufs(mean_square: float) -> float:
    """Say a K-weighted mean square (channels added) as a loudness; −inf for silence.

    >>> round(lufs(mean_square(-18.0)), 6)
    -18.0
    """
    return OFFSET_DB + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def mean_square(loudness_lufs: float) -> float:
    """Give the K-weighted mean square (channels added) of a loudness: the inverse of `lufs`."""
    return math.pow(10, (loudness_lufs - OFFSET_DB) / 10)


def gated_lufs(energies: ArrayLike) -> float:
    """Measure the integrated loudness of 100 ms energies, gated twice (BS.1770-5); −inf where nothing is heard.

    Sounds under 400 ms, for which the standard has no block, are measured whole.
    """
    steps = np.asarray(energies, dtype=np.float64)
    if not len(steps):
        return -math.inf
    size = min(STEPS_PER_GATE, len(steps))
    blocks = np.convolve(steps, np.ones(size), mode="valid") / size
    heard = blocks[blocks > mean_square(ABSOLUTE_GATE_LUFS)]
    if not len(heard):
        return -math.inf
    heard = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE_DB / 10)]
    return lufs(float(heard.mean()))


def integrated_lufs(samples: ArrayLike) -> float:
    """Measure the integrated loudness of (frames,) or (frames, channels); an unfinished 100 ms is left out."""
    sound = np.asarray(samples, dtype=np.float32)
    whole = len(sound) // STEP_SAMPLES
    energies = block_energies(sound)
    if whole >= STEPS_PER_GATE:
        return gated_lufs(energies[:whole])
    if not len(sound):
        return -math.inf
    return gated_lufs([float(energies.sum()) * STEP_SAMPLES / len(sound)])


@cache
def _between() -> NDArray[np.float32]:
    # Windowed-sinc interpolators for the three points between two samples, as rows.
    reach = np.arange(-_PEAK_REACH + 1, _PEAK_REACH + 1)
    rows = []
    for step in range(1, OVERSAMPLING):
        offset = reach - step / OVERSAMPLING
        rows.append(np.sinc(offset) * np.cos(np.pi * offset / (2 * _PEAK_REACH)) ** 2)
    return np.array(rows, dtype=np.float32)


def true_peak_db(samples: ArrayLike) -> float:
    """Measure how high the sound reaches between samples too, in dBTP (BS.1770-5, annex 2); −inf for silence."""
    sound = np.asarray(samples, dtype=np.float32)
    peak = float(np.abs(sound).max(initial=0.0))
    for channel in sound[:, None].T if sound.ndim == 1 else sound.T:
        for row in _between():
            if len(channel):
                peak = max(peak, float(np.abs(np.convolve(channel, row)).max()))
    return 20 * math.log10(peak) if peak > 0 else -math.inf
