"""What a voice engine is: text in, raw sound out. Implemented by each file of `by`; called by `speaking`.

Law: an engine only speaks. Trimming, levelling, resampling, caching and the lexicon are done for all of them alike, so
that a new voice is one file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Quality(IntEnum):
    """How a voice sounds: the smaller is preferred."""

    NATURAL = 0
    """A neural voice that people like to listen to for an hour."""
    PLAIN = 1
    """Clear and calm, but plainly a machine."""
    REFERENCE = 2
    """Lengths without sound, for tests and previews; never chosen by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice that can be asked for by name."""

    engine: str
    """The engine's name: `flite`."""
    short: str
    """The voice's name inside its engine: `slt`."""
    quality: Quality
    language: str
    """BCP 47, such as `en-GB`."""
    is_ready: bool
    """True where it can speak on this machine now."""
    note: str
    """How to get it where it is not ready; else what it is like, in a few words."""

    @property
    def name(self) -> str:
        """What a person types: `flite:slt`."""
        return f"{self.engine}:{self.short}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What turns the length of a text into the length of its speech, measured once for each voice (`estimate`)."""

    ms_per_letter: float
    """Consonants take time as well: `strengths` has one syllable."""
    ms_per_syllable: float
    ms_per_mark: float
    """What a comma, colon or dash inside the phrase adds."""
    ms_per_phrase: float
    """What any phrase has besides: the drawn-out last syllable, less what is trimmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Sound as an engine gives it."""

    samples: NDArray[np.float32]
    """Mono, shape (frames,), nominally within ±1."""
    rate_hz: int


class Mouth(Protocol):
    """An engine that is ready to speak with one voice. It may be asked from many threads at once."""

    def speak(self, text: str, *, slow: bool, timeout_s: float) -> Raw:
        """Speak cleaned text (see `lexicon.prepare`) at the calm pace, or the slow one.

        Raises `EngineError` when the engine dies, is not done in time, or gives no sound; it never hangs.
        """
        ...

    def close(self) -> None:
        """End at once whatever is still being spoken, in whichever thread, and free everything."""
        ...


@runtime_checkable
class Engine(Protocol):
    """A way to speak. To add one:

    1. Write `by/NAME.py` with a class that has the members below. Heavy imports stand inside the functions that
       need them. What can crash or hang lives in another process: `program.run` for a command line program,
       `worker.Worker` for a library.
    2. Set the pace in it so that plain sentences come out at 90–110 words a minute, pauses at commas included, and
       12 % slower for `slow` (EVIDENCE: voice). `python -m lowtide.speak.tune NAME:VOICE` measures the words a
       minute and prints the `Pace` to write down.
    3. Add it to `registry.engines`. If it reads words by other rules than the engines that are there, give it a column
       in `lexicon.toml`.
    4. Add one line to `tests/contract/test_voices.py`: the battery says what is still missing.
    5. If it needs model files, describe them in `models.json`; `lowtide voices install` then knows them.
    """  # noqa: D400

    name: str
    """What stands before the colon in a voice's name."""
    lexicon: str
    """Which column of `lexicon.toml` respells words for it; empty for none."""

    def voices(self) -> tuple[Voice, ...]:
        """List its voices, best first, whether they are ready or not; none where it can not exist on this system."""
        ...

    def pace(self, voice: str) -> Pace:
        """Give the measured pace of a voice."""
        ...

    def fingerprint(self, voice: str) -> str:
        """Name all that the sound depends on besides text and voice: versions, model checksums, pace settings."""
        ...

    def open(self, voice: str, jobs: int) -> Mouth:
        """Get ready to speak with up to `jobs` phrases at once. Raises `EngineError` when that is not possible."""
        ...


CALM_WORDS_PER_MINUTE = (90.0, 110.0)
"""The speech itself, inner pauses included. EVIDENCE, voice: measured on open meditation scripts."""
SLOW_FACTOR = 1.12
"""`[slow]` lengthens speech by this much: still understood as speech, plainly slower (chosen by ear)."""
