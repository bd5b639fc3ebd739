"""An order for virtual people in, the table of policies out: what `lowtide simulate` prints.

Called by the command line and the benchmark. Law: the same order gives the same table, however its blocks are spread
over processors. Regret is per decision: how much more the person's best technique would have given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lowtide.errors import UserError
from lowtide.learn.off_policy import Logged, evaluate, evenly
from lowtide.learn.simulate.bandits import LINTS, LINUCB, is_installed
from lowtide.learn.simulate.block import OURS, Order, Outcome, Score, earlier_people, run
from lowtide.learn.simulate.people import world

BLOCK = 250
"""People in a block."""
BANDIT_PEOPLE = 500
"""MABWiser's bandits are Python objects, one for each person: they meet the first so many people only."""
FEWEST_PEOPLE, MOST_PEOPLE = 20, 1_000_000
MOST_WEEKS = 104
MOST_DIFFERENT = 3.0
BANDITS = (LINTS, LINUCB)
NO_BANDITS = "MABWiser is not installed, so LinTS and LinUCB are left out (extra 'simulate')."
Blocks = Callable[[Callable[[Order], Outcome], Sequence[Order]], Iterable[Outcome]]
"""Runs a function on each order and gives the outcomes in their order, as `map` does; it may use several processors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The results, as plain values for JSON."""

    values: dict[str, Any]
    notes: tuple[str, ...]
    """What is missing, in plain sentences."""


def simulate(
    count: int, weeks: int, seed: int, *, differs: float = 1.0, over: Blocks = map, has_bandits: bool = True
) -> Table:
    """Simulate `count` people for some weeks, and as many of whom nothing differs.

    `differs` scales how much techniques differ; without `has_bandits` MABWiser's are left out. Raises `UserError` for
    sizes that make no sense.
    """
    if not FEWEST_PEOPLE <= count <= MOST_PEOPLE:
        raise UserError(f"{count} people can not be simulated.", hint=f"From {FEWEST_PEOPLE} to {MOST_PEOPLE}.")
    if not 1 <= weeks <= MOST_WEEKS:
        raise UserError(f"{weeks} weeks can not be simulated.", hint=f"From 1 to {MOST_WEEKS}.")
    if not 0 <= differs <= MOST_DIFFERENT:
        raise UserError(f"Techniques can not differ {differs:g} times as much.", hint=f"From 0 to {MOST_DIFFERENT:g}.")
    if seed < 0:
        raise UserError(f"{seed} is not a seed.", hint="A whole number from 0 on.")
    where = world(seed, weeks, differs)
    earlier = earlier_people(seed, where, count)
    notes = () if is_installed() or not has_bandits else (NO_BANDITS,)
    has_bandits = has_bandits and is_installed()
    orders = [
        Order(
            seed=seed, number=number, first=number * BLOCK, size=size, where=where, earlier=earlier, is_null=is_null,
            has_bandits=has_bandits and not is_null and number * BLOCK < BANDIT_PEOPLE,
        )
        for is_null in (False, True)
        for number, size in enumerate(_sizes(count))
    ]  # fmt: skip
    outcomes = list(over(run, orders))
    half = len(outcomes) // 2
    return Table(values=_values(outcomes[:half], outcomes[half:]), notes=notes)


def _sizes(count: int) -> Iterator[int]:
    for begin in range(0, count, BLOCK):
        yield min(BLOCK, count - begin)


def _values(real: Sequence[Outcome], null: Sequence[Outcome]) -> dict[str, Any]:
    every = list(real[0].scores)
    names = [OURS, *(name for name in every if name != OURS)]
    with_bandits = [outcome for outcome in real if BANDITS[0] in outcome.scores]
    shown = _joined(real, "is_shown")
    claimed = _joined(real, "claimed")
    values: dict[str, Any] = {
        "people": int(sum(len(outcome.claimed) for outcome in real)),
        "policies": {name: _policy([o.scores[name] for o in real if name in o.scores]) for name in names},
        "coverage_90": _part(_joined(real, "is_covered")[shown]),
        "null_false_claims": _part(_joined(null, "claimed").any(axis=1)),
        "claims": _part(claimed.any(axis=1)),
        "wrong_claims": _part((claimed & _joined(real, "is_wrong")).any(axis=1)),
        "off_policy": _off_policy(real),
    }
    if with_bandits:
        values["same_people"] = {name: _policy([o.scores[name] for o in with_bandits]) for name in names}
    return values


def _joined(outcomes: Sequence[Outcome], field: str) -> NDArray[np.bool_]:
    return np.concatenate([getattr(outcome, field) for outcome in outcomes])


def _part(flags: NDArray[np.bool_] | NDArray[np.floating[Any]] | np.bool_) -> float:
    return round(float(np.mean(flags)), 4) if np.size(flags) else 0.0


def _policy(scores: Sequence[Score]) -> dict[str, float]:
    decisions = sum(float(score.decisions.sum()) for score in scores)
    return {
        "relief": round(sum(float(score.relief.sum()) for score in scores) / decisions, 4),
        "regret": round(sum(float(score.regret.sum()) for score in scores) / decisions, 4),
        "best_share": _part(np.concatenate([score.ends_best for score in scores])),
        "people": sum(len(score.decisions) for score in scores),
    }


def _off_policy(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    fields = {
        name: np.concatenate([getattr(outcome.logged, name) for outcome in outcomes]) for name in Logged.__slots__
    }
    logged = Logged(**fields)
    found = evaluate(logged, evenly(logged))
    return {
        "policy": "random",
        "estimate": round(found.mean, 4),
        "truth": round(float(np.concatenate([outcome.even_truth for outcome in outcomes]).mean()), 4),
        "interval": [round(found.low, 4), round(found.high, 4)],
    }
