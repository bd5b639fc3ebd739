"""A layer of sound and a seed in, its samples on a fixed grid of cells out: what makes soundscapes endless.

Called by `mixer` for each cell of 16,384 samples (0.34 s). Law: cell `n` of a layer is a function of (seed, layer, n).

How: each layer owns a few dozen *grains*, short stretches of sound that are made when they are first needed (about a
millisecond each) and kept, once for all sessions: a session's seed decides their order. A grain is a cell long and
overlaps into the next one. Where it overlaps, its edges have been faded by the two halves of a constant-power window,
so grains laid one over another's tail are one steady noise without a seam. Which grain comes when is shuffled anew in
every round of the bank, by half a bank at a time so that none returns within 8 s, and each return is at random upside
down: so no lag of the sound resembles another, and nothing loops.
Cost: a multiplication and an addition a sample and layer, anywhere in twelve hours. Measured with the whole mix in
docs/adr/0004-grains.md.
"""

from __future__ import annotations

from functools import lru_cache
from threading import local
from typing import Protocol
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.seeded import key, words

CELL = 16_384
"""Frames of the grid that everything is computed on. Three of its buffers fit the second-level cache."""
OVERLAP = 4_096
"""Frames by which a grain reaches into the next cell: 85 ms."""
GRAIN = CELL + OVERLAP
ROW = 128
"""Frames with one gain: 2.7 ms. Gains move over seconds, so a step is under 0.02 dB of a noise that hides it."""
ROWS = CELL // ROW
TAIL_ROWS = OVERLAP // ROW

Grain = NDArray[np.int16]
"""A kept grain, interleaved: half the memory, and twice as fast to stream from it. Its rounding is 90 dB under it."""
_FULL = 32_767
GRAIN_SEED = 0
"""What grains are drawn from. Nobody can tell noise from other noise, so all sessions share them: making a session its
own took more time than mixing and encoding its first seconds, and 4 MB a layer."""
Stereo = NDArray[np.float32]
"""Interleaved stereo samples, flat: left, right, left, right."""


class Layer(Protocol):
    """One sound of a soundscape, at a K-weighted mean square of 1 (both channels together)."""

    @property
    def name(self) -> str:
        """Tells its chance from that of other layers."""

    @property
    def count(self) -> int:
        """How many grains it has."""

    @property
    def shuffled(self) -> bool:
        """True where grains come in any order and overlap; False for tones, which go round without a seam."""

    @property
    def crest(self) -> float:
        """The highest sample a grain can have; never passed."""

    def grain(self, seed: int, index: int) -> Stereo:
        """Make one grain of `GRAIN` frames (`CELL` where it is not shuffled)."""


@lru_cache(maxsize=512)
def order(seed: int, name: str, count: int, turn: int) -> tuple[tuple[int, np.float32], ...]:
    """Shuffle one round of a bank: which grain, and which way up, in each of `count` cells."""
    up, down = np.float32(1), np.float32(-1)
    draws = words(count, seed, name, "order", turn)
    half = count // 2
    places = np.concatenate([np.argsort(draws[:half], kind="stable"), half + np.argsort(draws[half:], kind="stable")])
    return tuple((int(place), up if draw & 1 else down) for place, draw in zip(places, draws.tolist(), strict=True))


class Grains:
    """A layer's grains, made when they are first played. Two threads may make the same one; they make it the same."""

    def __init__(self, layer: Layer) -> None:
        self.full_scale = np.float32(layer.crest / _FULL)
        """What one step of the kept integers is worth."""
        self._layer = layer
        self._made: dict[int, Grain] = {}

    def __getitem__(self, index: int) -> Grain:
        grain = self._made.get(index)
        if grain is None:
            made = self._layer.grain(GRAIN_SEED, index) * (1 / self.full_scale)
            grain = self._made.setdefault(index, np.rint(made).astype(np.int16))
        return grain

    def __len__(self) -> int:
        return len(self._made)


_shared: WeakValueDictionary[Layer, Grains] = WeakValueDictionary()


def grains_of(layer: Layer) -> Grains:
    """Give the grains of a layer, the same to all who play it while anybody does."""
    found = _shared.get(layer)
    return _shared.setdefault(layer, Grains(layer)) if found is None else found


class Bank:
    """A layer as one session plays it: its grains are everybody's, their order is the session's own."""

    def __init__(self, layer: Layer, seed: int) -> None:
        self.layer = layer
        self._seed, self._grains = seed, grains_of(layer)
        self._order: tuple[int | None, tuple[tuple[int, np.float32], ...]] = (None, ())
        self._first = key(seed, layer.name, "first") % layer.count

    def play(self, cell: int) -> tuple[Grain, np.float32]:
        """Give the grain of a cell, and what to multiply it with."""
        scale = self._grains.full_scale
        if not self.layer.shuffled:
            return self._grains[(self._first + cell) % self.layer.count], scale
        turn, place = divmod(cell, self.layer.count)
        known, places = self._order
        if known != turn:
            # The first round is everybody's too, so that many who begin at once begin with few grains.
            places = order(self._seed if turn > 0 else GRAIN_SEED, self.layer.name, self.layer.count, turn)
            self._order = (turn, places)  # one assignment, so that threads see both or neither
        index, sign = places[place]
        return self._grains[index], scale * sign


_scratch = local()
"""One buffer for each thread: a fresh one of this size would be given and taken back by the system every time."""


def lay(banks: list[Bank], rows: NDArray[np.float32], cell: int, total: Stereo) -> None:
    """Write the sum of the layers over one cell into `total`; `rows` are their gains, of shape (layers, ROWS, 1)."""
    part: Stereo | None = getattr(_scratch, "part", None)
    if part is None:
        part = _scratch.part = np.empty(2 * CELL, dtype=np.float32)
    edge, fresh = part[: 2 * OVERLAP], True
    for index in np.flatnonzero(rows.any(axis=(1, 2))):
        bank, gains = banks[index], rows[index]
        grain, scale = bank.play(cell)
        np.multiply(
            grain[: 2 * CELL].reshape(ROWS, -1), gains * scale, out=(total if fresh else part).reshape(ROWS, -1)
        )
        if not fresh:
            np.add(total, part, out=total)
        fresh = False
        if bank.layer.shuffled:
            grain, scale = bank.play(cell - 1)
            tail = gains[:TAIL_ROWS] * scale
            np.multiply(grain[2 * CELL :].reshape(TAIL_ROWS, -1), tail, out=edge.reshape(TAIL_ROWS, -1))
            total[: 2 * OVERLAP] += edge
    if fresh:
        total.fill(0.0)
