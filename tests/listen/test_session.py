"""A whole session as a listener hears it, from the voice to the encoded file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import numpy as np
import pytest

import sounds
from listener import understood
from lowtide import pipeline, speak
from lowtide.model.audio import Format, Sound, Soundscape
from lowtide.model.loudness import block_energies, integrated_lufs, lufs, true_peak_db
from lowtide.model.profile import Pain, Profile, Wish
from lowtide.model.time import SAMPLES_PER_MS
from lowtide.model.timeline import Happening

PROFILE = Profile(pains=(Pain(region="lower-back", intensity=6),))
UNDERSTOOD = 0.75
"""The share of words that a small recogniser must get of the plain voice; issue of the listener test."""
TECHNIQUES = ("body-scan", "belly-breathing", "pmr", "gentle-stretch")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> speak.Cache:
    return speak.Cache(tmp_path_factory.mktemp("clips"))


def made(technique: str, length_ms: int, voice: str, cache: speak.Cache, seed: int = 3) -> pipeline.Made:
    clearance = pipeline.clear(PROFILE).clearance
    assert clearance is not None
    wish = Wish(length_ms=length_ms, technique=technique, seed=seed)
    return pipeline.prepare(PROFILE, clearance, wish, voices=[speak.find(voice)], cache=cache)


@pytest.fixture(scope="module")
def plain(cache: speak.Cache) -> pipeline.Made:
    """Four minutes of body scan in the best plain voice."""
    return made("body-scan", 240_000, "flite" if shutil.which("flite") else "espeak", cache)


def minutes(technique: str) -> Iterator[int]:
    """Ten odd lengths between three and 45 minutes, each technique's own."""
    rng = np.random.default_rng(TECHNIQUES.index(technique))
    yield from (int(length) for length in rng.integers(190_000, 2_700_000, 10))


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_ten_odd_lengths_of_each_technique_are_exact(technique: str, cache: speak.Cache) -> None:
    for length_ms in minutes(technique):
        timeline = made(technique, length_ms, "silent", cache).timeline
        assert timeline.duration_ms == length_ms
        tiles = timeline.of(Happening.SAY, Happening.SILENCE)
        assert sum(event.for_ms for event in tiles) == length_ms


@pytest.mark.skipif(not shutil.which("flite"), reason="flite is not on this system; make setup installs it on Debian")
def test_the_words_are_understood(plain: pipeline.Made) -> None:
    mixer = pipeline.mix(plain, Sound(soundscape=Soundscape.NONE, bell_db=-60))
    said = plain.timeline.of(Happening.SAY)
    pairs = [
        (event.text, mixer.render(event.at_ms * SAMPLES_PER_MS, event.for_ms * SAMPLES_PER_MS).mean(axis=1))
        for event in said
    ]
    assert understood(pairs) >= UNDERSTOOD


def test_the_soundscape_is_16_db_under_the_speech(plain: pipeline.Made) -> None:
    # The voice alone is taken out of the mix, each at its own gain; what is left is the soundscape as it lies under it.
    both = pipeline.mix(plain, Sound(bell_db=-60))
    voice = pipeline.mix(plain, Sound(soundscape=Soundscape.NONE, bell_db=-60))
    voice_energy, waves_energy = [], []
    for event in plain.timeline.of(Happening.SAY):
        at, count = event.at_ms * SAMPLES_PER_MS, event.for_ms * SAMPLES_PER_MS
        alone = voice.render(at, count) / 10 ** (voice.gain_db / 20)
        voice_energy.append(block_energies(alone))
        waves_energy.append(block_energies(both.render(at, count) / 10 ** (both.gain_db / 20) - alone))
    under = lufs(float(np.concatenate(voice_energy).mean())) - lufs(float(np.concatenate(waves_energy).mean()))
    assert under == pytest.approx(16, abs=1)


@pytest.mark.parametrize("soundscape", list(Soundscape))
def test_every_session_is_as_loud_as_every_other_and_never_clips(soundscape: Soundscape, plain: pipeline.Made) -> None:
    mixer = pipeline.mix(plain, Sound(soundscape=soundscape))
    whole = mixer.render(0, mixer.frames)
    assert integrated_lufs(whole) == pytest.approx(-16, abs=0.2)
    assert integrated_lufs(whole) == pytest.approx(mixer.predicted_lufs, abs=0.1)
    assert true_peak_db(whole) <= -1


def test_it_begins_and_ends_in_silence(plain: pipeline.Made) -> None:
    mixer = pipeline.mix(plain, Sound())
    assert np.abs(mixer.render(0, 48)).max() < 1e-3
    assert np.abs(mixer.render(mixer.frames - 48, 48)).max() < 1e-3


def test_the_encoded_file_is_the_session_exactly(plain: pipeline.Made) -> None:
    for file_format in (Format.MP3, Format.OPUS):
        file = b"".join(pipeline.deliver(plain, Sound(), pipeline.label(plain), file_format))
        heard = sounds.decoded(file)
        assert len(heard) == plain.timeline.duration_ms * SAMPLES_PER_MS
        assert integrated_lufs(heard) == pytest.approx(-16, abs=0.3)


def test_the_same_session_comes_out_of_an_empty_cache_and_of_a_full_one(
    cache: speak.Cache, tmp_path_factory: pytest.TempPathFactory
) -> None:
    full = made("pmr", 190_003, "espeak", cache)
    made("pmr", 400_000, "espeak", cache)
    again = made("pmr", 190_003, "espeak", cache)
    empty = made("pmr", 190_003, "espeak", speak.Cache(tmp_path_factory.mktemp("other")))
    assert full.timeline == again.timeline == empty.timeline
