"""Rendering is shared: who waits for a first sound goes first, then who would run dry first."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from threading import Event

import pytest

from lowtide.web.practice.sound.turns import Pool, Ticket, seat

WAIT_S = 10.0


def busy(pool: Pool) -> Event:
    """Occupy the pool's one thread until the event that is given back is set."""
    begun, may_end = Event(), Event()

    def work() -> None:
        begun.set()
        may_end.wait(WAIT_S)

    pool.submit(work, 0.0)
    assert begun.wait(WAIT_S)
    return may_end


def noted(order: list[str], name: str) -> Callable[[], None]:
    return lambda: order.append(name)


def done(*tickets: Ticket[None]) -> None:
    for ticket in tickets:
        ticket.result.result(WAIT_S)


def test_a_first_sound_goes_before_all_else_and_then_whoever_would_run_dry_first() -> None:
    pool, order = Pool(1, "test"), list[str]()
    free = busy(pool)
    tickets = [
        pool.submit(noted(order, name), due)
        for name, due in (
            ("has enough", 90.0),
            ("runs dry soon", 2.0),
            ("hears nothing yet", 1.0),
        )
    ]
    free.set()
    done(*tickets)
    assert order == ["hears nothing yet", "runs dry soon", "has enough"]


def test_what_is_prepared_ahead_goes_first_once_somebody_waits_for_it_and_is_done_once() -> None:
    pool, order = Pool(1, "test"), list[str]()
    free = busy(pool)
    ahead = pool.submit(noted(order, "ahead"), 60.0)
    other = pool.submit(noted(order, "other"), 1.0)
    pool.hasten(ahead, 0.0)
    free.set()
    done(ahead, other)
    last = pool.submit(noted(order, "last"), 99.0)
    done(last)
    assert order == ["ahead", "other", "last"]


def test_what_nobody_wants_any_more_is_never_begun() -> None:
    pool, order = Pool(1, "test"), list[str]()
    free = busy(pool)
    dropped = pool.submit(noted(order, "dropped"), 1.0)
    wanted = pool.submit(noted(order, "wanted"), 2.0)
    assert dropped.result.cancel()
    free.set()
    done(wanted)
    assert order == ["wanted"]
    with pytest.raises(CancelledError):
        dropped.result.result(0)


def test_an_error_reaches_who_waits_and_the_pool_goes_on() -> None:
    pool, order = Pool(1, "test"), list[str]()

    def fail() -> None:
        raise ValueError("torn")

    failing = pool.submit(fail, 1.0)
    with pytest.raises(ValueError, match="torn"):
        failing.result.result(WAIT_S)
    done(pool.submit(noted(order, "next"), 2.0))
    assert order == ["next"]


def test_a_line_is_crowded_while_more_is_urgent_than_there_are_threads() -> None:
    pool, now = Pool(1, "test"), time.monotonic()
    free = busy(pool)
    later = [pool.submit(lambda: None, now + 3600.0) for _ in range(5)]
    found = {"what is prepared ahead keeps nobody waiting": pool.is_crowded}
    one = pool.submit(lambda: None, now)
    pool.hasten(one, now - 1.0)
    found["what stands in line twice is done once"] = pool.is_crowded
    other = pool.submit(lambda: None, now)
    found["one more than there are threads"] = pool.is_crowded
    other.result.cancel()
    found["what nobody wants any more"] = pool.is_crowded
    free.set()
    done(one, *later)
    assert [words for words, is_crowded in found.items() if is_crowded] == ["one more than there are threads"]


def test_each_of_a_pool_s_threads_gets_ready_before_there_is_work_for_it() -> None:
    pool, found, all_ready = Pool(3, "test"), set[int](), Event()

    def get_ready() -> None:
        found.add(seat())
        if len(found) == 3:
            all_ready.set()

    pool.each(get_ready)
    assert all_ready.wait(WAIT_S)
