"""Which voices there are on this machine, best first, and which one a name means. Called by pipeline and CLI."""

from __future__ import annotations

from functools import cache

from lowtide.errors import UserError
from lowtide.model.speech import ClipKey
from lowtide.speak import estimate, lexicon
from lowtide.speak.engine import Engine, Quality, Voice


@cache
def engines() -> tuple[Engine, ...]:
    """Give every engine, the better-sounding first."""
    from lowtide.speak.by.espeak import Espeak
    from lowtide.speak.by.flite import Flite
    from lowtide.speak.by.kokoro import Kokoro
    from lowtide.speak.by.macos_say import MacosSay
    from lowtide.speak.by.piper import Piper
    from lowtide.speak.by.silent import Silent

    return (Kokoro(), Piper(), MacosSay(), Flite(), Espeak(), Silent())


def voices() -> tuple[Voice, ...]:
    """List every voice, best first: natural ones that are ready, plain ones, `silent`; then what could be installed."""
    listed = [voice for engine in engines() for voice in engine.voices()]
    return tuple(sorted(listed, key=lambda voice: (not voice.is_ready, voice.quality)))


def candidates(wished: Voice | None = None) -> tuple[Voice, ...]:
    """Give the voices to try in turn: the wished one, then the best ready one of every other engine; never `silent`."""
    first: dict[str, Voice] = {wished.engine: wished} if wished else {}
    for voice in voices():
        if voice.is_ready and voice.quality is not Quality.REFERENCE:
            first.setdefault(voice.engine, voice)
    return tuple(first.values())


def find(name: str) -> Voice:
    """Find a voice by its name (`flite:slt`, `kokoro:af_heart`) or its engine's (`flite`), ready or not.

    Raises `UserError` that says what there is.
    """
    asked = name.strip()
    listed = voices()
    for voice in listed:
        if asked.lower() in {voice.name.lower(), voice.engine} or asked.lower() == voice.short.lower():
            return voice
    import difflib

    near = difflib.get_close_matches(asked, [voice.name for voice in listed], n=1, cutoff=0.6)
    known = ", ".join(voice.name for voice in listed if voice.is_ready)
    hint = f"Perhaps {near[0]}? Ready here: {known}." if near else f"Ready here: {known}."
    raise UserError(f"There is no voice '{asked}'.", hint=hint)


def engine_of(voice: Voice) -> Engine:
    """Give the engine that a voice belongs to."""
    return next(engine for engine in engines() if engine.name == voice.engine)


def estimate_ms(voice: Voice, key: ClipKey) -> int:
    """Estimate how long a voice takes for a phrase, in milliseconds, without speaking; the same every time."""
    engine = engine_of(voice)
    spoken, slow = key
    return estimate.length_ms(lexicon.clean(spoken), engine.pace(voice.short), slow=slow)
