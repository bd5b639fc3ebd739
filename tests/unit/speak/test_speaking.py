"""Phrases are spoken once, side by side; whatever an engine does, the caller gets speech or an `EngineError`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import instruments
from lowtide import speak
from lowtide.errors import EngineError, UserError
from lowtide.speak.by.espeak import Espeak
from lowtide.speak.by.flite import Flite
from lowtide.speak.by.kokoro import Kokoro
from lowtide.speak.by.piper import Piper
from lowtide.speak.by.worker import Workers
from lowtide.speak.engine import Mouth, Pace, Quality, Raw, Voice
from lowtide.speak.estimate import CALM
from lowtide.speak.models import Models

TESTS = Path(__file__).parents[2]
VOICE = Voice(engine="hum", short="low", quality=Quality.PLAIN, language="en", is_ready=True, note="for tests")


class Hum:
    """An engine that hums for the right time, and counts; `act` may do anything else first."""

    name = "hum"
    lexicon = ""

    def __init__(self, act: Callable[[str], None] = lambda text: None) -> None:
        self.act = act
        self.said: list[tuple[str, bool]] = []
        self.closed = 0
        self.version = "1"

    def voices(self) -> tuple[Voice, ...]:
        return (VOICE,)

    def pace(self, voice: str) -> Pace:
        return CALM

    def fingerprint(self, voice: str) -> str:
        return self.version

    def open(self, voice: str, jobs: int) -> Mouth:
        return self

    def speak(self, text: str, *, slow: bool, timeout_s: float) -> Raw:
        self.said.append((text, slow))
        self.act(text)
        angle = np.arange(len(text) * 2400, dtype=np.float32) / 20
        return Raw(samples=np.asarray(np.sin(angle) / 3, dtype=np.float32), rate_hz=16_000)

    def close(self) -> None:
        self.closed += 1


def test_a_phrase_is_spoken_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    hum, cache = Hum(), speak.Cache(tmp_path)
    speech = speak.say([("Rest here.", False), ("Rest here…", False), ("Rest here.", False)], VOICE, cache, engine=hum)
    assert hum.said == [("Rest here.", False)]
    assert set(speech.clips) == {("Rest here.", False), ("Rest here…", False)}
    again = speak.say([("Rest here.", False)], VOICE, cache, engine=hum)
    assert hum.said == [("Rest here.", False)]
    assert again.clips["Rest here.", False] == speech.clips["Rest here.", False]


def test_slow_another_voice_or_another_version_is_another_clip(tmp_path: Path) -> None:
    hum, cache = Hum(), speak.Cache(tmp_path)
    for key, voice in [
        (("Rest.", False), VOICE),
        (("Rest.", True), VOICE),
        (("Rest.", False), replace(VOICE, short="high")),
    ]:
        speak.say([key], voice, cache, engine=hum)
    hum.version = "2"
    speak.say([("Rest.", False)], VOICE, cache, engine=hum)
    assert len(hum.said) == 4


def test_phrases_are_spoken_side_by_side(tmp_path: Path) -> None:
    """Two jobs wait for each other: alone, neither would ever end."""
    meet = threading.Barrier(2, timeout=30)
    hum = Hum(lambda text: void(meet.wait()))
    speech = speak.say([("One here.", False), ("Two here.", False)], VOICE, speak.Cache(tmp_path), jobs=2, engine=hum)
    assert len(speech.clips) == 2


def void(_: object) -> None:
    return


def test_progress_counts_what_is_known_and_what_is_spoken(tmp_path: Path) -> None:
    cache, told = speak.Cache(tmp_path), list[tuple[int, int]]()
    speak.say([("One here.", False)], VOICE, cache, engine=Hum())
    keys = [("One here.", False), ("Two here.", False), ("Three here.", False)]
    speak.say(keys, VOICE, cache, jobs=1, progress=lambda done, whole: told.append((done, whole)), engine=Hum())
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_ctrl_c_while_progress_is_shown_closes_everything(tmp_path: Path) -> None:
    def interrupted(done: int, whole: int) -> None:
        if done:
            raise KeyboardInterrupt

    hum = Hum()
    keys = [(f"Phrase {n} here.", False) for n in range(20)]
    with pytest.raises(KeyboardInterrupt):
        speak.say(keys, VOICE, speak.Cache(tmp_path), jobs=1, progress=interrupted, engine=hum)
    assert hum.closed == 1
    assert len(hum.said) < len(keys)


def test_nothing_to_say_is_fine(tmp_path: Path) -> None:
    hum = Hum()
    assert speak.say([], VOICE, speak.Cache(tmp_path), engine=hum).clips == {}
    assert not hum.said


def test_what_failed_once_is_tried_again(tmp_path: Path) -> None:
    def stumble(text: str) -> None:
        if len(hum.said) == 1:
            raise EngineError("stumbled", permanent=False)

    hum = Hum(stumble)
    assert speak.say([("Rest here.", False)], VOICE, speak.Cache(tmp_path), engine=hum).clips


@pytest.mark.parametrize("permanent", [True, False])
def test_what_keeps_failing_is_told_and_everything_is_closed(tmp_path: Path, permanent: bool) -> None:
    def fail(text: str) -> None:
        raise EngineError("out of breath", permanent=permanent)

    hum = Hum(fail)
    with pytest.raises(EngineError, match="out of breath") as caught:
        speak.say([("Rest here.", False)], VOICE, speak.Cache(tmp_path), engine=hum)
    assert caught.value.permanent is permanent
    assert len(hum.said) == (1 if permanent else 2)
    assert hum.closed == 1


def test_what_was_spoken_before_a_failure_is_kept(tmp_path: Path) -> None:
    def fail(text: str) -> None:
        if text == "Bad.":
            raise EngineError("no", permanent=True)

    cache, hum = speak.Cache(tmp_path), Hum(fail)
    with pytest.raises(EngineError):
        speak.say([("Longer, and first.", False), ("Bad.", False)], VOICE, cache, jobs=1, engine=hum)
    speak.say([("Longer, and first.", False)], VOICE, cache, engine=hum)
    assert hum.said.count(("Longer, and first.", False)) == 1


def test_a_damaged_clip_is_spoken_again(tmp_path: Path) -> None:
    hum, cache = Hum(), speak.Cache(tmp_path)
    clip = speak.say([("Rest here.", False)], VOICE, cache, engine=hum).clips["Rest here.", False]
    Path(clip.path).write_bytes(b"damaged")
    with pytest.raises(EngineError) as caught:
        speak.load(clip)
    assert not caught.value.permanent
    again = speak.say([("Rest here.", False)], VOICE, cache, engine=hum).clips["Rest here.", False]
    assert len(hum.said) == 2
    assert len(speak.load(again)) == 48 * again.length_ms


BROKEN = {
    "dies": "import os; os.abort()",
    "fails": "import sys; sys.exit('flite: no such thing')",
    "hangs": "import time; time.sleep(600)",
    "writes nothing": "pass",
    "writes an empty file": "open(out, 'w').close()",
    "writes text": "open(out, 'w').write('not sound at all' * 99)",
    "writes half a header": "open(out, 'wb').write(b'RIFF\\x10')",
    "writes silence": "wav([0] * 48000)",
    "writes no samples": "wav([])",
    "writes noise for minutes": "wav([9000, -9000] * 2000000)",
    "claims a rate of 1 Hz": "wav([9000, -9000] * 8000, 1)",
    "writes a click": "wav([9000, -9000] * 80)",
    "makes a pipe": "import os; os.mkfifo(out)",
    "complains without end": "while True: sys.stderr.write('!' * 65536)",
}
"""What a broken flite does when it is asked to speak."""

FLITE = """
import sys, wave, struct
if "-lv" in sys.argv:
    print("Voices available: rms slt"); sys.exit()
out = sys.argv[sys.argv.index("-o") + 1]
def wav(samples, rate=16000):
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
"""


@pytest.mark.parametrize("deed", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_program_is_an_engine_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    instruments.put_program(tmp_path, "flite", FLITE + deed)
    monkeypatch.setenv("PATH", str(tmp_path))
    flite = Flite()
    cache = speak.Cache(tmp_path / "cache")
    with pytest.raises(EngineError):
        speak.say([("In.", False)], flite.voices()[0], cache, timeout_s=0.2, engine=flite)
    assert not list((tmp_path / "cache").rglob("*.clip"))


@pytest.mark.parametrize(
    "deed",
    ["sys.stdout.buffer.write(b'\\xff\\xfe' * 9)", "import os; os.fork(); time.sleep(600)", "while True: print(':')"],
)
def test_a_flite_that_can_not_tell_its_voices_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    instruments.put_program(tmp_path, "flite", f"import sys, time\n{deed}")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("lowtide.speak.by.flite._LIST_SECONDS", 0.5)
    assert not any(voice.is_ready for voice in Flite().voices())


def test_no_flite_is_not_ready_and_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for voice in Flite().voices():
        assert not voice.is_ready
        assert "apt install flite" in voice.note
        with pytest.raises(EngineError, match="apt install flite") as caught:
            speak.say([("Rest.", False)], voice, speak.Cache(tmp_path), engine=Flite())
        assert caught.value.permanent
    with pytest.raises(EngineError, match="apt install flite"):
        Flite().open("rms", 1)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Workers]:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    return lambda mood: Workers("faulty_voice", [mood], 1)


@pytest.mark.parametrize("deed", ["crash", "hang", "raise", "nonsense"])
def test_a_library_that_misbehaves_is_an_engine_error_and_speaks_again(
    workers: Callable[[str], Workers], deed: str
) -> None:
    mouth = workers("well")
    try:
        with pytest.raises(EngineError) as caught:
            mouth.speak(deed, slow=False, timeout_s=1.5)
        assert caught.value.permanent is (deed == "hang"), "a hang would only be waited for again"
        assert len(mouth.speak("well", slow=False, timeout_s=30).samples) == 16_000
    finally:
        mouth.close()


def test_a_library_that_prints_does_not_disturb(workers: Callable[[str], Workers]) -> None:
    mouth = workers("well")
    raw = mouth.speak("chatter", slow=False, timeout_s=30)
    mouth.close()
    assert raw.rate_hz == 16_000
    assert raw.samples[0] == 0.5


def test_a_library_that_does_not_start_says_why(workers: Callable[[str], Workers]) -> None:
    mouth = workers("crash at start")
    with pytest.raises(EngineError, match="no such model"):
        mouth.speak("well", slow=False, timeout_s=30)
    mouth.close()


def test_a_damaged_model_is_an_engine_error(tmp_path: Path) -> None:
    instruments.put_set(tmp_path, "kokoro", {"kokoro-v1.0.onnx": b"not a model", "voices-v1.0.bin": b"no voices"})
    kokoro = Kokoro(Models(tmp_path))
    with pytest.raises(EngineError):
        speak.say([("Rest.", False)], kokoro.voices()[0], speak.Cache(tmp_path / "cache"), engine=kokoro)


def test_kokoro_speaks_from_newer_models_too(tmp_path: Path) -> None:
    """Newer exports call the tokens `input_ids`; the British voices read British sounds."""
    instruments.put_set(tmp_path, "kokoro-int8", instruments.kokoro_files(tokens="input_ids"))
    kokoro, keys = Kokoro(Models(tmp_path)), [("Rest your calves.", False)]
    american, british = (voice for voice in kokoro.voices() if voice.short in {"af_heart", "bf_emma"})
    cache = speak.Cache(tmp_path / "cache")
    sounds = [speak.load(speak.say(keys, voice, cache, engine=kokoro).clips[keys[0]]) for voice in (american, british)]
    assert not np.array_equal(sounds[0], sounds[1])


def test_a_natural_voice_that_is_not_installed_says_how_to_get_it(tmp_path: Path) -> None:
    for engine in (Kokoro(Models(tmp_path)), Piper(Models(tmp_path))):
        for voice in engine.voices():
            with pytest.raises(EngineError, match="lowtide voices install") as caught:
                speak.say([("Rest.", False)], voice, speak.Cache(tmp_path / "cache"), engine=engine)
            assert caught.value.permanent
            with pytest.raises(EngineError, match="lowtide voices install"):
                engine.open(voice.short, 1)


def test_espeak_without_its_voice_is_a_permanent_error(tmp_path: Path) -> None:
    unknown = replace(Espeak().voices()[0], short="nobody")
    with pytest.raises(EngineError, match="nobody") as caught:
        speak.say([("Rest.", False)], unknown, speak.Cache(tmp_path), engine=Espeak())
    assert caught.value.permanent


SPEAK_FOREVER = """
import sys
from lowtide import speak
flite = next(engine for engine in speak.engines() if engine.name == "flite")
keys = [(f"Phrase number {n}.", False) for n in range(50)]
speak.say(keys, flite.voices()[0], speak.Cache(sys.argv[1]), jobs=2, engine=flite)
"""


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal")
def test_ctrl_c_ends_at_once_with_everything_that_was_started(tmp_path: Path) -> None:
    """Each phrase would take ten minutes; when the command has ended, no program that it started is left."""
    running = tmp_path / "running"
    running.mkdir()
    deed = f"import os, time; open(os.path.join({str(running)!r}, str(os.getpid())), 'w').close(); time.sleep(600)"
    instruments.put_program(tmp_path, "flite", FLITE + deed)
    command = [sys.executable, "-c", SPEAK_FOREVER, str(tmp_path / "cache")]
    environment = os.environ | {"PATH": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        while len(list(running.iterdir())) < 2:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert b"KeyboardInterrupt" in told
    for path in running.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)
    assert len(list(running.iterdir())) == 2, "no further phrase was begun"


def test_voices_are_listed_best_first_and_silent_is_never_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instruments.put_set(tmp_path, "kokoro", instruments.kokoro_files())
    instruments.put_program(tmp_path, "flite", FLITE)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOWTIDE_VOICES", str(tmp_path))
    speak.engines.cache_clear()
    try:
        ready = [voice.engine for voice in speak.voices() if voice.is_ready]
        assert list(dict.fromkeys(ready)) == ["kokoro", "flite", "espeak", "silent"]
        assert [voice.engine for voice in speak.candidates()] == ["kokoro", "flite", "espeak"]
        assert speak.candidates(speak.find("silent"))[0].name == "silent:calm"
        wished = speak.candidates(speak.find("flite:slt"))
        assert [voice.name for voice in wished][:2] == ["flite:slt", "kokoro:af_heart"]
        assert not any(voice.is_ready for voice in speak.voices() if voice.engine == "piper")
    finally:
        speak.engines.cache_clear()


@pytest.mark.parametrize(
    ("asked", "found"),
    [("espeak", "espeak:en"), ("espeak:en-us", "espeak:en-us"), ("ESPEAK", "espeak:en"), (" silent ", "silent:calm")],
)
def test_a_voice_is_found_by_its_name_or_its_engine(asked: str, found: str) -> None:
    assert speak.find(asked).name == found


def test_a_voice_that_could_be_installed_is_found_and_says_how() -> None:
    voice = speak.find("piper:en_GB-alba-medium")
    assert voice.is_ready or "lowtide voices install" in voice.note


@pytest.mark.parametrize("asked", ["nobody", "", "espeak:klingon", "flit", "kokoro:nobody", "piper:nobody"])
def test_an_unknown_voice_says_what_there_is(asked: str) -> None:
    with pytest.raises(UserError, match="espeak:en"):
        speak.find(asked)


def test_importing_loads_nothing_heavy() -> None:
    """Imports are latency: sound libraries wait until there is sound."""
    code = "import sys, json, lowtide.speak; lowtide.speak.voices(); print(json.dumps(sorted(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"numpy", "onnxruntime", "kokoro_onnx", "piper", "soundfile", "soxr", "urllib.request", "platformdirs"}
    assert not heavy & set(json.loads(told))
