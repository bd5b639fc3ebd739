"""A recording and a stretch of its bytes in, those bytes out as they are due: what one listener's player reads.

Called by the player's views, in the event loop. Laws: while others wait it never renders more than some seconds ahead
of what can have been heard, and never more than some minutes; a reader who stops reading stops the work, and one who
goes away cancels it; the event loop only waits. In a crowd all first sounds are made before anybody's second, and none
is let go long before what follows it.
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
MOST_AHEAD_S = 180.0
"""So far where nobody else waits for anything. Chromium keeps 2 MB, 131 s, in store (`kMinBufferPreload`), and asks for
no other place while the one it wants is up to 160 kB beyond what it has got (`kMaxWaitForWriterOffset`, media/blink):
with 20 s sent, whoever went 24 seconds forward waited five for them to be sent in the time that they last."""
LOOK_AGAIN_S = 1.0
"""How long it takes at most to see that nobody waits any more."""
DEPTH = 2
"""Pieces of one listener that are under way at once."""
PATIENCE_S = 3600.0
"""What is kept for later is due after what anybody listens to now."""
START_S = 1.0
"""A first sound is due so long after it was asked for: who would run dry before that goes first."""
HOLD_S = 1.5
"""In a crowd a first sound is held until what follows is there, but no longer than this after it was asked for: two
seconds is the goal, and half a second of sound alone would be followed by a gap."""


class Listening:
    """One reader's way through a recording: what is rendered for them, and by when."""

    def __init__(self, recording: Recording, pool: Pool, asked_s: float, first_ms: int, *, keeps: bool) -> None:
        self.recording, self.keeps = recording, keeps
        self._pool, self._asked_s, self._first_ms = pool, asked_s, first_ms
        self._is_heard = False
        self.began_s = asked_s + HOLD_S
        """When the first byte is heard: at the latest then, until it is known."""
        self.under_way: deque[tuple[Piece, Ticket[bytes]]] = deque()

    def due_s(self, piece: Piece) -> float:
        """Say when a piece is heard, at the earliest."""
        return self.began_s + self._place_s(piece.at_ms)

    def early_s(self, piece: Piece, now_s: float) -> float:
        """Say how long a piece may still wait before it is rendered; never for what is kept for later."""
        ahead_s = MOST_AHEAD_S if self._pool.is_quiet else AHEAD_S
        return 0.0 if self.keeps else self.due_s(piece) - ahead_s - now_s

    def _place_s(self, at_ms: int) -> float:
        return (at_ms - self._first_ms) / MS_PER_SECOND

    def submit(self, piece: Piece) -> None:
        """Have a piece rendered: the first one soon, each other one before the reader runs dry."""
        is_first = piece.at_ms == self._first_ms
        due_s = (self._asked_s + START_S if is_first else self.due_s(piece)) + (PATIENCE_S if self.keeps else 0.0)
        ticket = self._pool.submit(partial(self.recording.read, piece), due_s, self.recording.seat)
        self.under_way.append((piece, ticket))

    async def next(self, clock: Callable[[], float]) -> tuple[Piece, bytes]:
        """Wait for the oldest piece; it stays in line until it is there, so that who is cancelled drops it."""
        piece, ticket = self.under_way[0]
        sound = await asyncio.wrap_future(ticket.result)
        self.under_way.popleft()
        await self._hold(clock)
        return piece, sound

    async def _hold(self, clock: Callable[[], float]) -> None:
        """In a crowd, wait with the first sound until the second piece is there, or for as long as is bearable."""
        wait_s = self._asked_s + HOLD_S - clock()
        if self._is_heard or self.keeps or not self.under_way or wait_s <= 0 or not self._pool.is_crowded:
            return
        await asyncio.wait({asyncio.wrap_future(self.under_way[0][1].result)}, timeout=wait_s)

    def sent(self, piece: Piece, now_s: float) -> None:
        """Take note of what the reader has now; the first sound begins to be heard with it."""
        until_s = self._place_s(self.recording.at_ms(piece.stop))
        if until_s <= 0:
            return  # the file's head
        # Nobody has heard more than was sent: who paused, or had to wait, is so much later from here on.
        self.began_s = max(self.began_s, now_s - until_s) if self._is_heard else now_s
        self._is_heard = True

    def drop(self) -> None:
        """Have nothing rendered for who has gone."""
        for _, ticket in self.under_way:
            ticket.result.cancel()


async def listen(
    recording: Recording, start: int, stop: int, pool: Pool, *, keeps: bool = False, asked_s: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[bytes]:  # fmt: skip
    """Yield the bytes from `start` to before `stop`. With `keeps` it is for later: all of it, in whatever time is left.

    A reader begins to hear at `start` when the first bytes arrive, and goes on at the speed of the clock. `asked_s`
    says when they asked, on that clock, where making the session has taken time since.
    """
    asked_s = clock() if asked_s is None else asked_s
    reader = Listening(recording, pool, asked_s, recording.at_ms(start), keeps=keeps)
    try:
        for piece in recording.pieces(start, stop):
            while reader.under_way and (len(reader.under_way) >= DEPTH or reader.early_s(piece, clock()) > 0):
                oldest, sound = await reader.next(clock)
                yield sound
                reader.sent(oldest, clock())
            while (early_s := reader.early_s(piece, clock())) > 0:
                await asyncio.sleep(min(early_s, LOOK_AGAIN_S))
            if not reader.under_way and (known := recording.at_hand(piece)):
                yield known  # what was prepared ahead waits for no turn
                reader.sent(piece, clock())
            else:
                reader.submit(piece)
        while reader.under_way:
            _, sound = await reader.next(clock)
            yield sound
    finally:
        reader.drop()
