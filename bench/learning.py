"""The learner's figures: ten years of check-ins and thousands of virtual people in, `Row`s out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from bench.goals import Row, ratio
from bench.measure import timed
from lowtide import learn
from lowtide.cli.simulate import side_by_side
from lowtide.learn.simulate import simulate
from lowtide.learn.simulate.table import BANDIT_PEOPLE
from lowtide.model.belief import Context
from lowtide.model.checkin import CheckIn, ChosenBy, Ratings
from lowtide.model.time import MS_PER_HOUR, MS_PER_MINUTE

CHECKINS, YEARS = 10_000, 10
PEOPLE, WEEKS, SEED, CORES = 10_000, 8, 1, 2
TECHNIQUES = ("belly-breathing", "body-scan", "gentle-stretch", "imagery", "kindness", "letting-go", "pmr", "sitting")
UPDATES = 200


def rows() -> Iterator[Row]:
    """Measure updates, a replay and a choice; then the simulation, with what it is for."""
    yield from history()
    yield from population()


def ten_years() -> list[CheckIn]:
    """Make a history of three sessions a day, all measures rated."""
    chance = np.random.default_rng(SEED)
    span_ms = YEARS * 365 * 24 * MS_PER_HOUR // CHECKINS
    rated = chance.integers(0, 11, (CHECKINS, 6)).tolist()
    names = chance.choice(TECHNIQUES, CHECKINS).tolist()
    length = 10 * MS_PER_MINUTE
    return [
        CheckIn(
            id=str(number), began_ms=number * span_ms, ended_ms=number * span_ms + length, technique=name,
            planned_ms=length, heard_ms=length, before=Ratings(pain=a, tension=b, stress=c),
            after=Ratings(pain=d, tension=e, stress=f), chosen_by=ChosenBy.PROTOCOL,
        )
        for number, (name, (a, b, c, d, e, f)) in enumerate(zip(names, rated, strict=True))
    ]  # fmt: skip


def history() -> Iterator[Row]:
    """Time what a person with ten years of check-ins waits for."""
    checkins = ten_years()
    prior = learn.house_prior()
    belief = learn.replay(prior, 0, checkins[:-UPDATES])

    def update_all() -> None:
        grown = belief
        for checkin in checkins[-UPDATES:]:
            grown, _ = learn.update(grown, checkin)

    update_ms = timed(update_all, times=5) / UPDATES * 1000
    yield Row(
        what="one check-in more, after ten years (10,000 check-ins)", figure=f"{update_ms:.2f} ms", goal="< 1 ms",
        is_reached=update_ms < 1,
    )  # fmt: skip
    replay_s = timed(lambda: learn.replay(prior, 0, checkins), times=5)
    yield Row(
        what="ten years replayed", figure=f"{replay_s:.2f} s", goal="< 1 s", is_reached=replay_s < 1,
    )  # fmt: skip
    context = Context(at_ms=checkins[-1].ended_ms)
    choose_ms = timed(lambda: learn.choose(belief, TECHNIQUES, context, SEED), times=5) * 1000
    yield Row(what="a choice after ten years, with its sentence", figure=f"{choose_ms:.0f} ms")


def population() -> Iterator[Row]:
    """Simulate, with and without MABWiser's bandits, on two cores."""
    begin = time.perf_counter()
    many = simulate(PEOPLE, WEEKS, SEED, over=side_by_side(CORES), has_bandits=False).values
    took_s = time.perf_counter() - begin
    yield Row(
        what=f"{PEOPLE:,} virtual people × {WEEKS} weeks, and as many in whom nothing differs, on two cores",
        figure=f"{took_s:.0f} s", goal="< 120 s", is_reached=took_s < 120,
    )  # fmt: skip
    coverage, null = many["coverage_90"], many["null_false_claims"]
    yield Row(
        what="90 % intervals that hold the truth", figure=f"{coverage:.1%}", goal="88–92 %",
        is_reached=0.88 <= coverage <= 0.92,
    )  # fmt: skip
    yield Row(
        what='people told "this helps you more" where nothing differs', figure=f"{null:.1%}", goal="≤ 5 %",
        is_reached=null <= 0.05,
    )  # fmt: skip
    yield from regrets(many["policies"], "rotation", 0.5)
    few = simulate(BANDIT_PEOPLE, WEEKS, SEED, over=side_by_side(CORES)).values["policies"]
    if "lints" in few:
        yield from regrets(few, "lints", 1.0)
    yield _off_policy(many["off_policy"])


def regrets(policies: dict[str, Any], other: str, goal: float) -> Iterator[Row]:
    """Compare our regret with another's, of the same people."""
    ours, theirs = policies["lowtide"]["regret"], policies[other]["regret"]
    detail = f" ({ours:.2f} : {theirs:.2f} points)"
    yield ratio(f"regret against {other}'s, the same people", ours / theirs, goal, detail=detail)


def _off_policy(found: dict[str, Any]) -> Row:
    low, high = found["interval"]
    return Row(
        what="relief at random, from our own log, and in truth",
        figure=f"{found['estimate']:.2f} ({low:.2f} to {high:.2f}) : {found['truth']:.2f}",
        goal="the interval holds it", is_reached=low <= found["truth"] <= high,
    )  # fmt: skip
