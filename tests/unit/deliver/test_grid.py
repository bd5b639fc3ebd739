"""The grid of chunks, and the loop that works through it."""

from __future__ import annotations

import threading
import time

import pytest

from lowtide.deliver.grid import Chunk, Grid, in_order


@pytest.mark.parametrize("units", [1, 24, 25, 26, 75, 999, 4_321])
def test_chunks_tile_the_recording(units: int) -> None:
    chunks = list(Grid(units=units, samples=960).chunks())
    assert chunks[0].first == 0
    assert [chunk.end for chunk in chunks[:-1]] == [chunk.first for chunk in chunks[1:]]
    assert chunks[-1].end == units


def test_the_first_chunks_are_short_and_then_grow_to_twenty_seconds() -> None:
    counts = [chunk.count for chunk in Grid(units=10_000, samples=960).chunks()]
    assert counts[:8] == [25, 50, 100, 200, 400, 800, 1_000, 1_000]


def test_a_chunk_is_the_same_whether_reached_from_the_start_or_by_a_jump() -> None:
    grid = Grid(units=5_000, samples=1_152)
    by_unit = {unit: chunk for chunk in grid.chunks() for unit in range(chunk.first, chunk.end)}
    for unit in (0, 20, 21, 1_000, 4_999):
        assert next(grid.chunks(unit, unit + 1)) == by_unit[unit]


def test_every_chunk_but_the_first_has_its_pre_roll() -> None:
    assert [chunk.lead for chunk in Grid(units=200, samples=960, pre_roll=40).chunks()] == [0, 25, 40, 40]


def chunks(count: int) -> list[Chunk]:
    return [Chunk(index=i, first=i, count=1, lead=0) for i in range(count)]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_results_come_in_order_however_long_each_takes(threads: int) -> None:
    def work(chunk: Chunk) -> int:
        time.sleep(0.004 * (chunk.index % 3 == 0))
        return chunk.index

    assert [result for _, result in in_order(chunks(30), work, threads)] == list(range(30))


def test_work_runs_only_a_little_ahead_of_the_reader() -> None:
    """What is ahead is held in memory: it must not grow with the recording."""
    begun: list[int] = []

    def work(chunk: Chunk) -> None:
        begun.append(chunk.index)

    results = in_order(chunks(1_000), work, 2)
    next(results)
    time.sleep(0.05)
    assert len(begun) <= 4


def test_closing_early_starts_nothing_more_and_leaves_no_thread() -> None:
    before = threading.active_count()
    begun: list[int] = []
    results = in_order(chunks(1_000), lambda chunk: begun.append(chunk.index), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(begun) <= 4
    assert threading.active_count() == before
