"""Flite: a small voice program that most systems can install.

The text goes in by file. Flite takes an unknown voice name for its worst voice and an empty text for an empty file,
both without complaint, so the voices are asked for first.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lowtide.errors import EngineError
from lowtide.speak.by.program import Programs, read_wav, told_by, version_of
from lowtide.speak.engine import SLOW_FACTOR, Pace, Quality, Raw, Voice
from lowtide.speak.estimate import CALM

NOTE = "Install the 'flite' package of your system (Debian: apt install flite)."
_LIST_SECONDS = 5.0
_LIKE = {
    "rms": ("en-US", "an American man, the best understood"),
    "slt": ("en-US", "an American woman"),
    "awb": ("en-GB", "a Scottish man"),
    "kal16": ("en-US", "an American man, robotic"),
    "kal": ("en-US", "an American man, as on a telephone"),
}
"""In order of preference: at a calm pace a speech recogniser understands 84 % of the words of `rms`, under 65 % of
`slt` (pocketsphinx on `tune.SENTENCES`). `awb_time` can only tell the time."""
_STRETCH = {"rms": 1.7, "slt": 2.0, "awb": 1.95, "kal16": 2.2, "kal": 2.1}
"""Flite's `duration_stretch` for about 100 words a minute on `tune.SENTENCES`, measured with flite 2.2. Words that
are drawn out further are understood worse: `rms` falls from 92 % at 1 to 84 % here and 75 % at 2."""
_PACES = {
    "rms": Pace(ms_per_letter=94, ms_per_syllable=89, ms_per_mark=667, ms_per_phrase=333),
    "slt": Pace(ms_per_letter=89, ms_per_syllable=104, ms_per_mark=672, ms_per_phrase=331),
    "awb": Pace(ms_per_letter=106, ms_per_syllable=59, ms_per_mark=680, ms_per_phrase=255),
    "kal16": Pace(ms_per_letter=84, ms_per_syllable=133, ms_per_mark=901, ms_per_phrase=101),
    "kal": Pace(ms_per_letter=82, ms_per_syllable=130, ms_per_mark=960, ms_per_phrase=170),
}


class Flite:
    """The `flite` program on the PATH."""

    name = "flite"
    lexicon = "flite"

    def voices(self) -> tuple[Voice, ...]:
        """List the voices that this flite was built with, or the best one and how to get it."""
        there = _built_in()
        ready = [short for short in _LIKE if short in there]
        return tuple(
            Voice(
                engine=self.name, short=short, quality=Quality.PLAIN, language=_LIKE[short][0],
                is_ready=short in there, note=_LIKE[short][1] if short in there else NOTE,
            )
            for short in ready or _LIKE
        )  # fmt: skip

    def pace(self, voice: str) -> Pace:
        """Give the measured pace."""
        return _PACES.get(voice, CALM)

    def fingerprint(self, voice: str) -> str:
        """Name the program's build and the stretch."""
        return f"{version_of('flite')} {_STRETCH.get(voice)}"

    def open(self, voice: str, jobs: int) -> FliteMouth:  # noqa: ARG002 (each phrase is a process of its own)
        """Find the program. Raises `EngineError` where it is not there."""
        program = shutil.which("flite")
        if not program:
            raise EngineError(f"flite is not installed. {NOTE}", permanent=True)
        if voice not in _built_in(is_fresh=True):
            raise EngineError(f"This flite was built without the voice {voice}.", permanent=True)
        return FliteMouth(program, voice)


class FliteMouth:
    """One run of flite for each phrase."""

    def __init__(self, program: str, voice: str) -> None:
        self._program = program
        self._voice = voice
        self._programs = Programs()

    def speak(self, text: str, *, slow: bool, timeout_s: float) -> Raw:
        """See `Mouth.speak`."""
        import tempfile

        stretch = _STRETCH[self._voice] * (SLOW_FACTOR if slow else 1.0)
        with tempfile.TemporaryDirectory(prefix="lowtide-") as folder:
            said, sound = Path(folder, "said.txt"), Path(folder, "sound.wav")
            said.write_text(text + "\n", "utf-8")
            command = [self._program, "-voice", self._voice, "--setf", f"duration_stretch={stretch:.4f}"]
            self._programs.run([*command, "-f", str(said), "-o", str(sound)], timeout_s=timeout_s)
            return read_wav(sound)

    def close(self) -> None:
        """See `Mouth.close`."""
        self._programs.close()


def _built_in(*, is_fresh: bool = False) -> frozenset[str]:
    return frozenset(told_by("flite", "-lv", timeout_s=_LIST_SECONDS, is_fresh=is_fresh).partition(":")[2].split())
