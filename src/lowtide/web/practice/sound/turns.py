"""Work with a due time in, its result as a future out: one pool of threads that all listeners share.

Called by `studio` and `listening`. Laws: what is due first is done first (who would run dry first, and who waits
for a first sound, which is due at once); what is no longer wanted is never begun. Earliest due first keeps all promises
that can be kept (Liu & Layland 1973). Each recording has its thread, which has at hand what mixing it needs.
"""

from __future__ import annotations

import heapq
import itertools
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
URGENT_S = 2.0
"""What is due sooner than this is done by whoever has time, although another has at hand what it needs."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticket(Generic[_T]):
    """Work that was handed in."""

    work: Callable[[], _T]
    seat: int | None = None
    """The thread that should do it; None for whichever comes first."""
    result: Future[_T] = field(default_factory=Future)


_here = threading.local()


def seat() -> int:
    """Say which of its pool's threads this is, from 0 on; 0 outside of a pool."""
    return getattr(_here, "seat", 0)


class Pool:
    """Threads that always take what is due first."""

    def __init__(self, threads: int, name: str) -> None:
        """Start no thread yet."""
        self._most, self._name = threads, name
        self._waiting: dict[int | None, list[tuple[float, int, Ticket[Any]]]] = {None: []}
        self._idle: set[int] = set()
        self._numbers = itertools.count()
        self._has_work = threading.Condition()
        self._begun: set[Ticket[Any]] = set()
        self._threads = 0

    def submit(self, work: Callable[[], _T], due_s: float, seat: int | None = None) -> Ticket[_T]:
        """Hand work in, due at a time of the monotonic clock; cancel its result when it is no longer wanted.

        With a `seat` the thread with that number does it, unless it is busy while another has nothing to do and the
        work is urgent.
        """
        ticket = Ticket(work, seat if seat is not None and seat < self._threads else None)
        self.hasten(ticket, due_s)
        return ticket

    def each(self, work: Callable[[], object]) -> None:
        """Have each of the threads do some work once, as soon as it has nothing else to do."""
        with self._has_work:
            while self._threads < self._most:
                self._start()
        for number in range(self._most):
            self.hasten(Ticket(work, number), math.inf)  # never urgent: no other thread takes it

    def hasten(self, ticket: Ticket[Any], due_s: float) -> None:
        """Let waiting work be due earlier; what has begun or ended stays as it is."""
        with self._has_work:
            heapq.heappush(self._waiting[ticket.seat], (due_s, next(self._numbers), ticket))
            if self._threads < self._most:
                self._start()
            self._has_work.notify_all()

    def _start(self) -> None:
        number, self._threads = self._threads, self._threads + 1
        self._waiting[number] = []
        name = f"{self._name}-{self._threads}"
        threading.Thread(target=self._run, args=(number,), name=name, daemon=True).start()

    @property
    def is_crowded(self) -> bool:
        """True where more urgent work waits than there are threads: what is handed in now is not done at once."""
        return len(self._due_before(time.monotonic() + URGENT_S)) > self._most

    @property
    def is_quiet(self) -> bool:
        """True where nothing waits, however late it is due: what is handed in now takes nobody's turn."""
        return not self._due_before(math.inf)

    def _due_before(self, late_s: float) -> set[Ticket[Any]]:
        with self._has_work:
            return {
                ticket for line in self._waiting.values() for due_s, _, ticket in line
                if due_s < late_s and ticket not in self._begun and not ticket.result.done()
            }  # fmt: skip

    def _run(self, number: int) -> None:
        _here.seat = number
        while True:
            ticket = self._next(number)
            try:
                result = ticket.work()
            except BaseException as error:  # noqa: BLE001 -- the worker loop: whoever waits for the result is told
                ticket.result.set_exception(error)
            else:
                ticket.result.set_result(result)
            with self._has_work:
                self._begun.discard(ticket)
            del ticket

    def _next(self, number: int) -> Ticket[Any]:
        with self._has_work:
            while True:
                found = self._first(number)
                if found is None:
                    self._idle.add(number)
                    # Others' work becomes urgent by and by; they are busy then, and nobody else would say so.
                    self._has_work.wait(URGENT_S / 2 if any(self._waiting.values()) else None)
                    self._idle.discard(number)
                    continue
                _, _, ticket = heapq.heappop(found)
                # It may wait here twice, due early and late; it is done once.
                if ticket in self._begun or ticket.result.done():
                    continue
                if ticket.result.set_running_or_notify_cancel():
                    self._begun.add(ticket)
                    return ticket

    def _first(self, number: int) -> list[tuple[float, int, Ticket[Any]]] | None:
        """Give the line whose first is this thread's to do: its own or nobody's, or an urgent one of a busy thread."""
        own = [self._waiting[name] for name in (number, None) if self._waiting[name]]
        if not own:
            soon = time.monotonic() + URGENT_S
            own = [
                line for name, line in self._waiting.items()
                if line and name not in self._idle and line[0][0] < soon
            ]  # fmt: skip
        return min(own, key=lambda line: line[0][:2], default=None)
