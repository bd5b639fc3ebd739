"""Layers: each has the loudness, the bound and the spectrum that it says it has."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lowtide.mix.grain import CELL, ROWS, Bank, Layer, lay, order
from lowtide.mix.noise import k_power
from lowtide.mix.scapes import SCAPES
from lowtide.model.loudness import block_energies, k_weighted

LAYERS = {layer.name: layer for scape in SCAPES.values() for layer in scape.layers}


def round_of(layer: Layer, seed: int = 3) -> NDArray[np.float32]:
    """One layer alone, for one round of its bank."""
    bank, cells = [Bank(layer, seed)], []
    for index in range(layer.count):
        cell = np.empty(2 * CELL, dtype=np.float32)
        lay(bank, np.ones((1, ROWS, 1), dtype=np.float32), index, cell)
        cells.append(cell)
    return np.concatenate(cells).reshape(-1, 2)


@pytest.mark.parametrize("name", LAYERS)
def test_a_gain_is_a_loudness(name: str) -> None:
    """At a gain of 1 a layer's K-weighted mean square is 1, so that loudness is known before anything is made."""
    assert 10 * np.log10(block_energies(round_of(LAYERS[name])).mean()) == pytest.approx(0, abs=0.35)


@pytest.mark.parametrize("name", LAYERS)
def test_no_sample_of_a_grain_passes_the_crest(name: str) -> None:
    layer = LAYERS[name]
    assert np.abs(layer.grain(5, 7)).max() <= layer.crest * 1.0001


def test_the_weighting_by_frequency_is_that_of_the_meter() -> None:
    time = np.arange(96_000) / 48_000
    for hz in (40.0, 200.0, 1_000.0, 5_000.0):
        tone = np.sin(2 * np.pi * hz * time)
        measured = np.square(k_weighted(tone)[24_000:]).mean() / np.square(tone[24_000:]).mean()
        assert k_power(np.array([hz]))[0] == pytest.approx(measured, rel=0.01)


def test_no_grain_returns_within_8_seconds() -> None:
    cells = [index for turn in range(40) for index, _ in order(9, "layer", 48, turn)]
    last: dict[int, int] = {}
    for place, index in enumerate(cells):
        assert (place - last.get(index, -10_000)) * CELL / 48_000 > 8
        last[index] = place
    assert cells[:48] != cells[48:96]


@pytest.mark.parametrize("name", ["waves/foam", "rain/drops", "bowl/low"])
def test_sessions_share_a_layer_s_grains_and_each_has_its_own_order(name: str) -> None:
    one, other = Bank(LAYERS[name], 1), Bank(LAYERS[name], 2)
    count = one.layer.count
    played, others = (
        [id(bank.play(cell)[0]) for cell in range(count, 2 * count)] for bank in (one, other)
    )  # fmt: skip
    assert set(played) == set(others)
    assert played != others


def test_many_who_begin_at_once_begin_with_the_same_few_grains() -> None:
    banks = [Bank(LAYERS["rain/bed"], seed) for seed in range(20)]
    assert len({id(bank.play(0)[0]) for bank in banks}) == 1
