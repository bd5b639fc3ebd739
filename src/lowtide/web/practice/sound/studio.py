"""Orders in, recordings out: made once, kept for a while, prepared ahead while somebody still reads the page.

Called by the player's views, and by whoever shows a suggestion. Laws: what can be had at once never waits for what must
be spoken first; composing and rendering happen in processes of their own (`hands`), and no page waits
for them.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import takewhile
from threading import Lock
from typing import TYPE_CHECKING

from lowtide import speak
from lowtide.deliver import Shelf
from lowtide.deliver.grid import threads_here
from lowtide.deliver.shelf import DEFAULT_BYTES
from lowtide.errors import LowtideError
from lowtide.model.time import MS_PER_SECOND
from lowtide.web.practice.sound import making
from lowtide.web.practice.sound.clips import RecentClips
from lowtide.web.practice.sound.desk import Desk, Places, score_of
from lowtide.web.practice.sound.hands import Hand
from lowtide.web.practice.sound.listening import START_S
from lowtide.web.practice.sound.recording import Recording
from lowtide.web.practice.sound.turns import Pool, Ticket, seat

if TYPE_CHECKING:
    from lowtide.web.practice.sound.desk import Stretch
    from lowtide.web.practice.sound.order import Order

TRY_AGAIN_S = 20.0
"""A session that can not be had is tried again after this: a voice may have come back, a disk may have room."""
KEPT_RECORDINGS = 128
"""Sessions that stay at hand: some 6 MB each while somebody listens, and much less before."""
SPEAKERS = 2
"""Sessions spoken at once; each uses every core by itself."""
PATIENCE_S = 60.0
"""What is prepared ahead is due this much later than what somebody waits for."""
OPENING_MS = 10_000
"""So much is rendered ahead of the tap, once nobody waits for anything else: then it begins at once, and goes on."""


@dataclass(slots=True, eq=False)
class Preparation:
    """A session that is being made, or is ready."""

    order: Order
    recording: Future[Recording] = field(default_factory=Future)
    done: int = 0
    """Phrases that are spoken."""
    count: int = 0
    """All phrases; 0 where that is not known yet."""
    failed_s: float | None = None
    """When it turned out that it can not be had, on the monotonic clock."""
    ticket: Ticket[None] | None = None
    """The work that is under way for it."""

    @property
    def is_ready(self) -> bool:
        """True where it can be listened to."""
        return self.recording.done() and self.recording.exception() is None

    @property
    def may_be_tried_again(self) -> bool:
        """True some time after it has failed; until then all who ask are told why."""
        return self.failed_s is not None and time.monotonic() - self.failed_s > TRY_AGAIN_S

    def fail(self, error: BaseException) -> None:
        """Tell whoever waits that it can not be had."""
        self.failed_s = time.monotonic()
        self.recording.set_exception(error)

    async def awaited(self) -> Recording:
        """Wait for it in the event loop; who stops waiting stops nothing for others. Raises what making it raised."""
        return await asyncio.shield(asyncio.wrap_future(self.recording))

    @property
    def failure(self) -> LowtideError | None:
        """Why it can not be had, in plain words; None where it can, or may yet."""
        error = self.recording.exception() if self.recording.done() else None
        return error if isinstance(error, LowtideError) else None

    def progress(self, done: int, count: int) -> None:
        """Take note of how far speaking has come."""
        self.done, self.count = done, count


class Studio:
    """Where sessions are made and rendered."""

    def __init__(
        self, clips: speak.Cache, shelf: Shelf | None, *, threads: int | None = None, places: Places | None = None
    ) -> None:
        """Start nothing yet. With `places` each thread works in a process of its own, with a desk built from them."""
        self.clips, self.shelf = clips, shelf
        threads, desk = threads or threads_here(), Desk(clips, shelf)
        self.pool = Pool(threads, "sound")
        self.hands = tuple(Hand(desk, places) for _ in range(threads))
        self._speakers = Pool(SPEAKERS, "speaking")
        self._kept: OrderedDict[str, Preparation] = OrderedDict()
        self._lock = Lock()
        self._is_used = False

    def prepare(self, order: Order, *, is_awaited: bool = False) -> Preparation:
        """Begin to make a session, or give the one that is there; with `is_awaited` before whatever is only likely."""
        due = time.monotonic() + (START_S if is_awaited else PATIENCE_S)
        with self._lock:
            found = self._kept.get(order.digest)
            if found and not found.may_be_tried_again:
                self._kept.move_to_end(order.digest)
                if is_awaited and found.ticket and not found.recording.done():
                    self.pool.hasten(found.ticket, due)
                return found
            found = self._kept[order.digest] = Preparation(order)
            while len(self._kept) > KEPT_RECORDINGS:
                self._kept.popitem(last=False)
            is_first, self._is_used = not self._is_used, True
        found.ticket = self.pool.submit(partial(self._at_once, found), due)
        if is_first:  # where one has come many may follow
            self.pool.each(self._get_ready)
        return found

    def find(self, digest: str) -> Preparation | None:
        """Find a session that was made before, by its order's digest."""
        with self._lock:
            return self._kept.get(digest)

    def _get_ready(self) -> None:
        self.hands[seat()].get_ready()

    def _at_once(self, wanted: Preparation) -> None:
        try:
            score = self.hands[seat()].do(wanted.order)
            self._finish(wanted, Recording(wanted.order, score, self._render, seat=seat()))
        except making.NotSpokenYetError:
            wanted.ticket = None
            self._speakers.submit(partial(self._spoken, wanted), time.monotonic())
        except BaseException as error:  # noqa: BLE001 -- the worker loop: whoever waits for the recording is told
            wanted.fail(error)

    def _spoken(self, wanted: Preparation) -> None:
        try:
            made = making.make(wanted.order, self.clips, wanted.progress)
            at = int(wanted.order.digest, 16) % len(self.hands)
            self._finish(wanted, Recording(wanted.order, score_of(made), self._render, seat=at))
        except BaseException as error:  # noqa: BLE001 -- the worker loop: whoever waits for the recording is told
            wanted.fail(error)

    def _finish(self, wanted: Preparation, recording: Recording) -> None:
        wanted.recording.set_result(recording)
        for piece in takewhile(lambda piece: piece.at_ms < OPENING_MS, recording.pieces(0, recording.size)):
            due = time.monotonic() + PATIENCE_S + piece.at_ms / MS_PER_SECOND  # the first pieces of all go first
            self.pool.submit(partial(recording.read, piece), due, recording.seat)

    def _render(self, wanted: Stretch) -> bytes:
        """Render with the hand of the thread that this is."""
        sound: bytes = self.hands[seat()].do(wanted)
        return sound

    def end(self) -> None:
        """End the processes for good; what is still waiting is done in this one."""
        for hand in self.hands:
            hand.retire()


_works_apart = False


def work_apart() -> None:
    """Let this process's studio work in processes of their own: for a server, whose pages must not wait for sound."""
    global _works_apart  # noqa: PLW0603 (said once, before the server starts)
    _works_apart = True


@cache
def studio() -> Studio:
    """Give this process's studio, with the clips and the shelf that the command line uses too."""
    clips = RecentClips()
    shelf, shelf_bytes = clips.folder.with_name("chunks"), min(DEFAULT_BYTES, clips.limit_bytes)
    places = Places(clips=clips.folder, clips_bytes=clips.limit_bytes, shelf=shelf, shelf_bytes=shelf_bytes)
    return Studio(clips, Shelf(shelf, shelf_bytes), places=places if _works_apart else None)
