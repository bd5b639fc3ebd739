"""One battery for every voice engine. A new engine adds one line to `ENGINES` and, where it needs one, a stand-in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import instruments
from lowtide import speak
from lowtide.errors import EngineError
from lowtide.model.loudness import block_energies, integrated_lufs
from lowtide.model.speech import Speech
from lowtide.speak import estimate, tune
from lowtide.speak.by.espeak import Espeak
from lowtide.speak.by.flite import Flite
from lowtide.speak.by.kokoro import Kokoro
from lowtide.speak.by.macos_say import MacosSay
from lowtide.speak.by.piper import Piper
from lowtide.speak.by.silent import Silent
from lowtide.speak.engine import CALM_WORDS_PER_MINUTE, Engine, Quality, Voice
from lowtide.speak.models import Models

PLAIN = tune.SENTENCES[:8]
ODD = {
    "numbers": "Count from 10 to 1, in 2 breaths of 4.5 seconds.",
    "quotes": "Say to yourself, “I'm safe here,” or ‘let go’…",
    "unicode": "A café, a façade — naïve, Zoë, 50 % of a ½ breath & rest.",
    "emoji": "Soften 🙂 your jaw 🧘‍♀️ now.",
    "only emoji": "🙂 …",
    "break": 'Wait <break time="90s"/> and rest.',
    "flag": "-o /tmp/evil.wav --help -voice kal",
    "commands": "[[slnc 60000]] rest; $(touch evil) `id` | cat > evil",
    "control": "Rest\x00 here\x1b[2J now\r\n\tplease.",
    "one word": "In.",
    "very long": " ".join(f"Let the {part} be heavy and warm." for part in ("feet", "legs", "arms", "jaw") * 5),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """An engine of the battery, ready to speak."""

    engine: Engine
    voice: Voice
    cache: speak.Cache
    speech: Speech
    """`PLAIN` at both speeds, and `ODD`."""
    is_stand_in: bool
    """True where a stand-in for a program decides the pace, so that it proves nothing."""

    def sound(self, text: str, *, slow: bool = False) -> NDArray[np.float32]:
        return speak.load(self.speech.clips[text, slow])


def _kokoro(folder: Path) -> Engine:
    instruments.put_set(folder, "kokoro", instruments.kokoro_files())
    return Kokoro(Models(folder))


def _piper(folder: Path) -> Engine:
    instruments.put_set(folder, "en_GB-cori-high", instruments.piper_files("en_GB-cori-high"))
    return Piper(Models(folder))


def _flite(folder: Path) -> Engine:
    if not shutil.which("flite"):
        pytest.skip("flite is not installed here; `make setup` installs it where it may")
    return Flite()


def _say(folder: Path) -> Engine:
    if sys.platform == "win32":
        pytest.skip("a stand-in for macOS's say needs a system that runs #! files")
    instruments.put_program(folder, "say", instruments.SAY)
    return MacosSay()


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "flite": _flite,
    "espeak": lambda folder: Espeak(),
    "say": _say,
    "kokoro": _kokoro,
    "piper": _piper,
    "silent": lambda folder: Silent(),
}


@pytest.fixture(scope="module", params=ENGINES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(folder), prepend=":")
        engine = ENGINES[request.param](folder)
        voice = engine.voices()[0]
        cache = speak.Cache(folder / "cache")
        keys = [(text, slow) for text in PLAIN for slow in (False, True)] + [(text, False) for text in ODD.values()]
        speech = speak.say(keys, voice, cache, engine=engine)
        yield Case(engine, voice, cache, speech, is_stand_in=request.param == "say")


def test_is_the_protocol(case: Case) -> None:
    assert isinstance(case.engine, Engine)
    assert case.voice.engine == case.engine.name
    assert case.voice.is_ready
    assert case.voice.note
    assert case.voice.name == f"{case.engine.name}:{case.voice.short}"


def test_every_phrase_has_a_clip_of_exactly_its_length(case: Case) -> None:
    for key, clip in case.speech.clips.items():
        sound = speak.load(clip)
        assert clip.key == key
        assert sound.dtype == np.float32
        assert sound.shape == (clip.length_ms * 48,)
        assert np.isfinite(sound).all()
        assert clip.length_ms > 0
        assert clip.peak == np.abs(sound).max()
        assert len(clip.energies) == -(-clip.length_ms // 100)
        np.testing.assert_allclose(clip.energies, block_energies(sound), rtol=1e-4, atol=1e-12)


def test_is_as_loud_as_every_other_voice_and_never_too_high(case: Case) -> None:
    if case.voice.quality is Quality.REFERENCE:
        assert all(clip.peak == 0 for clip in case.speech.clips.values())
        return
    for clip in case.speech.clips.values():
        assert clip.peak <= 10 ** (-3 / 20) + 1e-4
        if clip.length_ms >= 1000 and clip.path:
            assert integrated_lufs(speak.load(clip)) == pytest.approx(-18.0, abs=0.5), clip.key


def test_is_trimmed_to_the_speech_and_does_not_click(case: Case) -> None:
    if case.voice.quality is Quality.REFERENCE:
        return
    for text in PLAIN:
        sound = np.abs(case.sound(text))
        loud = float(sound.max())
        assert sound[: 48 * 60].max() > 0.005 * loud, "there is silence at the start"
        assert sound[-48 * 100 :].max() > 0.005 * loud, "there is silence at the end"
        assert sound[:12].max() < 0.01 * loud, "the start is not faded in"
        assert sound[-12:].max() < 0.01 * loud, "the end is not faded out"


def test_speaks_at_a_calm_pace(case: Case) -> None:
    """90–110 words a minute, inner pauses included (EVIDENCE), over sentences of every length."""
    if case.is_stand_in:
        return
    speech = speak.say([(text, False) for text in tune.SENTENCES], case.voice, case.cache, engine=case.engine)
    minutes = sum(speech.lengths_ms().values()) / 60_000
    slowest, fastest = CALM_WORDS_PER_MINUTE
    assert slowest <= sum(map(estimate.words, tune.SENTENCES)) / minutes <= fastest


def test_slow_is_plainly_slower(case: Case) -> None:
    lengths = case.speech.lengths_ms()
    ratio = sum(lengths[text, True] for text in PLAIN) / sum(lengths[text, False] for text in PLAIN)
    assert 1.08 <= ratio <= 1.18


def test_lengths_are_known_beforehand_within_a_quarter(case: Case) -> None:
    if case.is_stand_in:
        return
    pace = case.engine.pace(case.voice.short)
    for text in PLAIN:
        for slow in (False, True):
            due = estimate.length_ms(text, pace, slow=slow)
            assert due == pytest.approx(case.speech.clips[text, slow].length_ms, rel=0.25), text


def test_the_same_phrase_is_the_same_sound(case: Case, tmp_path: Path) -> None:
    texts = (PLAIN[0], ODD["numbers"])
    again = speak.say([(text, False) for text in texts], case.voice, speak.Cache(tmp_path), engine=case.engine)
    for text in texts:
        np.testing.assert_array_equal(speak.load(again.clips[text, False]), case.sound(text))


def test_different_phrases_sound_different(case: Case) -> None:
    if case.voice.quality is Quality.REFERENCE:
        assert len({case.speech.clips[text, False].length_ms for text in PLAIN}) > len(PLAIN) // 2
        return
    sounds = {case.sound(text).tobytes() for text in PLAIN}
    assert len(sounds) == len(PLAIN)


def test_odd_text_is_only_ever_words(case: Case) -> None:
    """Mark-up, options and commands in a script neither wait, nor write, nor are obeyed."""
    clips = case.speech.clips
    for name in ("break", "commands", "flag", "control"):
        assert clips[ODD[name], False].length_ms < 20_000, name
    assert not Path("/tmp/evil.wav").exists()  # noqa: S108 (what the text asks for)
    assert not Path("evil").exists()
    assert clips[ODD["very long"], False].length_ms > 10 * clips[ODD["break"], False].length_ms


def test_a_phrase_without_words_is_a_short_silence(case: Case) -> None:
    clip = case.speech.clips[ODD["only emoji"], False]
    assert clip.length_ms <= 200
    assert not speak.load(clip).any()


def test_an_unknown_voice_of_it_is_refused_or_fails_plainly(case: Case, tmp_path: Path) -> None:
    if case.voice.quality is Quality.REFERENCE or case.is_stand_in:
        return
    unknown = Voice(
        engine=case.engine.name, short="nobody", quality=Quality.PLAIN, language="en", is_ready=True, note=""
    )
    with pytest.raises(EngineError):
        speak.say([(PLAIN[0], False)], unknown, speak.Cache(tmp_path), engine=case.engine)
