"""From logged odds one learns what another way of choosing would have given."""

from __future__ import annotations

import numpy as np

from lowtide.learn.odds import FLOOR
from lowtide.learn.off_policy import Logged, evaluate, evenly

WORTH = np.array([0.5, 1.0, 2.0])


def logged(seed: int, people: int = 80, decisions: int = 30) -> Logged:
    """People whose good days and odds go together, each with a level of their own, as in real logs."""
    chance = np.random.default_rng(seed)
    size = people * decisions
    before = chance.uniform(2, 9, size)
    lean = np.where(before[:, None] > 5, [0.05, 0.15, 0.8], [0.6, 0.3, 0.1])
    drawn = (chance.random(size)[:, None] > lean.cumsum(axis=1)).sum(axis=1)
    person = np.repeat(np.arange(people), decisions)
    level = chance.normal(0, 0.5, people)[person]
    relief = WORTH[drawn] + 0.3 * (before - 5.5) + level + chance.normal(0, 1, size)
    return Logged(person=person, technique=drawn, odds=lean, relief=relief, before=before)


def test_what_chance_would_have_given_lies_in_the_interval_nineteen_times_in_twenty() -> None:
    held = []
    for seed in range(120):
        found = evaluate(one := logged(seed), evenly(one))
        held.append(found.low <= WORTH.mean() <= found.high)
    assert np.mean(held) >= 0.9


def test_draws_as_rare_as_the_floor_allows_leave_the_interval_honest() -> None:
    # Each of fourteen techniques is drawn nearly always for some people and once in seven hundred days for the others.
    people, decisions, kinds, held = 300, 25, 14, []
    for seed in range(80):
        chance = np.random.default_rng([7, seed])
        person = np.repeat(np.arange(people), decisions)
        worth = chance.normal(1, 0.75, (people, kinds))[person]
        before = chance.uniform(2, 9, len(person))
        would = worth + 0.3 * (before - 5.5)[:, None] + chance.normal(0, 1.3, (len(person), 1))
        odds = np.full(would.shape, FLOOR / kinds)
        odds[np.arange(len(person)), worth.argmax(axis=1)] += 1 - FLOOR
        drawn = (chance.random(len(person))[:, None] > odds.cumsum(axis=1)).sum(axis=1).clip(max=kinds - 1)
        relief = would[np.arange(len(person)), drawn]
        one = Logged(person=person, technique=drawn, odds=odds, relief=relief, before=before)
        found = evaluate(one, evenly(one))
        held.append(found.low <= would.mean() <= found.high)
    assert np.mean(held) >= 0.9


def test_the_naive_mean_would_have_been_wrong() -> None:
    one = logged(1)
    found = evaluate(one, evenly(one))
    assert abs(one.relief.mean() - WORTH.mean()) > 3 * abs(found.mean - WORTH.mean())


def test_always_the_best_is_seen_to_be_better_than_chance() -> None:
    one = logged(2)
    best = evaluate(one, np.broadcast_to(np.array([0.0, 0.0, 1.0]), one.odds.shape).copy())
    assert best.low > evaluate(one, evenly(one)).high
    assert best.low <= WORTH[2] <= best.high


def test_what_was_not_offered_is_not_chosen_evenly() -> None:
    one = Logged(person=np.array([0]), technique=np.array([1]), odds=np.array([[0.0, 0.7, 0.3]]),
                 relief=np.array([1.0]), before=np.array([5.0]))  # fmt: skip
    assert evenly(one).tolist() == [[0.0, 0.5, 0.5]]
