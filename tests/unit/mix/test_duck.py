"""The duck: slow, early, and no deeper than it must be."""

from __future__ import annotations

import numpy as np
import pytest

from factories import say, timeline
from lowtide.mix.duck import LIFT_DB, SOFT_DB, duck


def at(*seconds: float) -> np.ndarray:
    return np.array(seconds)


def test_it_is_down_under_words_and_up_in_long_silences() -> None:
    curve = duck(timeline((say(20_000, 5_000, "a"), say(45_000, 5_000, "b"))), is_heard=True)
    assert curve(at(5, 20, 25, 35, 45, 50, 59)) == pytest.approx([LIFT_DB, 0, 0, LIFT_DB, 0, 0, LIFT_DB])


def test_short_silences_do_not_pump() -> None:
    words = tuple(say(10_000 + 5_000 * i, 4_000, f"{i}") for i in range(5))
    curve = duck(timeline(words), is_heard=True)
    assert np.abs(curve(np.arange(10, 34, 0.05))).max() < 0.01


def test_a_middling_silence_lifts_in_part() -> None:
    curve = duck(timeline((say(10_000, 4_000, "a"), say(19_000, 4_000, "b"))), is_heard=True)
    assert 1 < curve(np.arange(14, 19, 0.05)).max() < LIFT_DB - 1


def test_it_moves_in_seconds() -> None:
    words = (say(4_000, 3_000, "a"), say(9_000, 400, "b", soft=True), say(9_500, 300, "c"), say(30_000, 4_000, "d"))
    curve = duck(timeline(words), is_heard=True)
    steps = np.abs(np.diff(curve(np.arange(0, 60, 0.01))))
    assert steps.max() < 0.12, "12 dB a second, even between a soft word and a hasty one"


def test_it_keeps_its_distance_from_a_soft_voice() -> None:
    curve = duck(timeline((say(10_000, 5_000, "a"), say(16_000, 5_000, "b", soft=True))), is_heard=True)
    assert curve(at(12, 18)) == pytest.approx([0, SOFT_DB])


def test_without_a_voice_to_hear_it_stays_up() -> None:
    assert duck(timeline((say(10_000, 5_000, "a"),)), is_heard=False)(at(0, 12)) == pytest.approx([LIFT_DB] * 2)
    assert duck(timeline(), is_heard=True)(at(0, 12)) == pytest.approx([LIFT_DB] * 2)
