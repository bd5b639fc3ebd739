"""What time it is, for work that nobody calls with a time: a task out of the queue, a signal. Tests set it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

Clock = Callable[[], datetime]
_clocks: list[Clock] = [timezone.now]


def now() -> datetime:
    """Say what time it is."""
    return _clocks[-1]()


@contextmanager
def told_by(clock: Clock) -> Iterator[None]:
    """Let it be the time that `clock` says, for a while."""
    _clocks.append(clock)
    try:
        yield
    finally:
        _clocks.remove(clock)
