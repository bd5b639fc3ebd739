"""Clips in, a voice in a small room out: what a stretch of the session holds of speech.

Called by `mixer`. Law: the room is put on each clip as a whole when it is loaded, so a sample depends on the clip and
the place alone. Clips are loaded when they are needed and a few are kept: memory does not grow with the session.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.duck import SOFT_DB
from lowtide.mix.grain import CELL, Stereo
from lowtide.mix.kept import Kept
from lowtide.model.speech import Clip, ClipKey, Speech
from lowtide.model.time import SAMPLES_PER_MS
from lowtide.model.timeline import Happening, Timeline

Load = Callable[[Clip], "NDArray[np.float32]"]
"""Gives a clip's sound: mono float32 at 48 kHz."""

EARLY = ((0.17, 11.3, 12.7), (-0.12, 19.1, 21.7))
"""First reflections: (gain left and, turned over, right; ms left; ms right). Walls two to four metres away; opposite
signs widen the voice and do not colour its sum. None is early enough to colour the voice itself."""
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


def in_room(dry: NDArray[np.float32], gain: float = 1.0) -> Stereo:
    """Place a mono clip in the middle of a small room, at some gain; the result is `TAIL_FRAMES` longer."""
    frames = len(dry)
    dry = dry.astype(np.float32, copy=True)
    edge = min(EDGE_FRAMES, frames // 2)
    ramp = np.linspace(0, 1, edge, endpoint=False, dtype=np.float32)
    dry[:edge] *= ramp
    dry[frames - edge :] *= ramp[::-1]
    left, right = np.zeros((2, frames + TAIL_FRAMES), dtype=np.float32)
    left[:frames] = right[:frames] = dry
    for level, left_ms, right_ms in EARLY:
        _reflect(left, right, dry * np.float32(level), left_ms, right_ms)
    _reflect(left, right, _diffuse(dry), *DIFFUSE_AT_MS)
    room = np.empty((frames + TAIL_FRAMES, 2), dtype=np.float32)
    # Echoes of a steady pitch help or hinder it. The room changes no loudness, and moves no voice out of the middle.
    power = float(np.einsum("i,i->", dry, dry))
    for channel, ear in enumerate((left, right)):
        there = float(np.einsum("i,i->", ear, ear))
        np.multiply(ear, np.float32(gain * math.sqrt(power / there) if there else gain), out=room[:, channel])
    return room.reshape(-1)


def _reflect(
    left: NDArray[np.float32], right: NDArray[np.float32], echo: NDArray[np.float32], left_ms: float, right_ms: float
) -> None:
    at_left, at_right = round(left_ms * SAMPLES_PER_MS), round(right_ms * SAMPLES_PER_MS)
    left[at_left : at_left + len(echo)] += echo
    right[at_right : at_right + len(echo)] -= echo


def _diffuse(dry: NDArray[np.float32]) -> NDArray[np.float32]:
    length = len(dry) + TAIL_FRAMES - round(max(DIFFUSE_AT_MS) * SAMPLES_PER_MS)
    sound = np.zeros(length, dtype=np.float32)
    np.multiply(dry, np.float32(DIFFUSE_LEVEL / 2 ** len(_DARKEN)), out=sound[: len(dry)])
    for frames in _DARKEN:
        sound[frames:] += sound[:-frames]
    for delay_ms, level in DIFFUSE:
        frames = round(delay_ms * SAMPLES_PER_MS)
        sound[frames:] += sound[:-frames] * np.float32(level)
    return sound


class Voice:
    """All that is said in a session, at its place and volume."""

    def __init__(
        self, timeline: Timeline, speech: Speech, load: Load, gain: float, kept_bytes: int = KEPT_BYTES
    ) -> None:
        self._said = timeline.of(Happening.SAY)
        self._starts = [event.at_ms * SAMPLES_PER_MS for event in self._said]
        longest_ms = max((speech.clips[event.key].length_ms for event in self._said), default=0)
        self._reach = longest_ms * SAMPLES_PER_MS + TAIL_FRAMES
        self._speech, self._load, self._gain = speech, load, gain
        self.kept = Kept(kept_bytes)
        """Clips in their room."""

    def add_to(self, cell: Stereo, start: int) -> None:
        """Add what is heard of the voice in the cell that begins at frame `start`."""
        first = bisect_left(self._starts, start - self._reach)
        for index in range(first, bisect_left(self._starts, start + CELL)):
            event = self._said[index]
            length = self._speech.clips[event.key].length_ms * SAMPLES_PER_MS + TAIL_FRAMES
            if self._starts[index] + length <= start:
                continue
            sound = self.kept.get((event.key, event.soft), self._sound, event.key, event.soft)
            offset = self._starts[index] - start
            heard = sound[2 * max(0, -offset) : 2 * max(0, CELL - offset)]
            at = 2 * max(0, offset)
            cell[at : at + len(heard)] += heard

    def _sound(self, key: ClipKey, is_soft: bool) -> Stereo:
        dry = self._load(self._speech.clips[key])
        return in_room(dry, self._gain * (10 ** (SOFT_DB / 20) if is_soft else 1.0))
