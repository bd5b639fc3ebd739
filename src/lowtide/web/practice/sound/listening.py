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
PATIENCE_S = 3600.0
"""What is kept for later is due after what anybody listens to now."""


async def listen(
    recording: Recording, start: int, stop: int, pool: Pool, *, keeps: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[bytes]:  # fmt: skip
    """Yield the bytes from `start` to before `stop`. With `keeps` it is for later: all of it, in whatever time is left.

    A reader begins to hear at `start` when the first bytes arrive, and goes on at the speed of the clock.
    """
    under_way: deque[tuple[Ticket[bytes], float]] = deque()
    began, first_ms = clock(), recording.at_ms(start)
    try:
        for piece in recording.pieces(start, stop):
            due = began + (piece.at_ms - first_ms) / MS_PER_SECOND
            if not keeps and due - AHEAD_S > clock():
                while under_way:
                    yield (await _next(under_way))[0]
                await asyncio.sleep(max(0.0, due - AHEAD_S - clock()))
            if not under_way and (known := recording.at_hand(piece)):
                yield known  # what was prepared ahead waits for no turn
                continue
            ticket = pool.submit(_reading(recording, piece), due + (PATIENCE_S if keeps else 0.0), recording.seat)
            under_way.append((ticket, (recording.at_ms(piece.stop) - first_ms) / MS_PER_SECOND))
            if len(under_way) >= DEPTH:
                sound, sent_s = await _next(under_way)
                yield sound
                # Nobody has heard more than was sent: who paused, or had to wait, is so much later from here on.
                began = max(began, clock() - sent_s)
        while under_way:
            yield (await _next(under_way))[0]
    finally:
        for ticket, _ in under_way:
            ticket.result.cancel()


def _reading(recording: Recording, piece: Piece) -> Callable[[], bytes]:
    return partial(recording.read, piece)


async def _next(under_way: deque[tuple[Ticket[bytes], float]]) -> tuple[bytes, float]:
    """Wait for the oldest piece; it stays in line until it is there, so that who is cancelled meanwhile drops it."""
    ticket, sent_s = under_way[0]
    sound = await asyncio.wrap_future(ticket.result)
    under_way.popleft()
    return sound, sent_s
