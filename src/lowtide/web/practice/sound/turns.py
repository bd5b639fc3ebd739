"""Work with a due time in, its result as a future out: one pool of threads that all listeners share.

Called by `studio` and `listening`. Laws: what is due first is done first (who would run dry first, and who waits
for a first sound, which is due at once); what is no longer wanted is never begun. Earliest due first keeps all promises
that can be kept (Liu & Layland 1973).
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Ticket(Generic[_T]):
    """Work that was handed in."""

    work: Callable[[], _T]
    result: Future[_T] = field(default_factory=Future)


class Pool:
    """Threads that always take what is due first."""

    def __init__(self, threads: int, name: str) -> None:
        """Start no thread yet."""
        self._most, self._name = threads, name
        self._waiting: list[tuple[float, int, Ticket[Any]]] = []
        self._numbers = itertools.count()
        self._has_work = threading.Condition()
        self._begun: set[Ticket[Any]] = set()
        self._threads = 0

    def submit(self, work: Callable[[], _T], due_s: float) -> Ticket[_T]:
        """Hand work in, due at a time of the monotonic clock; cancel its result when it is no longer wanted."""
        ticket = Ticket(work)
        self.hasten(ticket, due_s)
        return ticket

    def hasten(self, ticket: Ticket[Any], due_s: float) -> None:
        """Let waiting work be due earlier; what has begun or ended stays as it is."""
        with self._has_work:
            heapq.heappush(self._waiting, (due_s, next(self._numbers), ticket))
            if self._threads < self._most:
                self._threads += 1
                threading.Thread(target=self._run, name=f"{self._name}-{self._threads}", daemon=True).start()
            self._has_work.notify()

    def _run(self) -> None:
        while True:
            ticket = self._next()
            try:
                result = ticket.work()
            except BaseException as error:  # noqa: BLE001 -- the worker loop: whoever waits for the result is told
                ticket.result.set_exception(error)
            else:
                ticket.result.set_result(result)
            with self._has_work:
                self._begun.discard(ticket)
            del ticket

    def _next(self) -> Ticket[Any]:
        with self._has_work:
            while True:
                while not self._waiting:
                    self._has_work.wait()
                _, _, ticket = heapq.heappop(self._waiting)
                # It may wait here twice, due early and late; it is done once.
                if ticket in self._begun or ticket.result.done():
                    continue
                if ticket.result.set_running_or_notify_cancel():
                    self._begun.add(ticket)
                    return ticket
