"""What every soundscape promises a listener: one battery for all of them, and for those that are added."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from factories import timeline
from lowtide.mix.grain import CELL
from lowtide.mix.scapes import SCAPES
from lowtide.model.audio import Sound, Soundscape
from lowtide.model.loudness import block_energies, k_weighted, lufs, mean_square
from talking import breaths, mixer, whole

RATE = 48_000
HOURS_MS = 3 * 3_600_000
HEARD = [scape for scape in SCAPES if scape is not Soundscape.NONE]
NOISES = [scape for scape in HEARD if scape is not Soundscape.BOWL]
Sounds = NDArray[np.float32]


@cache
def stretch(scape: Soundscape, start_s: float, seconds: float, seed: int = 1) -> Sounds:
    """A stretch of three hours of a soundscape by itself."""
    made = mixer(timeline(duration_ms=HOURS_MS, seed=seed), Sound(soundscape=scape))
    return made.render(round(start_s * RATE), round(seconds * RATE))


@cache
def breathing(scape: Soundscape) -> Sounds:
    """A minute and a half by itself, of which eight breaths from 20 s on are led."""
    session = timeline(breaths(20_000, 6), duration_ms=100_000, seed=4)
    return whole(mixer(session, Sound(soundscape=scape)))


def levels_db(sound: Sounds, step_s: float) -> NDArray[np.float64]:
    """The K-weighted level of each step."""
    size = round(step_s * RATE)
    squares = np.square(k_weighted(sound), dtype=np.float64).sum(axis=1)
    means: NDArray[np.float64] = squares[: len(squares) // size * size].reshape(-1, size).mean(axis=1)
    return 10 * np.log10(means + 1e-12)


def centroid_hz(sound: Sounds) -> float:
    """Where the middle of the spectrum's power lies."""
    size = 4096
    mono = sound[: len(sound) // size * size].sum(axis=1).reshape(-1, size) * np.hanning(size)
    power = np.square(np.abs(np.fft.rfft(mono))).sum(axis=0)
    return float(power @ np.fft.rfftfreq(size, 1 / RATE) / power.sum())


def test_every_choice_has_a_soundscape() -> None:
    assert set(SCAPES) == set(Soundscape)


@pytest.mark.parametrize("scape", SCAPES)
def test_it_is_finite_and_stays_inside_full_scale(scape: Soundscape) -> None:
    sound = breathing(scape)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    assert 0.05 < np.abs(sound).max() < 10 ** (-1 / 20)


def test_none_is_silent_until_breath_is_led() -> None:
    assert not stretch(Soundscape.NONE, 600, 2).any()
    sound = breathing(Soundscape.NONE)
    assert not sound[: 19 * RATE].any()
    assert sound[22 * RATE : 27 * RATE].any()


@pytest.mark.parametrize("scape", HEARD)
def test_the_two_ears_hear_different_things_equally_loud(scape: Soundscape) -> None:
    left, right = stretch(scape, 1000, 20).T
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.5
    assert abs(10 * np.log10(np.square(left).mean() / np.square(right).mean())) < 0.7


@pytest.mark.parametrize("scape", HEARD)
def test_every_minute_of_three_hours_is_as_loud_as_promised(scape: Soundscape) -> None:
    loud = [lufs(float(block_energies(stretch(scape, minute * 60, 60)).mean())) for minute in (1, 48, 117, 178)]
    assert loud == pytest.approx([-16.0] * len(loud), abs=0.3)


@pytest.mark.parametrize("scape", HEARD)
def test_the_seed_makes_it(scape: Soundscape) -> None:
    one, same, other = (stretch.__wrapped__(scape, 77, 1, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert np.square(one - other).mean() > 0.2 * np.square(one).mean()


@pytest.mark.parametrize("scape", SCAPES)
def test_any_piece_in_any_order_is_the_whole(scape: Soundscape) -> None:
    session = timeline(breaths(4_000, 1), duration_ms=16_000)
    expected = whole(mixer(session, Sound(soundscape=scape)))
    pieces = mixer(session, Sound(soundscape=scape))
    cuts = [0, 1, 17, 16_383, 16_384, 16_385, 50_000, 99_991, 400_000, 767_999, 768_000]
    for start, end in reversed(list(pairwise(cuts))):
        assert np.array_equal(pieces.render(start, end - start), expected[start:end])


@pytest.mark.parametrize("scape", NOISES)
def test_no_stretch_comes_back(scape: Soundscape) -> None:
    """The sound resembles itself at no lag from one second to half an minute: nothing loops."""
    rate = RATE // 4
    sound = stretch(scape, 300, 60)[::4, 0].reshape(60, rate)
    level = sound / np.sqrt(np.square(sound).mean(axis=1, keepdims=True))
    bins = np.fft.rfft(level.ravel(), 2**21)
    likeness = np.fft.irfft(np.square(np.abs(bins)))
    assert np.abs(likeness[rate : 30 * rate]).max() < 0.1 * likeness[0]


def test_the_bowl_wanders() -> None:
    """Its tones are steady, so that it is its level that must not come round."""
    level = levels_db(stretch(Soundscape.BOWL, 60, 120), 0.1)
    level -= level.mean()
    for lag_s in range(8, 60):
        assert np.corrcoef(level[: -10 * lag_s], level[10 * lag_s :])[0, 1] < 0.9


def test_each_has_the_colour_of_its_name() -> None:
    bright = {scape: centroid_hz(stretch(scape, 300, 60)) for scape in HEARD}
    assert bright[Soundscape.RAIN] > 2 * bright[Soundscape.BROWN]
    assert bright[Soundscape.RAIN] > bright[Soundscape.STREAM] > bright[Soundscape.WIND]
    assert bright[Soundscape.WAVES] > bright[Soundscape.FIRE]
    assert all(hz < 2_500 for hz in bright.values()), "warm: nothing hisses"


@pytest.mark.parametrize("scape", HEARD)
def test_no_seam_is_heard(scape: Soundscape) -> None:
    """Where one cell of the grid meets the next, the highest frequencies do as they do elsewhere."""
    made = mixer(timeline(duration_ms=HOURS_MS, seed=1), Sound(soundscape=scape))
    sound = made.render(300 * CELL - 2, 150 * CELL + 3)
    edges = np.abs(np.diff(sound, n=3, axis=0)).max(axis=1)  # edges[i] reaches from sample i − 2 to i + 1 of the grid
    places = edges.reshape(-1, CELL)
    at_seams = np.concatenate([places[:, :4].ravel(), places[:, -4:].ravel()])
    assert np.square(at_seams).mean() < 1.5 * np.square(edges).mean()
    assert at_seams.max() <= edges.max()


@pytest.mark.parametrize("scape", SCAPES)
def test_the_sound_rises_with_the_in_breath_and_falls_with_the_out_breath(scape: Soundscape) -> None:
    sound = breathing(scape)[20 * RATE : 80 * RATE]
    seconds = (np.arange(240) + 0.5) / 4 % 10
    breath = np.where(seconds < 4, np.sin(np.pi / 8 * seconds) ** 2, np.cos(np.pi / 12 * (seconds - 4)) ** 2)
    level = np.maximum(levels_db(sound, 0.25), -60)
    assert np.corrcoef(level, breath)[0, 1] > 0.8
    cycle = level.reshape(6, 40).mean(axis=0)
    assert cycle[15:17].mean() - max(cycle[0], cycle[39]) > 6


@pytest.mark.parametrize("scape", SCAPES)
def test_in_and_out_are_told_apart_with_eyes_closed(scape: Soundscape) -> None:
    """At the same fullness of the lungs the in-breath is brighter, every time."""
    sound = breathing(scape)
    for begin in range(20, 80, 10):
        breathed_in = sound[round((begin + 2.0) * RATE) : round((begin + 3.8) * RATE)]
        breathed_out = sound[round((begin + 4.8) * RATE) : round((begin + 7.0) * RATE)]
        assert centroid_hz(breathed_in) > 1.15 * centroid_hz(breathed_out)


@pytest.mark.parametrize("scape", HEARD)
def test_the_breath_takes_over_without_a_jump(scape: Soundscape) -> None:
    """Coming to the first breath and leaving the last, the level moves no faster than a breath does."""
    level = levels_db(breathing(scape), 0.5)
    steps = np.abs(np.diff(level))
    breath_steps = steps[44:156]
    for edge in (40, 160):
        assert steps[edge - 8 : edge + 10].max() < max(1.6 * breath_steps.max(), 2.5)


def test_each_is_as_loud_as_every_other_under_the_same_voice() -> None:
    """One volume fits all: the promise above, in one number."""
    loud = {scape: float(block_energies(stretch(scape, 2_880, 60)).mean()) for scape in HEARD}
    assert max(loud.values()) / min(loud.values()) < mean_square(-15.6) / mean_square(-16.0)
