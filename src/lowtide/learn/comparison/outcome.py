"""A comparison and the check-ins of its days in, what it has shown out, in plain words.

Called by the pipeline, for the command line, the app and the report. Law: a day counts for the technique that the lot
gave it, whatever was done (what was intended is compared); the sentence says no more than the test and the model do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from lowtide.learn.comparison.design import harmed
from lowtide.learn.comparison.lots import by_chance
from lowtide.learn.features import Real
from lowtide.learn.posterior import solve, start, sums_of
from lowtide.learn.student import INTERVAL_Z, quantile
from lowtide.learn.trend import own_day
from lowtide.learn.update import replay
from lowtide.model.belief import Prior
from lowtide.model.checkin import CheckIn, ChosenBy, Measure
from lowtide.model.report.comparison import Arm, Comparison, Difference, Outcome, Standing

UNLIKELY = 0.05
"""A difference that chance makes less often than this is called one: the usual level."""
ALIKE = 0.05
"""A difference of fewer points would be written as 0.0."""
FEWEST_RATED = 2
"""Rated days that each technique needs before anything is compared."""
STOPPED_FOR_HARM = "It was stopped, because one of the practices has twice left you worse. "
Names = Mapping[str, str]
"""What to call each technique: its controlled name → `Body scan`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """The days of a comparison as they went, in whole blocks."""

    lots: tuple[str, ...]
    reliefs: Real
    """One for each day; NaN where it was not rated."""


def outcome(
    comparison: Comparison,
    checkins: Iterable[CheckIn],
    prior: Prior,
    *,
    today: int,
    is_stopped: bool = False,
    names: Names | None = None,
    day_begins_minute: int = 0,
) -> Outcome:
    """Say what a comparison has shown up to `today` (days since 1970); while it runs, nothing is compared.

    `names` says what to call the techniques. Of several sessions on one day the first counts, so that what counts can
    not depend on how they went.
    """
    first = _first_of_day(comparison, checkins, min(today, comparison.last_day), day_begins_minute)
    standing = _standing(comparison, first.values(), today, is_stopped, day_begins_minute)
    days = min(max(today - comparison.first_day + 1, 0), len(comparison.schedule))
    lived = _lived(comparison, first, days)
    arms = tuple(_arm(name, lived) for name in comparison.techniques)
    if standing is Standing.RUNNING or min(arm.rated for arm in arms) < FEWEST_RATED:
        said = _nothing_yet(standing, comparison, days)
        return Outcome(standing=standing, arms=arms, differences=(), by_chance=None, sentence=said)
    whole = _lived(comparison, first, days // comparison.block * comparison.block)
    pairs = tuple(_differences(comparison, whole, first, prior))
    overall = _chance(whole, comparison.techniques, comparison.seed)
    said = _told(standing, comparison.measure, pairs, overall, names or {})
    return Outcome(standing=standing, arms=arms, differences=pairs, by_chance=overall, sentence=said)


def _first_of_day(
    comparison: Comparison, checkins: Iterable[CheckIn], last_day: int, day_begins_minute: int
) -> dict[int, CheckIn]:
    found: dict[int, CheckIn] = {}
    for one in sorted(checkins, key=lambda one: (one.began_ms, one.id), reverse=True):
        day = own_day(one.began_ms, one.utc_offset_minutes, day_begins_minute)
        if comparison.first_day <= day <= last_day:
            found[day] = one
    return found


def _standing(
    comparison: Comparison, checkins: Iterable[CheckIn], today: int, is_stopped: bool, day_begins_minute: int
) -> Standing:
    if harmed(comparison, checkins, day_begins_minute):
        return Standing.HARM
    if is_stopped:
        return Standing.STOPPED
    return Standing.FINISHED if today > comparison.last_day else Standing.RUNNING


def _lived(comparison: Comparison, first: Mapping[int, CheckIn], days: int) -> Lived:
    reliefs = [_relief(first.get(comparison.first_day + at), comparison.measure) for at in range(days)]
    return Lived(lots=comparison.schedule[:days], reliefs=np.array(reliefs, dtype=np.float64))


def _relief(one: CheckIn | None, measure: Measure) -> float:
    before, after = (one.before.of(measure), one.after.of(measure)) if one else (None, None)
    return float("nan") if before is None or after is None else before - after


def _arm(name: str, lived: Lived) -> Arm:
    own = np.array([lot == name for lot in lived.lots], dtype=bool)
    rated = lived.reliefs[own & np.isfinite(lived.reliefs)] if len(own) else np.array([])
    relief = float(rated.mean()) if len(rated) else None
    return Arm(technique=name, days=int(own.sum()), rated=len(rated), relief=relief)


def _chance(lived: Lived, among: Sequence[str], seed: int) -> float:
    """Test the days of these techniques alone: within its block, each could have had another of them."""
    chosen = [at for at, lot in enumerate(lived.lots) if lot in among]
    drawn = np.array([among.index(lived.lots[at]) for at in chosen], dtype=np.intp)
    return by_chance(lived.reliefs[chosen], drawn, len(among), seed)


def _differences(
    comparison: Comparison, lived: Lived, first: Mapping[int, CheckIn], prior: Prior
) -> Iterator[Difference]:
    arms = {name: _arm(name, lived).relief for name in comparison.techniques}
    pairs = list(combinations(comparison.techniques, 2))
    chances = _held_together([_chance(lived, pair, comparison.seed) for pair in pairs])
    for (one, other), chance in zip(pairs, chances, strict=True):
        measured = (arms[one] or 0.0) - (arms[other] or 0.0)
        better, worse = (one, other) if measured >= 0 else (other, one)
        believed, half = _believed(comparison, first, prior, better, worse)
        yield Difference(
            better=better, other=worse, points=abs(measured), by_chance=chance, believed=believed, low=believed - half,
            high=believed + half,
        )  # fmt: skip


def _held_together(chances: Sequence[float]) -> list[float]:
    # Several pairs are several chances to be wrong (Holm 1979).
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    held, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        held[at] = highest
    return held


def _believed(
    comparison: Comparison, first: Mapping[int, CheckIn], prior: Prior, better: str, worse: str
) -> tuple[float, float]:
    # As the learner would believe it from these days alone, each counted for its lot.
    meant = [
        replace(one, technique=comparison.on(day), chosen_by=ChosenBy.PROTOCOL, odds=()) for day, one in first.items()
    ]
    since_ms = min(one.began_ms for one in meant)
    belief = replay(prior, since_ms, meant)
    found = solve(
        start(prior.measures[comparison.measure], comparison.techniques),
        sums_of(belief, comparison.measure, comparison.techniques),
    )
    against = np.array([(name == better) - float(name == worse) for name in comparison.techniques])
    mean, scale = found.effects
    half = quantile(INTERVAL_Z, found.freedom) * np.sqrt(against @ scale @ against)
    return float(against @ mean), float(half)


def _nothing_yet(standing: Standing, comparison: Comparison, days: int) -> str:
    if standing is Standing.RUNNING:
        all_days = len(comparison.schedule)
        return f"Day {days} of {all_days}. Nothing is compared before it is over, so that it stays fair."
    if standing is Standing.HARM:
        return f"{STOPPED_FOR_HARM}Too few days were rated to compare."
    return "Too few days were rated to compare anything."


def _told(standing: Standing, measure: Measure, pairs: Sequence[Difference], overall: float, names: Names) -> str:
    found = min(pairs, key=lambda one: one.by_chance)
    better, other = (names.get(name, name) for name in (found.better, found.other))
    ended = {
        Standing.STOPPED: "You ended it early, so take it as a hint. ",
        Standing.HARM: STOPPED_FOR_HARM,
    }.get(standing, "")
    many = max(round(found.by_chance * 100), 1)
    chance = f"Chance alone makes a difference as large in about {many} of 100 such comparisons"
    interval = f"very likely between {found.low:.1f} and {found.high:.1f}"
    if found.by_chance <= UNLIKELY and overall <= UNLIKELY:
        return (
            f"{ended}{better} eased your {measure} by {found.points:.1f} points more than {other}. {chance}. "
            f"Allowing for how bad the days were, the true difference is {interval}."
        )
    if found.points < ALIKE:
        return f"{ended}No difference was found between {better} and {other}. The true difference is {interval}."
    return (
        f"{ended}No clear difference was found: {better} came out {found.points:.1f} points better than {other}, but "
        f"{chance[0].lower()}{chance[1:]}. The true difference is {interval}."
    )
