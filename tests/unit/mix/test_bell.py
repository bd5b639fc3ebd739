"""The struck bowl: loud as foretold, beating, long, and without a click."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lowtide.mix.bell import RING_S, Bell
from lowtide.mix.grain import CELL
from lowtide.model.loudness import block_energies, lufs

CELLS = int(RING_S * 48_000 / CELL) + 2


def strike(seed: int = 1, start: int = 0) -> NDArray[np.float32]:
    bell = Bell(seed)
    return np.concatenate([bell.sound(start + CELL * i) for i in range(CELLS)]).reshape(-1, 2)


def test_its_energy_is_foretold() -> None:
    measured, foretold = block_energies(strike())[:150], Bell(1).energies([0.0], 150)
    assert np.abs(10 * np.log10(measured[1:] / foretold[1:])).max() < 0.5
    assert lufs(float(measured[:4].mean())) == pytest.approx(-21.0, abs=0.3)


def test_a_bowl_that_still_rings_is_struck_again() -> None:
    """Two strikes of one bowl add up or cancel by their phases, and that is foretold too."""
    for later_s in (0.0, 0.35, 1.25, 4.0):
        both = strike() + strike(start=-round(later_s * 48_000))
        measured, foretold = block_energies(both)[:80], Bell(1).energies([0.0, later_s], 80)
        assert 10 * np.log10(measured.sum() / foretold.sum()) == pytest.approx(0, abs=0.2)


def test_it_stays_under_its_bound() -> None:
    sound, bounds = np.abs(strike()).max(axis=1), Bell(1).crests()
    tops = sound[: len(bounds) * 4_800].reshape(-1, 4_800).max(axis=1)
    assert (tops <= bounds * 1.001).all()


def test_it_starts_from_nothing_and_ends_in_nothing() -> None:
    sound = np.abs(strike()).max(axis=1)
    assert sound[0] == 0
    assert sound[:48].max() < 0.2 * sound.max()
    assert sound[round(RING_S * 48_000) :].max() == 0
    assert 0 < sound[round((RING_S - 3) * 48_000)] < 0.01 * sound.max()


def test_it_rings_for_a_long_time_and_beats() -> None:
    energies = block_energies(strike()[:, :1])
    assert 10 * np.log10(energies[100] / energies[5]) > -40, "still ringing after ten seconds"
    slopes = np.diff(10 * np.log10(energies[20:80]))
    assert (slopes > 0.3).any(), "it swells and fades in one ear as it circles"
    assert (slopes < -0.3).any()


def test_a_strike_between_two_cells_is_the_same_strike() -> None:
    late = strike(start=-5_001)
    assert not late[:5_001].any()
    assert np.abs(late[5_001:] - strike()[: len(late) - 5_001]).max() < 1e-5


def test_the_seed_tunes_it_within_a_semitone() -> None:
    pitches = {Bell(seed).hz for seed in range(20)}
    assert len(pitches) == 20
    assert max(pitches) / min(pitches) < 2 ** (1 / 12)
