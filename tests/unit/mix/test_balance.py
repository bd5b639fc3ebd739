"""The foretold loudness against the meter, for energies alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factories import say, timeline
from lowtide.mix.balance import GAIN_STEP_DB, TIPS_DBFS, balance, integrated, spoken
from lowtide.mix.ceiling import KNEE, LIMIT, bend, hold_under
from lowtide.model.audio import Sound
from lowtide.model.loudness import gated_lufs, mean_square
from talking import speech, talked_session


def test_steady_energies_are_measured_as_the_meter_does() -> None:
    energies = np.random.default_rng(2).uniform(0, 1, 400) ** 8
    assert integrated(energies, np.zeros(400)) == pytest.approx(gated_lufs(energies), abs=1e-9)


def test_a_noise_just_under_the_gate_counts_in_part() -> None:
    """Its blocks scatter about the gate: foretold as in or out alone, the loudness would jump by a decibel."""
    voice = np.zeros(600)
    voice[:200] = mean_square(-15)
    levels = np.arange(-32, -26, 0.05)
    steady = [integrated(voice + mean_square(level), np.zeros(600)) for level in levels]
    uneven = [integrated(voice, np.full(600, mean_square(level))) for level in levels]
    assert np.abs(np.diff(uneven)).max() < 0.7 * np.abs(np.diff(steady)).max()
    assert (uneven[0], uneven[-1]) == pytest.approx((steady[0], steady[-1]), abs=0.02)


def test_words_count_where_they_stand() -> None:
    session = talked_session(1.0)
    said = spoken(session, speech(session), 1.0)
    energies = said.energies(1.0, 600)
    for event in session.of(*{e.kind for e in session.events if e.text}):
        inside = energies[event.at_ms // 100 : event.end_ms // 100 + 1]
        clip = speech(session).clips[event.key]
        assert inside.sum() == pytest.approx(2 * sum(clip.energies), rel=0.05)


@pytest.mark.parametrize(("at_ms", "least", "most"), [(40, 0.0, 0.0), (60, 0.1, 0.3), (99, 0.9, 1.0)])
def test_the_last_moment_of_a_word_counts_where_it_is_heard(at_ms: int, least: float, most: float) -> None:
    session = timeline((say(at_ms, 350, "word"),))  # its last 50 ms begin 300 ms after it
    said = spoken(session, speech(session), 1.0)
    assert least <= said.late[-1] <= most
    assert (said.late >= 0).all()
    assert (said.late <= 1).all()


def test_the_gain_is_found_and_capped() -> None:
    session = talked_session(1.0)
    said, nothing = spoken(session, speech(session), 10 ** (Sound().voice_db / 20)), np.zeros(600)
    free = balance(said, nothing, nothing, crest=0.0)
    assert free.predicted_lufs == pytest.approx(-16.0, abs=GAIN_STEP_DB / 2 + 0.01)
    tight = balance(said, nothing, nothing, crest=3.0)
    assert tight.is_capped
    assert tight.gain_db < free.gain_db


def test_a_slightly_louder_sentence_changes_no_gain_and_is_foretold() -> None:
    """All other samples stay as they were, so that they need not be encoded again."""
    session = talked_session(1.0)
    said, nothing = spoken(session, speech(session), 10 ** (Sound().voice_db / 20)), np.zeros(600)
    shares = np.linspace(0.94, 1.06, 60)
    energies = [replace(said, energy=said.energy * share) for share in shares]
    made = [balance(each, nothing, nothing, crest=0.0) for each in energies]
    assert 5 <= len({each.gain_db for each in made}) <= 8, "0.54 dB are six steps, not sixty"
    for each, balanced in zip(energies, made, strict=True):
        heard = integrated(each.energies(10 ** (balanced.gain_db / 20), 600), nothing)
        assert balanced.predicted_lufs == pytest.approx(heard, abs=1e-9)
        assert balanced.predicted_lufs == pytest.approx(-16.0, abs=GAIN_STEP_DB / 2 + 0.01)


@pytest.mark.parametrize("crest", [2.5, 3.0, 3.1, 3.7])
def test_a_rounded_gain_is_never_over_its_cap(crest: float) -> None:
    session = talked_session(1.0)
    nothing = np.zeros(600)
    tight = balance(spoken(session, speech(session), 1.0), nothing, nothing, crest=crest)
    assert crest * 10 ** (tight.gain_db / 20) <= 10 ** (TIPS_DBFS / 20) + 1e-12


def test_the_safety_curve_changes_nothing_below_its_knee_and_never_reaches_its_limit() -> None:
    amplitude = np.linspace(KNEE, 8, 1_000)
    bent = bend(amplitude)
    assert bent[0] == pytest.approx(KNEE)
    assert (np.diff(bent) >= 0).all()
    assert bent.max() <= LIMIT
    assert (np.diff(bent)[:20] / np.diff(amplitude)[:20]).max() <= 1.0
    quiet = np.linspace(-KNEE, KNEE, 100, dtype=np.float32)[1:-1]
    same = quiet.copy()
    hold_under(same)
    assert np.array_equal(same, quiet)
