"""A recording's length in, the fixed grid of chunks it is rendered and encoded in, out; and the loop that does it.

Called by every encoder. Law: the grid depends on the length alone, and a chunk's bytes on its place alone, so a file
is the same for any number of threads, any order and any seek. Memory depends on the chunks under way, never on the
length. PERFORMANCE.md, point 2.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from lowtide.model.time import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    """Stereo sound at 48 kHz: float32 (count, 2), full scale ±1."""
    Render = Callable[[int, int], Samples]
    """`render(start, count)`: that many samples from there. Pure, and safe in many threads at once."""

CHUNK_SECONDS = (0.5, 1, 2, 4, 8, 16, 20)
"""The first sound comes from a small chunk; the last length is kept up. PERFORMANCE.md, point 2."""
PRE_ROLL = 8
"""Codec frames encoded before each chunk and thrown away, so that the encoder's memory has settled where it begins.
With LAME the frames after it are the same as in one long run; other codecs need more."""

_T = TypeVar("_T")


class Progress(Protocol):
    """What is told how far a recording has come, in samples, from the thread that reads the bytes."""

    def __call__(self, done: int, total: int, /) -> None:
        """Take note of it; quickly, because the recording waits."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of codec frames that is made by itself."""

    index: int
    first: int
    count: int
    lead: int
    """How many codec frames of pre-roll it has: fewer at the very start."""

    @property
    def end(self) -> int:
        """The first codec frame after it."""
        return self.first + self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How a recording is cut."""

    units: int
    """How many codec frames there are."""
    samples: int
    """Samples in one codec frame."""
    seconds: tuple[float, ...] = CHUNK_SECONDS
    """The chunks' lengths in order; the last one is kept up."""
    pre_roll: int = PRE_ROLL

    def holding(self, unit: int) -> int:
        """Find the index of the chunk that holds a codec frame.

        >>> grid = Grid(units=500, samples=960, seconds=(0.5, 1))
        >>> [grid.holding(unit) for unit in (0, 24, 25, 74, 75, 499)]
        [0, 0, 1, 1, 2, 10]
        """
        *openings, last = self._sizes()
        for index, size in enumerate(openings):
            if unit < size:
                return index
            unit -= size
        return len(openings) + unit // last

    def chunk(self, index: int) -> Chunk:
        """Give one chunk; the last of a recording may be shorter than the others."""
        *openings, last = self._sizes()
        first = sum(openings[:index]) + max(0, index - len(openings)) * last
        size = openings[index] if index < len(openings) else last
        assert first < self.units, (index, self.units)
        count = min(size, self.units - first)
        return Chunk(index=index, first=first, count=count, lead=min(self.pre_roll, first))

    def chunks(self, first: int = 0, end: int | None = None) -> Iterator[Chunk]:
        """Yield, in order and whole, the chunks that hold the codec frames from `first` to before `end`.

        >>> [chunk.count for chunk in Grid(units=100, samples=960, seconds=(0.5, 1)).chunks()]
        [25, 50, 25]
        """
        at, end, index = first, self.units if end is None else min(end, self.units), self.holding(first)
        while at < end:
            chunk = self.chunk(index)
            yield chunk
            at, index = chunk.end, index + 1

    def _sizes(self) -> list[int]:
        return [max(1, round(seconds * SAMPLE_RATE_HZ / self.samples)) for seconds in self.seconds]


def stretch(render: Render, start: int, count: int, total: int) -> Samples:
    """Render `count` samples from `start`, contiguous; what lies outside the recording is silence."""
    import numpy as np

    first, end = max(0, start), max(0, min(start + count, total))
    if first == start and end == start + count:
        return np.ascontiguousarray(render(start, count), dtype=np.float32)
    padded = np.zeros((count, 2), dtype=np.float32)
    if first < end:
        padded[first - start : end - start] = render(first, end - first)
    return padded


def threads_here() -> int:
    """Count the processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(chunks: Iterable[Chunk], work: Callable[[Chunk], _T], threads: int | None) -> Iterator[tuple[Chunk, _T]]:
    """Do `work` on each chunk in a pool of threads, and yield the results in order, at most two a thread ahead.

    An error in `work` is raised here. Closing the iterator (or an interrupt) drops what has not begun.
    """
    threads = threads or threads_here()
    if threads == 1:
        yield from ((chunk, work(chunk)) for chunk in chunks)
        return
    from concurrent.futures import Future, ThreadPoolExecutor

    pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
    ahead: deque[tuple[Chunk, Future[_T]]] = deque()
    try:
        for chunk in chunks:
            ahead.append((chunk, pool.submit(work, chunk)))
            if len(ahead) >= 2 * threads:
                done, future = ahead.popleft()
                yield done, future.result()
        while ahead:
            done, future = ahead.popleft()
            yield done, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
