"""A text in, how long it takes to read out. Called by pages that say so before somebody opens it."""

from __future__ import annotations

import math

WORDS_A_MINUTE = 238
"""Adults reading English prose to themselves: Brysbaert 2019, J Mem Lang 109:104047 (190 studies, 18 573 readers)."""


def reading_minutes(text: str) -> int:
    """Give the whole minutes in which most people have read a text, one at least.

    >>> reading_minutes("A line."), reading_minutes("word " * 238), reading_minutes("word " * 239)
    (1, 1, 2)
    """
    return max(1, math.ceil(len(text.split()) / WORDS_A_MINUTE))
