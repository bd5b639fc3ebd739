"""Sounds for tests: made by place, as a mixer makes them, and read back as a listener's player would."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lowtide.deliver.grid import Render

RATE = 48_000
Sound = NDArray[np.float32]


def of(sound: Sound) -> Render:
    """A renderer of this sound that refuses to be asked for what lies outside it."""

    def render(start: int, count: int) -> Sound:
        assert start >= 0, start
        assert start + count <= len(sound), (start, count, len(sound))
        return sound[start : start + count]

    return render


def noise(samples: int, seed: int = 0) -> Sound:
    """Noise that falls with frequency, as surf does; different in each ear."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(rng.standard_normal((samples, 2)), axis=0)
    spectrum /= np.maximum(np.arange(len(spectrum)), 1)[:, None] ** 0.5
    sound = np.fft.irfft(spectrum, samples, axis=0)
    return np.asarray(sound / max(np.abs(sound).max(), 1e-9) * 0.5, dtype=np.float32)


def sweep(samples: int) -> Sound:
    """A tone that rises an octave in five seconds, from 60 Hz."""
    seconds = np.arange(samples) / RATE
    tone = 0.4 * np.sin(2 * np.pi * 60 * (2 ** (seconds / 5) - 1) * 5 / np.log(2))
    return np.asarray(np.stack([tone, tone], axis=1), dtype=np.float32)


def tone(samples: int, hz: float = 220.0) -> Sound:
    """A steady tone, softer on the right."""
    wave = 0.3 * np.sin(2 * np.pi * hz * np.arange(samples) / RATE)
    return np.asarray(np.stack([wave, 0.5 * wave], axis=1), dtype=np.float32)


def opened(file: bytes, **options: Any) -> Any:
    """Open a file's bytes as a player does."""
    import av

    return av.open(io.BytesIO(file), **options)


def decoded(file: bytes) -> Sound:
    """Decode a file's sound, float32 (count, 2)."""
    pieces = []
    with opened(file) as container:
        for frame in container.decode(audio=0):
            array = frame.to_ndarray()
            array = array.T if frame.format.is_planar else array.reshape(-1, 2)
            pieces.append(array / 32_768 if array.dtype.kind == "i" else array)
    return np.concatenate(pieces).astype(np.float32) if pieces else np.zeros((0, 2), dtype=np.float32)
