"""Raw sound in, a clip out: checked, resampled, trimmed to the speech, levelled, faded, in whole milliseconds.

Called by `say` for every engine alike. Laws: every clip is mono at 48 kHz, as loud as every other (−18 LUFS), never
above −3 dBFS, and begins and ends in silence, so that nothing clicks. The same raw sound makes the same clip; when
anything here changes what is heard, `cache.CLIP_VERSION` counts up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lowtide.errors import EngineError
from lowtide.model.loudness import block_energies, gated_lufs, integrated_lufs
from lowtide.model.time import MS_PER_SECOND, SAMPLE_RATE_HZ, SAMPLES_PER_MS
from lowtide.speak.engine import Raw

VOICE_LUFS = -18.0
"""EVIDENCE, sound: voice −18 LUFS."""
HIGHEST_DB = -3.0
"""Room for the bowls and the soundscape above the voice, under the −1 dBTP of the whole (EVIDENCE, sound)."""

_GATE_DB = -38.0
"""Quieter than this under the loud parts is not speech: soft consonants are down to −35 dB, flite's rustle −60 dB."""
_HEARD_SHARE = 0.02
"""34 dB under the highest sample: where speech begins and ends, well enough to measure a pace."""
_GATE_STEP = 5 * SAMPLES_PER_MS
COMMA_MS = 500
"""The pause at a comma: engines leave 100–400 ms, which sounds hurried beside calm speech. Longer pauses also let the
words keep a more natural length at 90–110 words a minute; drawn-out words are understood worse (see `by.flite`)."""
_LEAST_PAUSE_STEPS = 16
"""80 ms: shorter silences are the closure of a p, t or k."""
_MARGIN_BEFORE_MS = 15
_MARGIN_AFTER_MS = 40
"""Kept around what the gate finds: a breath of onset, and the tail of an s or a nasal."""
_FADE_IN_MS = 8
_FADE_OUT_MS = 25
_LIMITER_STEP = 16
"""Samples; the limiter's curve is found in steps of a third of a millisecond and drawn through them."""
_LIMITER_REACH = 30
"""Steps on either side (10 ms) over which the limiter turns the voice down and up: slower than a glottal pulse."""
_LEVEL_ROUNDS = 4
"""Limiting makes the clip a little quieter, so level and limit are found together; 4 rounds leave under 0.1 LU."""
_MOST_GAIN_DB = 60.0
"""What would need more is noise, not speech."""

RATES_HZ = (8_000, 192_000)
"""The sample rates that speech can have: telephone to studio."""
SILENT_PEAK = 1e-4
"""A highest sample under −80 dBFS: a 16-bit engine that says nothing, dither and all."""
_SHORTEST_SHARE = 0.12
_LONGEST_SHARE = 6.0
_LEEWAY_MS = 3_000
"""Speech is between an eighth of the estimate and six times it, and 3 s of silence; anything else is not this text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A clip's sound with what is known of it."""

    samples: NDArray[np.int16]
    """Mono, 48 kHz; the energies and the peak are those of exactly these."""
    energies: tuple[float, ...]
    peak: float

    @property
    def length_ms(self) -> int:
        """Its length, exactly."""
        return len(self.samples) // SAMPLES_PER_MS


def check(raw: Raw, estimate_ms: int) -> NDArray[np.float32]:
    """Give the samples back when they can be speech of about that length; raises `EngineError` for rubbish."""
    samples = np.asarray(raw.samples)
    low, high = RATES_HZ
    if not low <= raw.rate_hz <= high:
        raise EngineError(f"The voice gave a sample rate of {raw.rate_hz} Hz.", permanent=True)
    if samples.ndim != 1 or not len(samples):
        raise EngineError("The voice gave no sound.", permanent=True)
    if not np.isfinite(samples).all():
        raise EngineError("The voice gave sound that is not a number.", permanent=True)
    if float(np.abs(samples).max()) < SILENT_PEAK:
        raise EngineError("The voice gave only silence.", permanent=True)
    length_ms = MS_PER_SECOND * len(samples) / raw.rate_hz
    if not _SHORTEST_SHARE * estimate_ms < length_ms < _LONGEST_SHARE * estimate_ms + _LEEWAY_MS:
        given, due = length_ms / MS_PER_SECOND, estimate_ms / MS_PER_SECOND
        raise EngineError(f"The voice gave {given:.1f} s of sound where about {due:.1f} s were due.", permanent=True)
    return samples.astype(np.float32, copy=False)


def shape(raw: Raw, estimate_ms: int, *, commas: int = 0) -> Shaped:
    """Make a clip of raw sound whose text has so many commas inside. Raises `EngineError` when it is not speech."""
    import soxr

    sound = check(raw, estimate_ms)
    if raw.rate_hz != SAMPLE_RATE_HZ:
        sound = np.asarray(soxr.resample(sound, raw.rate_hz, SAMPLE_RATE_HZ, quality="HQ"), dtype=np.float32)
    return _measured(fade(level(draw_out(trim(sound), commas))))


def _measured(sound: NDArray[np.float32]) -> Shaped:
    whole = np.zeros(-(-len(sound) // SAMPLES_PER_MS) * SAMPLES_PER_MS, dtype=np.float32)
    whole[: len(sound)] = sound
    stored = np.round(whole * 32767).astype(np.int16)
    heard = as_float(stored)
    return Shaped(
        samples=stored,
        energies=tuple(float(f"{energy:.6g}") for energy in block_energies(heard)),
        peak=float(np.abs(heard).max(initial=0.0)),
    )


def as_float(stored: NDArray[np.int16]) -> NDArray[np.float32]:
    """Give 16-bit samples as the float32 that everything downstream works with."""
    return stored.astype(np.float32) / np.float32(32768)


def trim(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the silence before and after the speech at 48 kHz, leaving a few milliseconds of margin."""
    heard = np.flatnonzero(_is_heard(sound))
    start = max(0, int(heard[0]) * _GATE_STEP - _MARGIN_BEFORE_MS * SAMPLES_PER_MS)
    end = min(len(sound), (int(heard[-1]) + 1) * _GATE_STEP + _MARGIN_AFTER_MS * SAMPLES_PER_MS)
    return sound[start:end]


def draw_out(sound: NDArray[np.float32], commas: int) -> NDArray[np.float32]:
    """Lengthen the pauses at so many commas to half a second: the longest silences inside the trimmed speech."""
    edges = np.flatnonzero(np.diff(_is_heard(sound).astype(np.int8), prepend=1, append=1)).reshape(-1, 2)
    inner = [(int(b - a), int(a + b) // 2 * _GATE_STEP) for a, b in edges if a > 0 and b * _GATE_STEP < len(sound)]
    pauses = sorted((found for found in inner if found[0] >= _LEAST_PAUSE_STEPS), reverse=True)[:commas]
    pieces, at = [], 0
    for steps, middle in sorted(pauses, key=lambda pause: pause[1]):
        more = COMMA_MS * SAMPLES_PER_MS - steps * _GATE_STEP
        if more > 0:
            pieces += [sound[at:middle], np.zeros(more, dtype=np.float32)]
            at = middle
    return np.concatenate([*pieces, sound[at:]])


def _is_heard(sound: NDArray[np.float32]) -> NDArray[np.bool_]:
    # one value for each 5 ms, the last one padded with silence
    padded = np.zeros(-(-len(sound) // _GATE_STEP) * _GATE_STEP, dtype=np.float64)
    padded[: len(sound)] = sound
    power = np.square(padded).reshape(-1, _GATE_STEP).mean(axis=1)
    loud = np.sort(power)[-max(1, len(power) // 10) :].mean()
    heard: NDArray[np.bool_] = power > loud * 10 ** (_GATE_DB / 10)
    return heard


def speech_ms(rate_hz: int, sound: NDArray[np.float32]) -> float:
    """Measure how long the speech in a sound of any rate is, without the silence around it."""
    heard = np.flatnonzero(np.abs(sound) > _HEARD_SHARE * float(np.abs(sound).max(initial=0.0)))
    return MS_PER_SECOND * float(heard[-1] - heard[0] + 1) / rate_hz if len(heard) else 0.0


def level(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring sound to −18 LUFS with no sample above −3 dBFS."""
    loudness = integrated_lufs(sound)
    if math.isinf(loudness):
        loudness = gated_lufs(block_energies(sound))
    if math.isinf(loudness) or VOICE_LUFS - loudness > _MOST_GAIN_DB:
        raise EngineError("The voice gave hardly any sound.", permanent=True)
    gain_db = VOICE_LUFS - loudness
    limited = sound
    for _ in range(_LEVEL_ROUNDS):
        limited = limit(sound * np.float32(10 ** (gain_db / 20)))
        gain_db += VOICE_LUFS - integrated_lufs(limited)
    return limited


def limit(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn the voice down smoothly around peaks above −3 dBFS; leave it as it is where there are none."""
    ceiling = 10 ** (HIGHEST_DB / 20)
    peaks = np.abs(sound)
    if float(peaks.max(initial=0.0)) <= ceiling:
        return sound
    steps = -(-len(sound) // _LIMITER_STEP)
    padded = np.zeros(steps * _LIMITER_STEP, dtype=np.float32)
    padded[: len(sound)] = peaks
    need = np.minimum(1.0, ceiling / np.maximum(padded.reshape(steps, _LIMITER_STEP).max(axis=1), 1e-9))
    reach = _LIMITER_REACH + 1  # one step more, as the curve is drawn straight between the middles of two steps
    around = np.lib.stride_tricks.sliding_window_view(np.pad(need, 2 * reach, mode="edge"), 2 * reach + 1)
    least = around.min(axis=1)
    weights = np.hanning(2 * _LIMITER_REACH + 1 + 2)[1:-1]
    smooth = np.convolve(least, weights / weights.sum(), mode="same")[reach:-reach]
    middles = (np.arange(steps) + 0.5) * _LIMITER_STEP
    curve = np.interp(np.arange(len(sound)), middles, smooth)
    return (sound * curve).astype(np.float32)


def fade(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Raise sound from nothing and let it end in nothing, so that it does not click."""
    faded = sound.copy()
    for length_ms, edge in ((_FADE_IN_MS, slice(None)), (_FADE_OUT_MS, slice(None, None, -1))):
        count = min(length_ms * SAMPLES_PER_MS, len(sound) // 2)
        ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(1, count))
        faded[edge][:count] *= ramp.astype(np.float32)
    return faded
