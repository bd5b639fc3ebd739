"""The room on the voice: heard as width and warmth, not as loudness, echo or a voice that has moved."""

from __future__ import annotations

import numpy as np
import pytest

from lowtide.mix.voice import TAIL_FRAMES, in_room
from lowtide.model.loudness import block_energies, gated_lufs
from talking import talk


def room(dry: np.ndarray) -> np.ndarray:
    return in_room(dry).reshape(-1, 2)


def test_it_leaves_the_loudness_alone() -> None:
    dry = talk(4_000, "room")
    wet = room(dry)
    assert gated_lufs(block_energies(wet)) - gated_lufs(block_energies(dry)) == pytest.approx(3.01, abs=0.1)


@pytest.mark.parametrize("pitch_hz", [90, 110, 157, 220])
def test_a_steady_pitch_stays_in_the_middle(pitch_hz: float) -> None:
    time = np.arange(48_000) / 48_000
    hum = sum(np.sin(2 * np.pi * pitch_hz * k * time) / k for k in range(1, 12)) * 0.1
    left, right = room(np.asarray(hum, dtype=np.float32)).T
    assert 10 * np.log10(np.square(left).mean() / np.square(right).mean()) == pytest.approx(0, abs=0.05)


def test_the_voice_itself_is_the_same_in_both_ears_and_only_the_room_differs() -> None:
    left, right = room(talk(4_000, "room")).T
    assert 0.8 < np.corrcoef(left, right)[0, 1] < 0.99


def test_a_tap_on_the_table_dies_away_within_a_seventh_of_a_second() -> None:
    tap = np.zeros(4_800, dtype=np.float32)
    tap[2_400] = 1.0
    wet = room(tap)
    assert len(wet) == len(tap) + TAIL_FRAMES
    assert TAIL_FRAMES < 48_000 / 7
    later = np.abs(wet[2_400 + 480 :])
    assert 0.05 < later.max() < 0.25
    assert np.abs(wet[2_400 + 48 : 2_400 + 480]).max() == 0, "no echo so early that it colours the voice"


def test_silence_stays_silence() -> None:
    assert not room(np.zeros(1_000, dtype=np.float32)).any()
    assert len(room(np.zeros(0, dtype=np.float32))) == TAIL_FRAMES
