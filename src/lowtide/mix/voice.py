"""Clips in, a voice in a small room out: what a stretch of the session holds of speech.

Called by `mixer`. Law: the room is put on each clip as a whole when it is loaded, so a sample depends on the clip and
the place alone. Clips are loaded when they are needed and a few are kept: memory does not grow with the session.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.duck import SOFT_DB
from lowtide.mix.grain import CELL, Stereo
from lowtide.model.speech import Clip, ClipKey, Speech
from lowtide.model.time import SAMPLES_PER_MS
from lowtide.model.timeline import Happening, Timeline

Load = Callable[[Clip], "NDArray[np.float32]"]
"""Gives a clip's sound: mono float32 at 48 kHz."""

EARLY = (((11.3, 0.16), (19.1, -0.11), (29.9, 0.08)), ((12.7, -0.16), (21.7, 0.11), (33.1, -0.08)))
"""First reflections left and right, (ms, gain): walls two to five metres away. Opposite signs, so that they widen the
voice and neither colour its sum nor change its loudness."""
DIFFUSE = ((7.3, 0.72), (11.9, -0.70), (17.3, 0.66), (26.9, -0.62))
"""Each stage doubles the echoes: sixteen within 63 ms from four passes."""
DIFFUSE_AT_MS = (23.0, 27.7)
DIFFUSE_LEVEL = 0.055
"""A furnished room: heard as warmth, not as an echo."""
_DARKEN = (2, 5)
"""Frames between the pairs that are averaged, twice: a soft high cut, as curtains make."""
TAIL_FRAMES = round((max(DIFFUSE_AT_MS) + sum(ms for ms, _ in DIFFUSE)) * SAMPLES_PER_MS) + sum(_DARKEN)
EDGE_FRAMES = 2 * SAMPLES_PER_MS
"""A clip's first and last 2 ms are faded, so that one cut in the middle of a sound does not click."""
KEPT_BYTES = 24 * 2**20
"""Clips kept: about a minute of speech, enough for a few encoders at different places."""


def in_room(dry: NDArray[np.float32]) -> Stereo:
    """Place a mono clip in the middle of a small room; the result is `TAIL_FRAMES` longer."""
    sound = np.zeros((2, len(dry) + TAIL_FRAMES), dtype=np.float32)
    dry = dry.astype(np.float32, copy=True)
    edge = min(EDGE_FRAMES, len(dry) // 2)
    ramp = np.linspace(0, 1, edge, endpoint=False, dtype=np.float32)
    dry[:edge] *= ramp
    dry[len(dry) - edge :] *= ramp[::-1]
    part = np.empty_like(dry)
    for channel, echoes in zip(sound, EARLY, strict=True):
        channel[: len(dry)] = dry
        for delay_ms, gain in echoes:
            np.multiply(dry, np.float32(gain), out=part)
            at = round(delay_ms * SAMPLES_PER_MS)
            channel[at : at + len(dry)] += part
    tail = _diffuse(dry)
    for channel, delay_ms, sign in zip(sound, DIFFUSE_AT_MS, (1, -1), strict=True):
        at = round(delay_ms * SAMPLES_PER_MS)
        channel[at : at + len(tail)] += np.float32(sign) * tail
    sound *= np.array([[_kept_power(dry, channel)] for channel in sound], dtype=np.float32)
    return np.ascontiguousarray(sound.T).reshape(-1)


def _kept_power(dry: NDArray[np.float32], channel: NDArray[np.float32]) -> float:
    # Echoes of a steady pitch help or hinder it. The room changes no loudness, and moves no voice out of the middle.
    there = float(np.square(channel).sum())
    return math.sqrt(float(np.square(dry).sum()) / there) if there else 1.0


def _diffuse(dry: NDArray[np.float32]) -> NDArray[np.float32]:
    sound = dry * np.float32(DIFFUSE_LEVEL)
    for frames in _DARKEN:
        sound = _with_echo(sound, frames, 1.0) * np.float32(0.5)
    for delay_ms, gain in DIFFUSE:
        sound = _with_echo(sound, round(delay_ms * SAMPLES_PER_MS), gain)
    return sound


def _with_echo(sound: NDArray[np.float32], frames: int, gain: float) -> NDArray[np.float32]:
    longer = np.zeros(len(sound) + frames, dtype=np.float32)
    longer[: len(sound)] = sound
    longer[frames:] += sound if gain == 1.0 else sound * np.float32(gain)
    return longer


class Voice:
    """All that is said in a session, at its place and volume."""

    def __init__(self, timeline: Timeline, speech: Speech, load: Load, gain: float) -> None:
        self._said = timeline.of(Happening.SAY)
        self._starts = [event.at_ms * SAMPLES_PER_MS for event in self._said]
        longest_ms = max((speech.clips[event.key].length_ms for event in self._said), default=0)
        self._reach = longest_ms * SAMPLES_PER_MS + TAIL_FRAMES
        self._speech, self._load, self._gain = speech, load, gain
        self._kept: OrderedDict[tuple[ClipKey, bool], Stereo] = OrderedDict()
        self._lock = Lock()

    def add_to(self, cell: Stereo, start: int) -> None:
        """Add what is heard of the voice in the cell that begins at frame `start`."""
        first = bisect_left(self._starts, start - self._reach)
        for index in range(first, bisect_left(self._starts, start + CELL)):
            event = self._said[index]
            length = self._speech.clips[event.key].length_ms * SAMPLES_PER_MS + TAIL_FRAMES
            if self._starts[index] + length <= start:
                continue
            sound = self._sound(event.key, is_soft=event.soft)
            offset = self._starts[index] - start
            heard = sound[2 * max(0, -offset) : 2 * max(0, CELL - offset)]
            at = 2 * max(0, offset)
            cell[at : at + len(heard)] += heard

    def _sound(self, key: ClipKey, *, is_soft: bool) -> Stereo:
        with self._lock:
            found = self._kept.get((key, is_soft))
            if found is not None:
                self._kept.move_to_end((key, is_soft))
                return found
        dry = self._load(self._speech.clips[key])
        sound = in_room(dry * np.float32(self._gain * (10 ** (SOFT_DB / 20) if is_soft else 1.0)))
        with self._lock:
            self._kept[key, is_soft] = sound
            while len(self._kept) > 1 and sum(kept.nbytes for kept in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
        return sound
