"""The guess of a phrase's length, before anything is spoken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lowtide import speak
from lowtide.speak import estimate, tune


@pytest.mark.parametrize(
    ("text", "count"),
    [("one", 1), ("breathe", 1), ("lower", 2), ("little", 2), ("attention", 3), ("released", 2), ("eyes", 1)],
)
def test_syllables_of_plain_words(text: str, count: int) -> None:
    assert estimate.syllables(text) == count


@given(st.text(max_size=200), st.booleans())
def test_any_text_has_a_length_and_slow_is_longer(text: str, slow: bool) -> None:
    calm = estimate.length_ms(text, estimate.CALM, slow=False)
    assert calm >= estimate.SHORTEST_MS
    assert estimate.length_ms(text, estimate.CALM, slow=True) >= calm


def test_more_words_take_longer_and_so_does_a_comma() -> None:
    short, long, marked = (
        estimate.length_ms(text, estimate.CALM, slow=False)
        for text in ("Rest here.", "Rest here and be still.", "Rest, here and be still.")
    )
    assert short < long < marked


def test_the_reference_is_calm() -> None:
    """The pace that natural voices are stretched to is itself in EVIDENCE's range."""
    whole_ms = sum(estimate.length_ms(text, estimate.CALM, slow=False) for text in tune.SENTENCES)
    assert 90 <= sum(map(estimate.words, tune.SENTENCES)) / (whole_ms / 60_000) <= 110


def test_a_voice_is_stretched_to_the_calm_pace_but_never_hurried() -> None:
    due_ms = sum(estimate.length_ms(text, estimate.CALM, slow=False) for text in estimate.CALIBRATION)
    assert estimate.stretch_to_calm(due_ms / 1.6) == pytest.approx(1.6)
    assert estimate.stretch_to_calm(due_ms * 2) == 1.0
    assert estimate.stretch_to_calm(0.0) == 2.0


def test_every_listed_voice_has_an_estimate() -> None:
    for voice in speak.voices():
        assert 1_000 < speak.estimate_ms(voice, ("Let your attention rest here.", False)) < 8_000
