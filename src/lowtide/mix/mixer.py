"""A timeline, its speech and a choice of sound in, any stretch of the recording out.

Called by `pipeline.mix`; its `render` is what `deliver` encodes, from many threads at once.

Laws. *Pure*: a sample depends on the arguments and its place alone. Everything is computed on a fixed grid of cells,
so the same samples come out whatever is asked for, in any order, in pieces of any size, to the last bit.
*Constant memory*: a few dozen grains of soundscape and a minute of clips, for three minutes and for three hours.
*No second pass*: the gain is known from the timeline (`balance`). Figures: docs/adr/0004-grains.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.balance import Balance, Energies, balance, spoken
from lowtide.mix.bell import RING_S, Bell
from lowtide.mix.breath import Control, pacing
from lowtide.mix.ceiling import hold_under
from lowtide.mix.curve import Seconds, ease
from lowtide.mix.duck import duck
from lowtide.mix.grain import CELL, ROW, ROWS, Bank, Stereo, lay
from lowtide.mix.kept import Kept
from lowtide.mix.scapes import SCAPES
from lowtide.mix.voice import KEPT_BYTES, Load, Voice
from lowtide.model.audio import LEAST_VOLUME_DB, Sound
from lowtide.model.loudness import mean_square
from lowtide.model.speech import ENERGY_BLOCK_MS, Speech
from lowtide.model.time import SAMPLE_RATE_HZ, SAMPLES_PER_MS
from lowtide.model.timeline import Happening, Timeline

VOICE_LUFS = -18.0 + 10 * math.log10(2)
"""A clip of −18 LUFS (EVIDENCE.md, Sound), heard from two channels."""
UNDER_SPEECH_DB = 16.0
"""The soundscape lies this far under the voice while it speaks (EVIDENCE.md, Sound)."""
SCAPE_LUFS = VOICE_LUFS - UNDER_SPEECH_DB
EDGE_S = 0.02
"""The very first and last samples are zero, whatever lies there."""
STEP = 1_024
"""Frames between two points at which gains are worked out (21 ms); between them they go in a straight line."""
PAGE_CELLS = 32
"""Cells whose gains are worked out together: 10.9 s."""
_POINTS = PAGE_CELLS * CELL // STEP
_ROWS_IN_STEP = STEP // ROW
BELL_CREST = math.sqrt(2)
"""Bells are given this much more room than noise, because a tone that is bent is heard."""
KEPT_CELLS_BYTES = 2**20
"""Eight cells kept for callers who ask for less than a cell at a time."""
SHARED_CELLS = 1
"""So many whole cells at either end of what is asked for are kept as well: an encoder's next chunk begins a little
before this one's end, and would compute them again."""
KEPT_PAGES_BYTES = 2**20
"""Pages of gains: a dozen places at once."""
_RING_FRAMES = round(RING_S * SAMPLE_RATE_HZ)
_INAUDIBLE = np.float32(1e-7)
"""Gains below this are silence, and cost nothing."""


class Mixer:
    """The sound of one session."""

    def __init__(
        self, timeline: Timeline, speech: Speech, sound: Sound, load: Load, *, gain_db: float | None = None,
        clip_bytes: int | None = None,
    ) -> None:  # fmt: skip
        """With `gain_db` everything is given that gain: what was heard before a switch keeps its loudness.

        `clip_bytes` bounds the clips that are kept, for who mixes many sessions at once.
        """
        self.frames = timeline.duration_ms * SAMPLES_PER_MS
        """How long the recording is, in samples."""
        self._seed, self._scape = timeline.seed, SCAPES[sound.soundscape]
        voice_gain, self._scape_gain, bell_gain = (
            _gain(db) for db in (sound.voice_db, sound.soundscape_db, sound.bell_db)
        )
        self._scape_gain *= math.sqrt(mean_square(SCAPE_LUFS))
        half_ms = timeline.duration_ms // 2
        self._settle_s = max(EDGE_S, min(timeline.settle_ms, half_ms) / 1000)
        self._close_s = max(EDGE_S, min(timeline.close_ms, half_ms) / 1000)
        self._length_s = self.frames / SAMPLE_RATE_HZ
        self._duck, self._pacing = duck(timeline, is_heard=voice_gain > 0), pacing(timeline)
        self._bell = Bell(self._seed)
        self._strikes = [event.at_ms * SAMPLES_PER_MS for event in timeline.of(Happening.BELL)] if bell_gain else []
        self.balance = self._balanced(timeline, speech, voice_gain, bell_gain)
        if gain_db is not None:
            self.balance = self.balance.held(gain_db)
        """How loud the session is, and whether the promise of −16 LUFS could be kept."""
        whole = 10 ** (self.balance.gain_db / 20)
        self._scape_gain *= whole
        self._bell_gain = bell_gain * whole
        self._voice = (
            Voice(timeline, speech, load, voice_gain * whole, clip_bytes or KEPT_BYTES) if voice_gain else None
        )
        self._banks = [Bank(layer, self._seed) for layer in self._scape.layers]
        self._kept_pages, self._kept_cells = Kept(KEPT_PAGES_BYTES), Kept(KEPT_CELLS_BYTES)

    @property
    def gain_db(self) -> float:
        """The gain that everything is given so that the whole is −16 LUFS."""
        return self.balance.gain_db

    @property
    def predicted_lufs(self) -> float:
        """The integrated loudness that the recording will have; −inf where there is nothing to hear."""
        return self.balance.predicted_lufs

    def render(self, start: int, count: int) -> NDArray[np.float32]:
        """Give `count` frames from `start` as (count, 2) at 48 kHz, within ±1; silence outside the recording."""
        out = np.zeros((count, 2), dtype=np.float32)
        flat = out.reshape(-1)
        first, end = max(0, start), min(start + count, self.frames)
        for index in range(first // CELL, -(-end // CELL) if end > first else 0):
            low, high = max(first, index * CELL), min(end, (index + 1) * CELL)
            wanted = flat[2 * (low - start) : 2 * (high - start)]
            if high - low == CELL and min(index - first // CELL, end // CELL - index) > SHARED_CELLS:
                self._write(index, wanted)
            else:
                cell = self._kept_cells.get(index, self._cell, index)
                wanted[:] = cell[2 * (low - index * CELL) : 2 * (high - index * CELL)]
        return out

    def _cell(self, index: int) -> Stereo:
        cell = np.empty(2 * CELL, dtype=np.float32)
        self._write(index, cell)
        return cell

    def _write(self, index: int, cell: Stereo) -> None:
        page, place = divmod(index, PAGE_CELLS)
        lay(self._banks, self._kept_pages.get(page, self._gains, page)[place], index, cell)
        start = index * CELL
        start_s, end_s = start / SAMPLE_RATE_HZ, (start + CELL) / SAMPLE_RATE_HZ
        if start_s < self._settle_s:
            _fade(cell, start_s, lambda seconds: ease(seconds / self._settle_s))
        for strike in self._strikes:
            if strike < start + CELL and start - strike < _RING_FRAMES:
                cell += self._bell.sound(start - strike) * np.float32(self._bell_gain)
        if end_s > self._length_s - self._close_s:
            _fade(cell, start_s, lambda seconds: ease((self._last_s - seconds) / self._close_s))
        if self._voice:
            self._voice.add_to(cell, start)
        if start_s < EDGE_S or end_s > self._length_s - EDGE_S:
            _fade(cell, start_s, lambda seconds: ease(np.minimum(seconds, self._last_s - seconds) / EDGE_S))
        hold_under(cell)

    @property
    def _last_s(self) -> float:
        return self._length_s - 1 / SAMPLE_RATE_HZ

    def _gains(self, page: int) -> NDArray[np.float32]:
        # The gain of every row of a page, of shape (cells, layers, ROWS, 1).
        seconds = (page * _POINTS + np.arange(_POINTS + 1)) * (STEP / SAMPLE_RATE_HZ)
        control, ducked = self._ducked(seconds)
        points = self._scape.gains(control) * (ducked * self._scape_gain).astype(np.float32)
        points[points < _INAUDIBLE] = 0.0
        between = ((np.arange(_ROWS_IN_STEP) + 0.5) / _ROWS_IN_STEP).astype(np.float32)
        rows = points[:, :-1, None] + np.diff(points, axis=1)[:, :, None] * between
        return np.ascontiguousarray(rows.reshape(len(points), PAGE_CELLS, ROWS, 1).swapaxes(0, 1))

    def _ducked(self, seconds: Seconds) -> tuple[Control, NDArray[np.float64]]:
        return self._pacing.at(seconds, self._seed), 10 ** (self._duck(seconds) / 20)

    def _balanced(self, timeline: Timeline, speech: Speech, voice_gain: float, bell_gain: float) -> Balance:
        steps = max(1, timeline.duration_ms // ENERGY_BLOCK_MS)
        seconds = (np.arange(steps) + 0.5) * (ENERGY_BLOCK_MS / 1000)
        closing = ease((self._length_s - seconds) / self._close_s)
        power, crest = self._scape_power(seconds)
        rung = self._bell.energies([strike / SAMPLE_RATE_HZ for strike in self._strikes], steps) * bell_gain**2
        for strike in self._strikes:
            at = strike // (SAMPLES_PER_MS * ENERGY_BLOCK_MS)
            tops = self._bell.crests()[: max(0, steps - at)]
            crest[at : at + len(tops)] += tops * BELL_CREST * bell_gain
        said = spoken(timeline, speech, voice_gain)
        return balance(said, rung * closing**2, power * closing**2, crest=float((crest * closing).max()))

    def _scape_power(self, seconds: Seconds) -> tuple[Energies, Energies]:
        if not self._scape_gain:
            return np.zeros(len(seconds)), np.zeros(len(seconds))
        control, ducked = self._ducked(seconds[::2])  # gains move over seconds: 200 ms are fine enough
        level = ducked * ease(control.seconds / self._settle_s) * self._scape_gain
        power, crest = self._scape.forecast(control)
        return np.repeat(power * level**2, 2)[: len(seconds)], np.repeat(crest * level, 2)[: len(seconds)]


def _fade(cell: Stereo, start_s: float, shape: Callable[[Seconds], NDArray[np.float32]]) -> None:
    seconds = start_s + np.arange(CELL) / SAMPLE_RATE_HZ
    pairs = cell.reshape(-1, 2)
    pairs *= shape(seconds).astype(np.float32)[:, None]


def _gain(db: float) -> float:
    return 0.0 if db <= LEAST_VOLUME_DB else 10 ** (db / 20)
