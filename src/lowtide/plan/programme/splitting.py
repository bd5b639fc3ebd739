"""What is left of a practice today in, its offers in one, two or three parts out.

Called by `fit`. Two times ten minutes did as much as twenty at once (Riordan 2024, 2 × 10 = 1 × 20), so that nobody
needs the whole length in one piece.
"""

from __future__ import annotations

from collections.abc import Callable

from lowtide.model.time import MS_PER_MINUTE

MOST_PARTS = 3
SHORTEST_PART_MS = 3 * MS_PER_MINUTE
"""A part of several is no shorter: the shortest usual session (EVIDENCE, "Dose": offer 3, 5, 10 …)."""


def splits(asked_ms: int, done_ms: int, reaches: Callable[[int], bool], least_ms: int) -> tuple[tuple[int, ...], ...]:
    """Give what is left in one, two and three parts of whole minutes, as far as each part can be had.

    `reaches` says whether a length can be had, `least_ms` is the shortest that can. Less than a minute is not asked.

    >>> splits(1_200_000, 0, lambda _ms: True, 60_000)
    ((1200000,), (600000, 600000), (420000, 420000, 360000))
    >>> splits(1_200_000, 1_190_000, lambda _ms: True, 60_000)
    ()
    """
    left_ms = asked_ms - done_ms
    if left_ms < MS_PER_MINUTE:
        return ()
    minutes = -(-left_ms // MS_PER_MINUTE)
    whole_ms = asked_ms if done_ms <= 0 else minutes * MS_PER_MINUTE
    found: list[tuple[int, ...]] = [(whole_ms if reaches(whole_ms) else max(left_ms, least_ms),)]
    for count in range(2, MOST_PARTS + 1):
        each, more = divmod(minutes, count)
        parts = tuple((each + (number < more)) * MS_PER_MINUTE for number in range(count))
        if min(parts) >= max(least_ms, SHORTEST_PART_MS) and all(map(reaches, parts)):
            found.append(parts)
    return tuple(found)
