"""MABWiser's linear bandits as policies: one bandit for each person, as a program without a model of people would do.

Called by `block` where MABWiser is installed (the extra `simulate`). They see the intercept, the rating before and the
weeks, and learn from every rated session, as they would out of the box.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from lowtide.learn.features import MIDDLE, Real, Whole, slowing
from lowtide.learn.simulate.people import TECHNIQUES, Flags, People

LINTS, LINUCB = "lints", "linucb"
ALPHA = 1.0
"""MABWiser's own default of how much they try."""


def is_installed() -> bool:
    """Say whether MABWiser is here."""
    return find_spec("mabwiser") is not None


class Bandit:
    """LinTS or LinUCB, by its name, for each of N people."""

    def __init__(self, crowd: People, kind: str, chance: np.random.Generator) -> None:
        mab = import_module("mabwiser.mab")
        policy = {LINTS: mab.LearningPolicy.LinTS, LINUCB: mab.LearningPolicy.LinUCB}[kind](alpha=ALPHA)
        size = len(crowd.before)
        seeds = chance.integers(0, 2**31 - 1, size)
        self._crowd = crowd
        self._bandits: list[Any] = [mab.MAB(list(range(len(TECHNIQUES))), policy, seed=int(seed)) for seed in seeds]
        self._has_begun = np.zeros(size, dtype=bool)
        self._first: Whole = chance.integers(0, len(TECHNIQUES), crowd.before.shape)

    def _context(self, person: int, day: int) -> Real:
        weeks = slowing(self._crowd.weeks[person, day : day + 1])
        return np.array([[1.0, (self._crowd.before[person, day] - MIDDLE) / MIDDLE, weeks[0]]])

    def pick(self, day: int) -> Whole:
        """Ask each bandit; before the first rating, choose evenly."""
        picks = self._first[:, day].copy()
        asked = self._has_begun & self._crowd.is_there[:, day] & ~self._crowd.is_own[:, day]
        for person in np.flatnonzero(asked).tolist():
            picks[person] = self._bandits[person].predict(self._context(person, day))
        return picks

    def told(self, day: int, technique: Whole, is_rated: Flags, _is_own: Flags, who: Flags) -> None:
        """Teach each bandit what was rated."""
        for person in np.flatnonzero(who & is_rated).tolist():
            bandit, kind = self._bandits[person], int(technique[person])
            learn = bandit.partial_fit if self._has_begun[person] else bandit.fit
            learn([kind], [float(self._crowd.relief[person, day, kind])], self._context(person, day))
            self._has_begun[person] = True
