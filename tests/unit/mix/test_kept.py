"""What is kept: the newest, within its limit, and never a different thing from what would be made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.kept import Kept


def test_a_thing_is_made_once_while_there_is_room() -> None:
    made: list[int] = []

    def make(number: int) -> NDArray[np.float32]:
        made.append(number)
        return np.full(250, number, dtype=np.float32)

    kept = Kept(3_000)
    for number in (1, 2, 1, 3, 1, 4, 1, 2):
        assert kept.get(number, make, number)[0] == number
    assert made == [1, 2, 3, 4, 2], "1 was used all along; 2 had to make room"
    assert kept.nbytes == 3_000


def test_one_thing_is_kept_however_large() -> None:
    kept = Kept(10)
    large = kept.get("a", np.zeros, 1_000, np.float32)
    assert kept.get("a", np.ones, 1_000, np.float32) is large
