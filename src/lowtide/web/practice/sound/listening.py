"""A recording and a stretch of its bytes in, those bytes out as they are due: what one listener's player reads.

Called by the player's views, in the event loop. Laws: it never renders more than some seconds ahead of what can have
been heard; a reader who stops reading stops the work, and one who goes away cancels it; the event loop only waits.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import partial

from lowtide.model.time import MS_PER_SECOND
from lowtide.web.practice.sound.recording import Piece, Recording
from lowtide.web.practice.sound.turns import Pool, Ticket

AHEAD_S = 20.0
"""So far ahead of a listener sound is rendered and sent: longer than a phone needs to find its network again."""
DEPTH = 2
"""Pieces of one listener that are under way at once."""
HELD_UP_S = 1.0
"""A player that takes this long to accept a piece has enough in store: it is not waiting for sound."""
PATIENCE_S = 3600.0
"""What is kept for later is due after what anybody listens to now."""


async def listen(
    recording: Recording, start: int, stop: int, pool: Pool, *, keeps: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[bytes]:  # fmt: skip
    """Yield the bytes from `start` to before `stop`. With `keeps` it is for later: all of it, in whatever time is left.

    A reader begins to hear at `start` when the first bytes arrive, and goes on at the speed of the clock.
    """
    under_way: deque[Ticket[bytes]] = deque()
    began, first_ms, is_under_way = clock(), recording.at_ms(start), False
    try:
        for piece in recording.pieces(start, stop):
            due = began + (piece.at_ms - first_ms) / MS_PER_SECOND
            if not keeps and due - AHEAD_S > clock():
                while under_way:
                    yield await _next(under_way)
                await asyncio.sleep(max(0.0, due - AHEAD_S - clock()))
            under_way.append(pool.submit(_reading(recording, piece), due + (PATIENCE_S if keeps else 0.0)))
            if len(under_way) >= DEPTH:
                sound, asked = await _next(under_way), clock()
                # Whoever had to wait for the first of it hears all that follows so much later.
                began = began if is_under_way else asked
                is_under_way = is_under_way or piece.at_ms > first_ms
                yield sound
                held_up_s = clock() - asked
                began += held_up_s if held_up_s > HELD_UP_S else 0.0
        while under_way:
            yield await _next(under_way)
    finally:
        for ticket in under_way:
            ticket.result.cancel()


def _reading(recording: Recording, piece: Piece) -> Callable[[], bytes]:
    return partial(recording.read, piece)


async def _next(under_way: deque[Ticket[bytes]]) -> bytes:
    """Wait for the oldest piece; it stays in line until it is there, so that who is cancelled meanwhile drops it."""
    sound = await asyncio.wrap_future(under_way[0].result)
    under_way.popleft()
    return sound
