"""espeak-ng, from the library that comes with Lowtide: it always works, and always sounds like a machine.

The library keeps one state for a whole process and must not be called from two threads, so it lives in workers, one
for each phrase at a time. `child` is what runs there. No system package is used.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from pathlib import Path
from typing import Any

from lowtide.errors import EngineError
from lowtide.speak.by.child import Speak
from lowtide.speak.by.worker import Workers
from lowtide.speak.engine import Pace, Quality, Voice
from lowtide.speak.models import has_library, library_version

RATE_WPM = 80
"""espeak's own speed: its slowest. It counts words without the pauses at commas."""
_GAP, _SLOW_GAP = 1, 4
"""Between words, in hundredths of a second: about 100 words a minute, and 12 % less for `slow`."""
_PITCH = 42
_PITCH_RANGE = 38
"""A little lower and calmer than espeak's 50 and 50."""
_LIKE = {
    "en": ("en-GB", "a British voice, plainly a machine"),
    "en-gb-x-rp": ("en-GB", "a British voice, received pronunciation"),
    "en-gb-scotland": ("en-GB", "a Scottish voice"),
    "en-us": ("en-US", "an American voice"),
}
_PACE = Pace(ms_per_letter=108, ms_per_syllable=99, ms_per_mark=619, ms_per_phrase=195)

# What espeak-ng's header speak_lib.h calls these.
_AUDIO_SYNCHRONOUS, _DONT_EXIT, _OK = 2, 0x8000, 0
_RATE, _PITCH_SETTING, _RANGE_SETTING, _WORD_GAP = 1, 3, 4, 7
_CHARACTERS_UTF8, _BY_CHARACTER = 1, 1


class Espeak:
    """The bundled espeak-ng."""

    name = "espeak"
    lexicon = "espeak"

    def voices(self) -> tuple[Voice, ...]:
        """List its English voices."""
        is_ready = has_library("espeakng_loader")
        return tuple(
            Voice(
                engine=self.name, short=short, quality=Quality.PLAIN, language=language, is_ready=is_ready,
                note=like if is_ready else "Install Lowtide again: its espeakng-loader is missing.",
            )
            for short, (language, like) in _LIKE.items()
        )  # fmt: skip

    def pace(self, voice: str) -> Pace:  # noqa: ARG002 (all of them keep the set speed)
        """Give the measured pace."""
        return _PACE

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 (the voice is in the key already)
        """Name the library's version and the settings."""
        return f"{library_version('espeakng-loader')} {RATE_WPM} {_GAP} {_SLOW_GAP} {_PITCH} {_PITCH_RANGE}"

    def open(self, voice: str, jobs: int) -> Workers:
        """Prepare one worker for each job. Raises `EngineError` where the library is missing."""
        found = _library()
        if found is None:
            raise EngineError("The bundled espeak-ng is missing.", permanent=True)
        library, data = found
        return Workers(__name__, [library, data, voice], jobs)


@cache
def _library() -> tuple[str, str] | None:
    try:
        import espeakng_loader
    except ImportError:
        return None
    library, data = espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    return (library, data) if Path(library).exists() else None


def child(library: str, data: str, voice: str) -> Speak:
    """Give what speaks with the library; runs in a worker."""
    pieces: list[bytes] = []

    def collect(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            pieces.append(ctypes.string_at(samples, 2 * count))
        return 0

    receive = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(collect)

    def speak(text: str, slow: bool) -> tuple[int, str, bytes]:
        # What it has said before changes how it says the next phrase, and nothing that it offers makes it forget, so
        # the library is loaded afresh for each phrase: 5 ms.
        espeak = ctypes.CDLL(library)
        try:
            rate_hz = _start(espeak, data, voice, _SLOW_GAP if slow else _GAP)
            espeak.espeak_SetSynthCallback(receive)
            pieces.clear()
            _synthesise(espeak, text.encode() + b"\0")
        finally:
            _unload(espeak)
        return rate_hz, "<i2", b"".join(pieces)

    return speak


def _start(espeak: ctypes.CDLL, data: str, voice: str, gap: int) -> int:
    rate_hz = int(espeak.espeak_Initialize(_AUDIO_SYNCHRONOUS, 0, data.encode(), _DONT_EXIT))
    if rate_hz <= 0 or espeak.espeak_SetVoiceByName(voice.encode()) != _OK:
        raise EngineError(f"espeak-ng does not start with the voice {voice}.", permanent=True)
    settings = ((_RATE, RATE_WPM), (_PITCH_SETTING, _PITCH), (_RANGE_SETTING, _PITCH_RANGE), (_WORD_GAP, gap))
    for setting, value in settings:
        espeak.espeak_SetParameter(setting, value, 0)
    return rate_hz


def _synthesise(espeak: ctypes.CDLL, said: bytes) -> None:
    espeak.espeak_Synth.argtypes = [
        ctypes.c_void_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p,
        ctypes.c_void_p,
    ]  # fmt: skip
    if espeak.espeak_Synth(said, len(said), 0, _BY_CHARACTER, 0, _CHARACTERS_UTF8, None, None) != _OK:
        raise EngineError("espeak-ng could not speak a phrase.", permanent=False)
    espeak.espeak_Synchronize()


def _unload(library: ctypes.CDLL) -> None:
    handle = ctypes.c_void_p(library._handle)
    library.espeak_Terminate()
    if sys.platform == "win32":
        ctypes.windll.kernel32.FreeLibrary(handle)
    else:
        ctypes.CDLL(None).dlclose(handle)
