"""The meter against the published cases of BS.1770 and EBU Tech 3341."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from lowtide.model import loudness

RATE_HZ = 48_000


def sine(seconds: float, level_db: float, *, hz: float = 1000.0) -> NDArray[np.float32]:
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return wave.astype(np.float32)


def stereo(*parts: NDArray[np.float32]) -> NDArray[np.float32]:
    whole = np.concatenate(parts)
    return np.stack([whole, whole], axis=1)


def test_full_scale_997_hz_in_one_channel_reads_as_the_standard_says() -> None:
    assert loudness.integrated_lufs(sine(3, 0.0, hz=997)) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize(
    ("parts", "reads"),
    [
        ([(20, -23.0)], -23.0),
        ([(20, -33.0)], -33.0),
        ([(10, -36.0), (60, -23.0), (10, -36.0)], -23.0),
        ([(10, -72.0), (10, -36.0), (60, -23.0), (10, -36.0), (10, -72.0)], -23.0),
        ([(20, -26.0), (20.1, -20.0), (20, -26.0)], -23.0),
    ],
    ids=["steady", "quiet", "relative gate", "both gates", "three levels"],
)
def test_meets_the_cases_of_ebu_tech_3341(parts: list[tuple[float, float]], reads: float) -> None:
    sound = stereo(*(sine(seconds, level) for seconds, level in parts))
    assert loudness.integrated_lufs(sound) == pytest.approx(reads, abs=0.1)


def test_filters_like_the_two_biquads_of_the_standard() -> None:
    """Low rumble is weighed less and treble more, by the gain that the transfer functions give."""
    for hz in (20.0, 60.0, 300.0, 1000.0, 4000.0, 15000.0):
        z = np.exp(-2j * np.pi * hz / RATE_HZ)
        gain = 1.0 + 0j
        for (b0, b1, b2), (a1, a2) in (loudness.SHELF, loudness.HIGH_PASS):
            gain *= (b0 + b1 * z + b2 * z * z) / (1 + a1 * z + a2 * z * z)
        tone = sine(2, -6.0, hz=hz)
        settled = slice(RATE_HZ // 2, RATE_HZ + RATE_HZ // 2)
        heard = np.sqrt(np.square(loudness.k_weighted(tone)[settled]).mean() / np.square(tone[settled]).mean())
        assert heard == pytest.approx(abs(gain), rel=1e-3), hz


def test_blocks_do_not_show_where_the_transforms_meet() -> None:
    """A tone that is on the whole time has the same energy in every 100 ms after the first."""
    energies = loudness.block_energies(sine(5, -20.0))
    assert len(energies) == 50
    assert np.ptp(energies[1:]) < 1e-4 * energies[1]


def test_energies_say_the_same_as_filtering_the_whole() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (70_001, 2)).astype(np.float32)
    weighted = np.square(loudness.k_weighted(noise), dtype=np.float64).sum(axis=1)
    padded = np.concatenate([weighted, np.zeros(15 * 4800 - len(weighted))])
    np.testing.assert_allclose(loudness.block_energies(noise), padded.reshape(15, 4800).mean(axis=1), rtol=1e-5)


def test_energies_of_unlike_sounds_add_up() -> None:
    """The law that lets a mix's loudness be predicted."""
    rng = np.random.default_rng(2)
    one, other = rng.normal(0, 0.1, (2, 480_000)).astype(np.float32)
    apart = loudness.block_energies(one) + loudness.block_energies(other)
    assert loudness.gated_lufs(apart) == pytest.approx(loudness.integrated_lufs(one + other), abs=0.02)


def test_silence_has_no_loudness_and_no_peak() -> None:
    for sound in (np.zeros(0), np.zeros(100), np.zeros((96_000, 2))):
        assert loudness.integrated_lufs(sound) == -math.inf
        assert loudness.true_peak_db(sound) == -math.inf
    assert loudness.gated_lufs([]) == -math.inf


def test_a_word_under_400_ms_is_measured_whole() -> None:
    assert loudness.integrated_lufs(sine(0.25, -20.0)) == pytest.approx(-23.0, abs=0.2)


def test_true_peak_sees_between_the_samples() -> None:
    """A quarter-rate sine sampled at 45° never has a sample above −3 dB, though its wave reaches 0 dB."""
    wave = np.sin(2 * np.pi * (RATE_HZ / 4) * np.arange(4800) / RATE_HZ + np.pi / 4)
    wave *= np.hanning(4800)
    assert 20 * math.log10(np.abs(wave).max()) < -2.9
    assert loudness.true_peak_db(wave) == pytest.approx(0.0, abs=0.1)
