"""Techniques, weeks and a seed in, a schedule by lot out; and when a comparison must stop.

Called by the pipeline. Law: the schedule is drawn before the first day and never again: what is shown tomorrow does not
depend on what happened today. It is stopped early by the person, or for harm, and for nothing that looks like a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from lowtide.errors import UserError
from lowtide.learn.trend import DAYS_PER_WEEK, own_day
from lowtide.model.checkin import DISTRESS_AFTER, CheckIn, Measure
from lowtide.model.report.comparison import FEWEST_TECHNIQUES, FEWEST_WEEKS, MOST_TECHNIQUES, MOST_WEEKS, Comparison

SEED_WORD = 2**64


def design(
    name: str, techniques: Sequence[str], weeks: int, length_ms: int, *, first_day: int, seed: int,
    measure: Measure = Measure.PAIN,
) -> Comparison:  # fmt: skip
    """Draw a schedule: blocks in which each technique has one day, in an order drawn anew for every block.

    Raises `UserError` for too few or too many techniques or weeks.

    >>> drawn = design("a", ("pmr", "sitting"), 2, 600_000, first_day=0, seed=1)
    >>> len(drawn.schedule), {frozenset(drawn.schedule[at : at + 2]) == {"pmr", "sitting"} for at in range(0, 14, 2)}
    (14, {True})
    """
    if not FEWEST_TECHNIQUES <= len(techniques) <= MOST_TECHNIQUES or len(set(techniques)) != len(techniques):
        raise UserError(
            "A fair comparison is between two or three different techniques.", hint="Name two, or three, once each."
        )
    if not FEWEST_WEEKS <= weeks <= MOST_WEEKS:
        raise UserError(
            f"A fair comparison can not take {weeks} weeks.", hint=f"From {FEWEST_WEEKS} to {MOST_WEEKS} would work."
        )
    chance = np.random.Generator(np.random.PCG64(seed % SEED_WORD))
    blocks = -(-weeks * DAYS_PER_WEEK // len(techniques))
    drawn = [techniques[which] for _ in range(blocks) for which in chance.permutation(len(techniques))]
    return Comparison(
        id=name, techniques=tuple(techniques), measure=measure, first_day=first_day, schedule=tuple(drawn),
        block=len(techniques), length_ms=length_ms, seed=seed,
    )  # fmt: skip


def harmed(comparison: Comparison, checkins: Iterable[CheckIn], day_begins_minute: int = 0) -> str:
    """Name the technique that has done harm twice in this comparison, after which it stops; empty where none has."""
    counts = dict.fromkeys(comparison.techniques, 0)
    for one in checkins:
        day = own_day(one.began_ms, one.utc_offset_minutes, day_begins_minute)
        if comparison.on(day) == one.technique and (one.is_unwell or one.is_worse):
            counts[one.technique] += 1
    return next((name for name, count in counts.items() if count >= DISTRESS_AFTER), "")
