"""macOS `say`: the system's own voices, which can be very good where an enhanced or premium one was downloaded.

The text goes in by file. `say` understands commands in double square brackets, which `lexicon.clean` never lets
through.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

from lowtide.errors import EngineError
from lowtide.speak.by.program import Programs, read_wav, version_of
from lowtide.speak.engine import SLOW_FACTOR, Pace, Quality, Raw, Voice
from lowtide.speak.estimate import CALM

RATE_WPM = 110
"""What `say -r` is given. It counts words without the pauses at commas, which bring it down to about 100."""
_FORMAT = "--data-format=LEI16@22050"
_LIST_SECONDS = 10.0
_ROW = re.compile(r"^(?P<name>\S.*?)\s+(?P<language>[a-z]{2,3}[_-]\w+)\s+#")
_PREFERRED = ("Ava", "Zoe", "Serena", "Samantha", "Kate", "Karen", "Moira", "Daniel")
"""Calm voices of recent systems, best first; any other English voice comes after them."""
_PACE = CALM


class MacosSay:
    """The `say` program on the PATH."""

    name = "say"
    lexicon = ""

    def voices(self) -> tuple[Voice, ...]:
        """List the English voices of this system; none where there is no `say`."""
        program = shutil.which("say")
        rows = _rows(program) if program else ()
        return tuple(
            Voice(
                engine=self.name, short=name, quality=Quality.PLAIN, language=language, is_ready=True,
                note="a voice of this system",
            )
            for name, language in sorted(rows, key=_preference)
        )  # fmt: skip

    def pace(self, voice: str) -> Pace:  # noqa: ARG002 (`say` keeps the rate with every voice)
        """Give the pace that the rate stands for."""
        return _PACE

    def fingerprint(self, voice: str) -> str:
        """Name the program's build and the rate."""
        return f"{version_of('say')} {voice} {RATE_WPM}"

    def open(self, voice: str, jobs: int) -> SayMouth:  # noqa: ARG002 (each phrase is a process of its own)
        """Find the program. Raises `EngineError` where it is not there."""
        program = shutil.which("say")
        if not program:
            raise EngineError("There is no 'say' program on this system.", permanent=True)
        return SayMouth(program, voice)


class SayMouth:
    """One run of `say` for each phrase."""

    def __init__(self, program: str, voice: str) -> None:
        self._program = program
        self._voice = voice
        self._programs = Programs()

    def speak(self, text: str, *, slow: bool, timeout_s: float) -> Raw:
        """See `Mouth.speak`."""
        import tempfile

        rate = round(RATE_WPM / (SLOW_FACTOR if slow else 1.0))
        with tempfile.TemporaryDirectory(prefix="lowtide-") as folder:
            said, sound = Path(folder, "said.txt"), Path(folder, "sound.wav")
            said.write_text(text + "\n", "utf-8")
            command = [self._program, "-v", self._voice, "-r", str(rate), _FORMAT]
            self._programs.run([*command, "-o", str(sound), "-f", str(said)], timeout_s=timeout_s)
            return read_wav(sound)

    def close(self) -> None:
        """See `Mouth.close`."""
        self._programs.close()


@cache
def _rows(program: str) -> tuple[tuple[str, str], ...]:
    import subprocess

    try:
        told = subprocess.run([program, "-v", "?"], capture_output=True, timeout=_LIST_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = (_ROW.match(line) for line in told.stdout.decode("utf-8", "replace").splitlines())
    rows = [(row["name"], row["language"].replace("_", "-")) for row in found if row]
    return tuple((name, language) for name, language in rows if language.startswith("en"))


def _preference(row: tuple[str, str]) -> tuple[int, int, str]:
    name, _ = row
    better = 0 if "(Premium)" in name else 1 if "(Enhanced)" in name else 2
    first = name.split()[0]
    return (better, _PREFERRED.index(first) if first in _PREFERRED else len(_PREFERRED), name)
