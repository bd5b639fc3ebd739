"""Whoever follows a course in whatever way: no state of it is impossible, and nothing that was done is lost."""

from __future__ import annotations

import random

import pytest

from living.courses import LEAST_MS, lived
from lowtide.content.programme_files import programme, programmes
from lowtide.model.programme import LogEntry, Practised, Programme, Standing, State
from lowtide.plan.programme import standing

NAMES = [one.name for one in programmes()]


def practice_days(log: list[LogEntry]) -> int:
    """Count days with a minute of practice, as a person would on a calendar."""
    done: dict[object, int] = {}
    for entry in log:
        if isinstance(entry, Practised):
            done[entry.day] = done.get(entry.day, 0) + entry.ms
    return sum(ms >= LEAST_MS for ms in done.values())


def follow(course: Programme, days: int, seed: int) -> Standing:
    """Follow it, and hold every state on the way against what can be; give the last."""
    dice, before = random.Random(seed), None
    for log, now in lived(course, days, seed):
        assert 1 <= now.number <= now.of == len(course.weeks)
        assert now.week == course.weeks[now.number - 1].name
        assert now.practised_days == practice_days(log)
        assert now.practised_ms == sum(entry.ms for entry in log if isinstance(entry, Practised))
        assert (now.paused_since is None) == (now.state is not State.PAUSED)
        assert (now.left is None) == (now.state is not State.LEFT)
        assert now.is_asking == (now.state is State.UNDER_WAY)
        opened = [week.opened for week in now.weeks]
        days_opened = [day for day in opened if day is not None]
        assert days_opened == sorted(days_opened)
        assert opened[now.number - 1] is not None, "where somebody is has been opened"
        if now.state is State.FINISHED:
            assert now.number == now.of
        if before is not None:
            assert now.number >= before.number, "weeks never go back"
        mixed = dice.sample(log, len(log))
        assert standing(course, mixed, now.today)[0].practised_ms == now.practised_ms, "in whatever order it arrives"
        before = now
    assert before is not None
    return before


@pytest.mark.parametrize("name", NAMES)
def test_no_state_of_a_course_is_impossible(name: str) -> None:
    ends = {follow(programme(name), 120, seed).state for seed in range(12)}
    assert State.FINISHED in ends, "whoever practises comes to its end"
    assert len(ends) > 1, "and not everybody does"


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_no_state_of_a_course_is_impossible_in_a_thousand_years() -> None:
    ends = {follow(programme(NAMES[seed % len(NAMES)]), 365, seed).state for seed in range(1000)}
    assert {State.FINISHED, State.PAUSED, State.LEFT} <= ends
