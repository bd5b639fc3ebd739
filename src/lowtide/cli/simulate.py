"""`lowtide simulate`: virtual people, and how ways of choosing do with them side by side."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from lowtide.errors import Exit, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lowtide.learn.simulate.block import Order, Outcome

PROCESSES, MOST_PROCESSES = 2, 64
"""Blocks run side by side on so many processors; the table is the same on any number."""
TITLES = {
    "lowtide": "Lowtide",
    "lowtide-house-prior": "Lowtide, without earlier people",
    "rotation": "fixed rotation",
    "random": "at random",
    "best-on-average": "best on average",
    "most-played": "most played",
    "lints": "LinTS (MABWiser)",
    "linucb": "LinUCB (MABWiser)",
    "oracle": "an oracle",
}


def simulate(
    *,
    people: Annotated[int, Parameter(help="How many virtual people.")] = 1000,
    weeks: Annotated[int, Parameter(help="For how many weeks.")] = 8,
    seed: Annotated[int, Parameter(help="The same seed, the same people and the same table.")] = 1,
    differs: Annotated[
        float,
        Parameter(help="How much techniques differ within a person, as a share of what is assumed: 0.5 for half."),
    ] = 1.0,
    processes: Annotated[int, Parameter(help="How many processors to use.")] = PROCESSES,
    as_json: Annotated[bool, Parameter(name="--json", help="Print JSON in place of a table.")] = False,
) -> int:
    """Let ways of choosing techniques meet the same virtual people, and say how each of them does.

    People are helped by different techniques, forget to answer, leave, have good days and bad ones. As many others are
    helped by all techniques alike: of them nothing may be claimed. Regret is how much more the person's best technique
    would have given, per session, in points of pain.

    Such as

        lowtide simulate --people 1000 --weeks 8 --seed 1
        lowtide simulate --people 10000 --weeks 8 --seed 1 --json
    """
    if not 1 <= processes <= MOST_PROCESSES:
        raise UserError(f"{processes} processors can not be used.", hint=f"From 1 to {MOST_PROCESSES}.")
    from lowtide.learn.simulate import simulate as run

    table = run(people, weeks, seed, differs=differs, over=side_by_side(processes))
    for note in table.notes:
        sys.stderr.write(note + "\n")
    sys.stdout.write((json.dumps(table.values, indent=2) if as_json else _as_text(table.values)) + "\n")
    return Exit.OK


def side_by_side(processes: int) -> Callable[[Callable[[Order], Outcome], Sequence[Order]], Iterable[Outcome]]:
    """Give a way to do jobs in so many processes; one, or a single job, is done here."""

    def over(job: Callable[[Order], Outcome], orders: Sequence[Order]) -> Iterable[Outcome]:
        if min(processes, len(orders)) <= 1:
            return map(job, orders)
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(min(processes, len(orders)), mp_context=get_context("spawn")) as pool:
            return list(pool.map(job, orders))

    return over


def _as_text(values: dict[str, Any]) -> str:
    lines = [f"{'':34}{'relief':>8}{'regret':>8}{'best':>8}"]
    lines += _rows(values["policies"], values["people"])
    if "same_people" in values and (met := values["same_people"]["lints"]["people"]) < values["people"]:
        lines += ["", f"The first {met} of them, whom the bandits met:"]
        lines += _rows(values["same_people"], met)
    off = values["off_policy"]
    low, high = off["interval"]
    return "\n".join([
        *lines, "",
        f"90 % intervals that hold the truth: {values['coverage_90']:.1%}",
        f"People of whom something was claimed where nothing differs: {values['null_false_claims']:.1%}",
        f"Where techniques differ: {values['claims']:.1%}, wrongly {values['wrong_claims']:.2%}",
        f"Relief at random, from Lowtide's own log: {off['estimate']:.2f} ({low:.2f} to {high:.2f})",
        f"Relief at random, in truth: {off['truth']:.2f}",
    ])  # fmt: skip


def _rows(policies: dict[str, Any], people: int) -> list[str]:
    return [
        f"{TITLES[name]:34}{one['relief']:8.2f}{one['regret']:8.2f}{one['best_share']:8.0%}"
        for name, one in policies.items()
        if one["people"] == people
    ]
