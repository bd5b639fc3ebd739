"""A belief, candidates and the day in, one technique out, with its odds and why.

Called by the pipeline with the candidates that `plan` has cleared. Law: only candidates are drawn, from exactly the
odds that are given out; a technique with two unwanted effects in `UNWANTED_DAYS` is not among them; the same arguments
give the same choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lowtide.errors import UserError
from lowtide.learn.claims import effects
from lowtide.learn.explain import Names, why
from lowtide.learn.features import MIDDLE, RATING_UNIT, Real
from lowtide.learn.odds import draw, rest, shares, with_floor
from lowtide.learn.posterior import solve, start, sums_of
from lowtide.model.belief import Belief, Choice, ChoiceInfo, Context
from lowtide.model.checkin import DISTRESS_AFTER, Measure
from lowtide.model.time import MS_PER_DAY

UNWANTED_DAYS = 90
"""How long an unwanted effect counts: until the screening is asked again (SAFETY: "after 90 days")."""
PLEASANT_POINTS = 0.25
"""The points of relief that the most pleasant technique is worth more than a middling one: house value, small enough
that what helps comes first."""
PLEASANT_WEIGHT = 3
"""The sessions that the guess "middling" is worth: house value."""
SEED_WORD = 2**64


def choose(
    belief: Belief, candidates: Sequence[str], context: Context, seed: int, names: Names | None = None
) -> tuple[Choice, ChoiceInfo]:
    """Draw one of the candidates; `names` says what to call them in the sentence, where their own will not do.

    Raises `UserError` where there is no candidate, or none that has not made the person unwell twice.
    """
    if not candidates:
        raise UserError("There is no technique to choose from.", hint="Name one, or a script of your own.")
    withheld = {name: reason for name in candidates if (reason := _unwanted(belief, name, context.at_ms))}
    offered = tuple(sorted(set(candidates) - set(withheld)))
    if not offered:
        raise UserError(
            "Each practice that is cleared has twice left you unwell or in more pain.",
            hint="Please talk to a professional before going on; you can still name a technique yourself.",
        )
    # The moment is part of the name of chance: a seed that is left at 0 must not draw the same lot every day.
    chance = np.random.Generator(np.random.PCG64([seed % SEED_WORD, context.at_ms]))
    odds = _odds(belief, offered, context, chance)
    point = chance.random()
    choice = Choice(technique=offered[int(draw(odds, np.array(point)))], odds=_pairs(offered, odds))
    measure = max(context.matters, key=lambda one: context.matters[one])
    found = effects(belief, measure, offered)
    rated = sum(one.rated for one in belief.tallies.values())
    return choice, ChoiceInfo(
        sentence=why(choice, found, rated, names), effects=found, withheld=tuple(withheld.items()), sessions=rated
    )


def _pairs(offered: Sequence[str], odds: Real) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(chance)) for name, chance in zip(offered, odds, strict=True))


def _odds(belief: Belief, offered: tuple[str, ...], context: Context, chance: np.random.Generator) -> Real:
    mean, scale, freedom = _wanted(belief, offered, context.matters)
    days = np.full(len(offered), np.inf) if context.wants_same else _days_since(belief, offered, context.at_ms)
    weights = shares(mean + _pleasantness(belief, offered), scale, freedom, rest(days), chance)
    return with_floor(weights, np.ones(len(offered), dtype=bool))


def _wanted(belief: Belief, offered: tuple[str, ...], matters: Mapping[Measure, float]) -> tuple[Real, Real, Real]:
    # The effects on what matters, weighted: measures are learned apart, so their variances add up.
    every = tuple(sorted({group.technique for group in belief.sums} | set(offered)))
    rows = np.array([every.index(name) for name in offered])
    total = sum(matters.values())
    mean, scale, freedom = np.zeros(len(rows)), np.zeros((len(rows), len(rows))), np.array(np.inf)
    for measure, weight in matters.items():
        found = solve(start(belief.prior.measures[measure], every), sums_of(belief, measure, every))
        one_mean, one_scale = found.effects
        mean = mean + weight / total * one_mean[rows]
        scale = scale + (weight / total) ** 2 * one_scale[np.ix_(rows, rows)]
        freedom = np.minimum(freedom, found.freedom)
    return mean, scale, freedom


def _pleasantness(belief: Belief, offered: Sequence[str]) -> Real:
    tallies = [belief.tallies.get(name) for name in offered]
    total = np.array([one.pleasant_16ths / RATING_UNIT if one else 0.0 for one in tallies])
    return pleasant_points(total, np.array([float(one.pleasant_count) if one else 0.0 for one in tallies]))


def pleasant_points(total: Real, count: Real) -> Real:
    """Turn ratings of pleasantness (their sum and number) into points of relief, drawn towards the middle.

    >>> pleasant_points(np.array([0.0, 90.0]), np.array([0.0, 9.0])).tolist()
    [0.0, 0.1875]
    """
    shrunk = (total + PLEASANT_WEIGHT * MIDDLE) / (count + PLEASANT_WEIGHT)
    points: Real = PLEASANT_POINTS * (shrunk - MIDDLE) / MIDDLE
    return points


def _days_since(belief: Belief, offered: Sequence[str], at_ms: int) -> Real:
    last = dict.fromkeys(offered, -np.inf)
    for one in belief.counted.values():
        if one.technique in last and one.began_ms <= at_ms:
            last[one.technique] = max(last[one.technique], one.began_ms)
    return np.array([(at_ms - last[name]) / MS_PER_DAY for name in offered])


def _unwanted(belief: Belief, technique: str, at_ms: int) -> str:
    tally = belief.tallies.get(technique)
    if tally is None or max(tally.unwell, tally.worse) < DISTRESS_AFTER:
        return ""
    since = at_ms - UNWANTED_DAYS * MS_PER_DAY
    recent = [one for one in belief.counted.values() if one.technique == technique and one.began_ms >= since]
    if sum(one.is_unwell for one in recent) >= DISTRESS_AFTER:
        return "it has twice left you unwell"
    return "your pain has twice been worse after it" if sum(one.is_worse for one in recent) >= DISTRESS_AFTER else ""
