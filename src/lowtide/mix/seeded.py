"""A seed and a name in, chance out: the same for ever, for any place, in any order.

Called by soundscapes, bells and grains. Law: chance is a function of its name, not of what was drawn before, so any
stretch of a session can be made without the one before it. The numbers come from SplitMix64 in counter mode (Steele,
Lea and Flood 2014): eight operations on a whole array, the same on every machine and in every version of numpy, and
without the 12 ms that importing `numpy.random` adds to the first sound of a cold start.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_STEP = 0x9E3779B97F4A7C15
"""2⁶⁴ over the golden ratio: the counter's step in SplitMix64."""
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
"""SplitMix64's two multipliers."""
_WORD = 2**64 - 1
_FRACTION = 2.0**-53
GOLDEN = 0.6180339887498949
"""Steps of this size, wrapped into 0–1, spread more evenly than chance and never repeat."""


def key(*name: int | str) -> int:
    """Fold a name of words and numbers into 64 bits.

    >>> key("waves", 1) == key("waves", 1), key("waves", 1) == key("waves", 2)
    (True, False)
    """
    folded = 0
    for part in name:
        number = zlib.crc32(part.encode()) if isinstance(part, str) else part
        folded = _mixed_word((folded ^ (number & _WORD)) + _STEP)
    return folded


def _mixed_word(word: int) -> int:
    word &= _WORD
    word = ((word ^ (word >> 30)) * _FIRST) & _WORD
    word = ((word ^ (word >> 27)) * _SECOND) & _WORD
    return word ^ (word >> 31)


def words(count: int, *name: int | str) -> NDArray[np.uint64]:
    """Draw `count` words of 64 random bits."""
    word = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_STEP) + np.uint64(key(*name))
    word = (word ^ (word >> np.uint64(30))) * np.uint64(_FIRST)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(_SECOND)
    return word ^ (word >> np.uint64(31))


def uniform(count: int, *name: int | str) -> NDArray[np.float64]:
    """Draw `count` numbers that are even over 0 ≤ x < 1.

    >>> bool(0.49 < uniform(10_000, "doctest").mean() < 0.51)
    True
    """
    drawn: NDArray[np.float64] = (words(count, *name) >> np.uint64(11)).astype(np.float64) * _FRACTION
    return drawn


def spread(index: NDArray[np.int64], *name: int | str) -> NDArray[np.float64]:
    """Give an endless sequence over 0–1 at some places in it: irregular to the ear, even over any dozen of them."""
    start = key(*name) * 2.0**-64
    spread_out = (index * GOLDEN + start) % 1.0
    return spread_out.astype(np.float64)


def drift(seconds: NDArray[np.floating[Any]], periods_s: tuple[float, ...], *name: int | str) -> NDArray[np.float32]:
    """Wander slowly between −1 and 1: sines whose periods share no multiple, each at its own phase."""
    phases = uniform(len(periods_s), *name)
    total = np.zeros(len(seconds), dtype=np.float32)
    for period_s, phase in zip(periods_s, phases, strict=True):
        turn = ((seconds / period_s + phase) % 1.0).astype(np.float32)
        total += np.sin(np.float32(2 * np.pi) * turn)
    return total / np.float32(len(periods_s))
