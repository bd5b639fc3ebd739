"""Silences and a length in, how long each silence is out, exactly.

Called by `fit`. Rule 1: every silence is stretched or shrunk here and only here. Rule 2: open practice takes what is
left before any other silence is stretched, and gives way before any other is shrunk. Rule 3: silences of one kind
give in the same ratio of what each can give, like the glue between the words of a typeset line; so none is at its
limit before all are, and the sum is exact to the millisecond (largest remainder).
"""

from __future__ import annotations

from collections.abc import Sequence

from lowtide.model.session import Pause


def spread(pauses: Sequence[Pause], total_ms: int) -> list[int]:
    """Give each silence its length, so that they add up to `total_ms`, which must lie within their bounds.

    >>> short, long = Pause(natural_ms=2, least_ms=1, most_ms=4), Pause(natural_ms=4, least_ms=2, most_ms=8)
    >>> spread([short, long], 9), spread([short, long], 3)
    ([3, 6], [1, 2])
    """
    fixed = [pause for pause in pauses if not pause.is_open]
    opened = [pause for pause in pauses if pause.is_open]
    open_ms = total_ms - sum(pause.natural_ms for pause in fixed)
    open_ms = min(max(open_ms, sum(p.least_ms for p in opened)), sum(p.most_ms for p in opened))
    lengths = {
        True: iter(_apportioned([(p.least_ms, p.most_ms - p.least_ms) for p in opened], open_ms)),
        False: iter(_elastic(fixed, total_ms - open_ms)),
    }
    return [next(lengths[pause.is_open]) for pause in pauses]


def _elastic(pauses: Sequence[Pause], total_ms: int) -> list[int]:
    if total_ms >= sum(pause.natural_ms for pause in pauses):
        return _apportioned([(p.natural_ms, p.most_ms - p.natural_ms) for p in pauses], total_ms)
    return _apportioned([(p.least_ms, p.natural_ms - p.least_ms) for p in pauses], total_ms)


def _apportioned(bounds: Sequence[tuple[int, int]], total_ms: int) -> list[int]:
    """Share what lies above the lower bounds in proportion to what each can take, in whole milliseconds."""
    extra = total_ms - sum(low for low, _ in bounds)
    room = sum(more for _, more in bounds)
    assert 0 <= extra <= room, (extra, room)
    if not room:
        return [low for low, _ in bounds]
    shares = [divmod(extra * more, room) for _, more in bounds]
    missing = extra - sum(whole for whole, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda index: (-shares[index][1], index))
    rounded_up = set(by_remainder[:missing])
    return [low + shares[index][0] + (index in rounded_up) for index, (low, _) in enumerate(bounds)]
