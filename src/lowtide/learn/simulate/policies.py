"""The ways of choosing that are held against each other: each is told what happened and asked who gets what today.

Called by `block`. A new policy is one class here (or in `ours` or `bandits`) and one row in `block.POLICIES`.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from lowtide.learn.features import Real, Whole
from lowtide.learn.simulate.people import TECHNIQUES, Flags, People


class Policy(Protocol):
    """Decides for N people, day by day."""

    def pick(self, day: int) -> Whole:
        """Give each person's technique for a day: (N)."""

    def told(self, day: int, technique: Whole, is_rated: Flags, is_own: Flags, who: Flags) -> None:
        """Hear what happened on a day: the technique practised, whether it was rated, who chose, and who was there."""


class Rotation:
    """Each technique in turn, by the days practised."""

    def __init__(self, crowd: People) -> None:
        self._turn = np.zeros(len(crowd.before), dtype=np.int64)

    def pick(self, _day: int) -> Whole:
        """Give whose turn it is."""
        return self._turn % len(TECHNIQUES)

    def told(self, _day: int, _technique: Whole, _is_rated: Flags, is_own: Flags, who: Flags) -> None:
        """Move on where a turn was taken."""
        self._turn += who & ~is_own


class Chance:
    """Any technique, each as likely."""

    def __init__(self, crowd: People, chance: np.random.Generator) -> None:
        self._picks = chance.integers(0, len(TECHNIQUES), crowd.before.shape)

    def pick(self, day: int) -> Whole:
        """Give what was drawn for the day."""
        return self._picks[:, day]

    def told(self, _day: int, _technique: Whole, _is_rated: Flags, _is_own: Flags, _who: Flags) -> None:
        """Learn nothing."""


class Same:
    """One technique for each person, always: the best on average of earlier people, or the oracle's."""

    def __init__(self, picks: Whole) -> None:
        self._picks = picks

    def pick(self, _day: int) -> Whole:
        """Give the one."""
        return self._picks

    def told(self, _day: int, _technique: Whole, _is_rated: Flags, _is_own: Flags, _who: Flags) -> None:
        """Learn nothing."""


class MostPlayed:
    """What the person has practised most, as lists of favourites do; at first what earlier people chose most."""

    def __init__(self, crowd: People, first: int) -> None:
        self._counts: Real = np.zeros((len(crowd.before), len(TECHNIQUES)))
        self._counts[:, first] = 0.5

    def pick(self, _day: int) -> Whole:
        """Give the favourite."""
        favourites: Whole = self._counts.argmax(axis=1)
        return favourites

    def told(self, _day: int, technique: Whole, _is_rated: Flags, _is_own: Flags, who: Flags) -> None:
        """Count."""
        self._counts[np.flatnonzero(who), technique[who]] += 1
