"""Made-up speech for tests of the mix: pulses through a throat at −18 LUFS."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from factories import say, timeline
from lowtide.mix import Mixer
from lowtide.model.audio import Sound
from lowtide.model.loudness import block_energies, gated_lufs
from lowtide.model.speech import Clip, Speech
from lowtide.model.time import SAMPLES_PER_MS
from lowtide.model.timeline import Event, Happening, Timeline


@cache
def talk(length_ms: int, name: str = "") -> NDArray[np.float32]:
    """Talk for so long: 4 syllables a second, a pitch that wanders, three formants, −18 LUFS."""
    rng = np.random.default_rng([length_ms, *name.encode()])
    frames = length_ms * SAMPLES_PER_MS
    time = np.arange(frames) / 48_000
    pitch = 125 * (1 + 0.12 * np.sin(2 * np.pi * 0.7 * time + rng.uniform(0, 6)))
    pulses = np.diff(np.floor(np.cumsum(pitch) / 48_000), prepend=0) * rng.uniform(0.5, 1.1, frames)
    pulses += 0.012 * rng.standard_normal(frames)
    hz = np.fft.rfftfreq(2 * frames, 1 / 48_000)
    throat = sum(
        level / (1 - (hz / peak) ** 2 + 0.25j * hz / peak) for peak, level in ((550, 1), (1500, 0.5), (2600, 0.3))
    )
    sound = np.fft.irfft(np.fft.rfft(pulses, 2 * frames) * throat * (hz > 80), 2 * frames)[:frames]
    syllables = 0.35 + 0.65 * rng.random(length_ms // 250 + 1)[(time * 4).astype(int)]
    sound *= syllables * np.abs(np.sin(np.pi * 4 * time)) ** 1.5
    sound *= np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
    top = 4.4 * (sound.std() or 1.0)
    sound = top * np.tanh(sound / top)
    level = gated_lufs(block_energies(sound))
    sound *= 10 ** ((-18 - level) / 20) if np.isfinite(level) else 0
    talked: NDArray[np.float32] = sound.astype(np.float32)
    talked.setflags(write=False)
    return talked


def clip(event: Event) -> Clip:
    """The clip of a `say` event."""
    sound = talk(event.for_ms, event.spoken)
    return Clip(
        key=event.key, length_ms=event.for_ms, energies=tuple(block_energies(sound)), peak=float(np.abs(sound).max()),
        path="",
    )  # fmt: skip


def speech(session: Timeline) -> Speech:
    """All that a timeline says."""
    return Speech(voice="test:talk", clips={event.key: clip(event) for event in session.of(Happening.SAY)})


def load(wanted: Clip) -> NDArray[np.float32]:
    """Stand in for `speak.load`."""
    return talk(wanted.length_ms, wanted.key[0])


def mixer(session: Timeline, sound: Sound | None = None) -> Mixer:
    """Mix a timeline whose words are talked."""
    return Mixer(session, speech(session), sound or Sound(), load)


def whole(made: Mixer) -> NDArray[np.float32]:
    """Render it all at once."""
    return made.render(0, made.frames)


def breaths(at_ms: int, times: int, *, in_ms: int = 4_000, hold_ms: int = 0, out_ms: int = 6_000) -> tuple[Event, ...]:
    """Pace some breaths, one after the other."""
    length = in_ms + hold_ms + out_ms
    return tuple(
        Event(
            kind=Happening.BREATHE, at_ms=at_ms + i * length, for_ms=length, in_ms=in_ms, hold_ms=hold_ms, out_ms=out_ms
        )
        for i in range(times)
    )


def bell(at_ms: int) -> Event:
    """Strike a bowl."""
    return Event(kind=Happening.BELL, at_ms=at_ms, for_ms=0)


def talked_session(minutes: float = 3.0, *, share: float = 0.4, **changes: object) -> Timeline:
    """A session with phrases of two to six seconds between silences of all lengths, and a bell at its start."""
    duration_ms = int(minutes * 60_000)
    rng = np.random.default_rng(7)
    events: list[Event] = [bell(600)]
    at = 9_000
    while at < duration_ms - 22_000:
        length = 100 * int(rng.integers(20, 60)) + int(rng.integers(0, 100))
        events.append(say(at, length, f"words {at}"))
        at += length + int(length * (1 / share - 1) * rng.uniform(0.2, 1.8))
    return timeline(tuple(events), duration_ms=duration_ms, settle_ms=6_000, close_ms=10_000, **changes)
