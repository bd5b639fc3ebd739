"""From whatever an engine gives to a clip that can stand beside any other."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lowtide.errors import EngineError
from lowtide.model.loudness import integrated_lufs
from lowtide.speak import shape
from lowtide.speak.engine import Raw


def hum(ms: int, *, rate_hz: int = 16_000, loud: float = 0.3) -> NDArray[np.float32]:
    frames = np.arange(ms * rate_hz // 1000)
    return (loud * np.sin(2 * np.pi * 220 * frames / rate_hz)).astype(np.float32)


def nothing(ms: int, *, rate_hz: int = 16_000) -> NDArray[np.float32]:
    return np.zeros(ms * rate_hz // 1000, dtype=np.float32)


def shaped(*parts: NDArray[np.float32], rate_hz: int = 16_000, commas: int = 0) -> shape.Shaped:
    sound = np.concatenate(parts)
    return shape.shape(Raw(samples=sound, rate_hz=rate_hz), 1000 * len(sound) // rate_hz, commas=commas)


def test_silence_around_the_speech_is_cut() -> None:
    clip = shaped(nothing(700), hum(2000), nothing(900))
    assert 2000 <= clip.length_ms <= 2080


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_any_rate_becomes_48_khz_at_the_right_pitch(rate_hz: int) -> None:
    clip = shaped(hum(2000, rate_hz=rate_hz), rate_hz=rate_hz)
    sound = shape.as_float(clip.samples)[4800:76_800]
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    assert np.argmax(spectrum) * 48_000 / len(sound) == pytest.approx(220, abs=2)
    assert len(clip.samples) % 48 == 0


@pytest.mark.parametrize("loud", [0.001, 0.05, 0.9])
def test_quiet_and_loud_voices_end_up_alike(loud: float) -> None:
    assert integrated_lufs(shape.as_float(shaped(hum(3000, loud=loud)).samples)) == pytest.approx(-18.0, abs=0.1)


def test_a_voice_with_high_peaks_is_turned_down_around_them_only() -> None:
    """Peaks far above the loudness stay under −3 dBFS, the whole stays at −18 LUFS, and nothing is cut flat."""
    rng = np.random.default_rng(3)
    spikes = hum(4000, loud=0.02)
    spikes[rng.integers(0, len(spikes), 40)] += 0.9
    clip = shaped(spikes)
    sound = shape.as_float(clip.samples)
    assert clip.peak <= 10 ** (-3 / 20) + 1e-4
    assert integrated_lufs(sound) == pytest.approx(-18.0, abs=0.5)
    assert np.count_nonzero(np.abs(sound) > 0.999 * clip.peak) < 100


def test_turning_down_leaves_a_voice_without_peaks_as_it_is() -> None:
    calm = hum(1000, rate_hz=48_000, loud=0.5)
    np.testing.assert_array_equal(shape.limit(calm), calm)


def test_turning_down_never_lets_a_peak_through() -> None:
    rng = np.random.default_rng(4)
    for _ in range(20):
        wild = rng.normal(0, 0.4, rng.integers(1, 5_000)).astype(np.float32)
        assert np.abs(shape.limit(wild)).max() <= 10 ** (-3 / 20) * 1.0001


def test_a_pause_at_a_comma_becomes_half_a_second() -> None:
    parts = (hum(1000), nothing(150), hum(1000), nothing(40), hum(1000))
    plain, drawn_out = shaped(*parts), shaped(*parts, commas=1)
    assert drawn_out.length_ms - plain.length_ms == pytest.approx(500 - 150, abs=20)


def test_a_pause_that_is_no_comma_stays() -> None:
    """The closure of a p or t is not drawn out, however many commas there are."""
    parts = (hum(1000), nothing(60), hum(1000))
    assert shaped(*parts, commas=3).length_ms == shaped(*parts).length_ms
    long = (hum(1000), nothing(800), hum(1000))
    assert shaped(*long, commas=1).length_ms == shaped(*long).length_ms


def test_a_clip_begins_and_ends_in_silence() -> None:
    sound = shape.as_float(shaped(hum(1500)).samples)
    assert abs(sound[0]) < 1e-3
    assert abs(sound[-1]) < 1e-3
    assert np.abs(np.diff(sound)).max() < 0.02, "no step that would click"


def nan(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.where(np.arange(len(sound)) == 100, np.nan, sound).astype(np.float32)


RUBBISH = {
    "empty": Raw(samples=nothing(0), rate_hz=16_000),
    "silence": Raw(samples=nothing(3000), rate_hz=16_000),
    "dither": Raw(samples=hum(3000, loud=5e-5), rate_hz=16_000),
    "not a number": Raw(samples=nan(hum(3000)), rate_hz=16_000),
    "infinite": Raw(samples=np.full(48_000, np.inf, dtype=np.float32), rate_hz=16_000),
    "two channels": Raw(samples=np.ones((48_000, 2), dtype=np.float32), rate_hz=16_000),
    "no rate": Raw(samples=hum(3000), rate_hz=0),
    "a rate of a million": Raw(samples=hum(3000), rate_hz=1_000_000),
    "far too long": Raw(samples=hum(60_000), rate_hz=16_000),
    "a click": Raw(samples=hum(10), rate_hz=16_000),
    "one sample": Raw(samples=np.array([0.5], dtype=np.float32), rate_hz=16_000),
}


@pytest.mark.parametrize("raw", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_is_an_engine_error(raw: Raw) -> None:
    with pytest.raises(EngineError) as caught:
        shape.shape(raw, 3_000 if len(raw.samples) != 1 else 60_000)
    assert caught.value.permanent
