"""A belief and a check-in in, the belief afterwards out, with what the check-in did.

Called by the pipeline and by `replay`ing a history. Law: a belief is a function of its prior, its beginning and the set
of its check-ins: any order gives the same sums to the last bit, and a correction or a deletion is as if it had never
been otherwise. What is refused leaves the belief untouched, for nothing is ever changed in place.

A session that the person chose is counted in groups of its own (`Group.is_own`): it tells of regression to the mean, of
the hour and of its technique, but its advantage (people choose what will do them good today) goes into a coefficient of
its own, and claims never rest on it (`claims`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add, sub

import numpy as np

from lowtide.errors import UserError
from lowtide.learn.features import PACKED, RATING_UNIT, WEIGHT_UNIT, Real, Whole, features, packed, sessions_of
from lowtide.learn.prior import outlier_weights, surprise, technique_mean, technique_spread
from lowtide.model.belief import Belief, Group, Learned, Prior, Tally
from lowtide.model.checkin import MEASURES, CheckIn, Measure


def begin(prior: Prior, since_ms: int) -> Belief:
    """Give the belief about somebody of whom nothing has been heard yet; weeks are counted from `since_ms`."""
    return Belief(prior=prior, since_ms=since_ms, counted={}, sums={}, tallies={})


def update(belief: Belief, checkin: CheckIn) -> tuple[Belief, Learned]:
    """Count one more check-in. Raises `UserError` where one with its id is counted already.

    >>> from lowtide.learn.prior import house_prior
    >>> one = CheckIn(id="a", began_ms=0, ended_ms=0, technique="pmr", planned_ms=600_000, heard_ms=600_000)
    >>> belief, learned = update(begin(house_prior(), 0), one)
    >>> list(belief.counted), learned.notes[0]
    (['a'], 'Pain was not rated before and after, so nothing was learned about it.')
    """
    if checkin.id in belief.counted:
        raise UserError(f"There is already a check-in '{checkin.id}'.", hint="Correct it, or give this one its own id.")
    weighed = _weigh(belief, (checkin,))
    return _counted(belief, weighed, add, {**belief.counted, checkin.id: checkin}), _learned(weighed)


def forget(belief: Belief, checkin_id: str) -> Belief:
    """Take a check-in back, as if it had never been. Raises `UserError` where there is none."""
    old = _known(belief, checkin_id)
    rest = {name: one for name, one in belief.counted.items() if name != checkin_id}
    return _counted(belief, _weigh(belief, (old,)), sub, rest)


def correct(belief: Belief, checkin: CheckIn) -> tuple[Belief, Learned]:
    """Put a check-in in the place of the one with its id. Raises `UserError` where there is none."""
    return update(forget(belief, checkin.id), checkin)


def replay(prior: Prior, since_ms: int, checkins: Iterable[CheckIn]) -> Belief:
    """Make the belief of a whole history at once. Raises `UserError` where an id comes twice."""
    counted: dict[str, CheckIn] = {}
    for one in checkins:
        if one.id in counted:
            raise UserError(f"There is already a check-in '{one.id}'.", hint="Each check-in is counted once.")
        counted[one.id] = one
    empty = begin(prior, since_ms)
    return _counted(empty, _weigh(empty, tuple(counted.values())), add, counted)


def _known(belief: Belief, checkin_id: str) -> CheckIn:
    if checkin_id not in belief.counted:
        raise UserError(f"There is no check-in '{checkin_id}'.", hint="It may have been taken back already.")
    return belief.counted[checkin_id]


Sign = Callable[[int, int], int]


def _counted(belief: Belief, weighed: _Weighed, sign: Sign, counted: Mapping[str, CheckIn]) -> Belief:
    sums, tallies = dict(belief.sums), dict(belief.tallies)
    for measure in MEASURES:
        products = packed(weighed.rows[measure], weighed.weights[measure])
        for group, total in _grouped(weighed.checkins, measure, products):
            old = sums.pop(group, (0,) * PACKED)
            new = tuple(map(sign, old, total))
            if new[
                0
            ]:  # the sum of weights: a group without check-ins is not kept, so that equal sets are equal beliefs
                sums[group] = new
    for one in weighed.checkins:
        _tally(tallies, one, sign)
    return Belief(prior=belief.prior, since_ms=belief.since_ms, counted=counted, sums=sums, tallies=tallies)


@dataclass(frozen=True, slots=True)
class _Weighed:
    checkins: Sequence[CheckIn]
    rows: Mapping[Measure, Whole]
    surprises: Mapping[Measure, Real]
    weights: Mapping[Measure, Whole]


def _weigh(belief: Belief, checkins: Sequence[CheckIn]) -> _Weighed:
    # Features, surprise and weight of each check-in; a weight of 0 where it was not rated before and after.
    names = tuple(sorted({one.technique for one in checkins}))
    place = {name: index for index, name in enumerate(names)}
    which = np.array([place[one.technique] for one in checkins], dtype=np.intp)
    is_own = np.array([not one.chosen_by.is_random for one in checkins], dtype=np.int64)
    rows, surprises, weights = {}, {}, {}
    for measure in MEASURES:
        prior = belief.prior.measures[measure]
        rows[measure] = features(sessions_of(checkins, measure, belief.since_ms))
        mean, variance = technique_mean(prior, names)[which], np.diag(technique_spread(prior, names))[which]
        surprises[measure] = surprise(prior, rows[measure], is_own, mean, variance)
        weights[measure] = np.where(rows[measure][:, 0] > 0, outlier_weights(surprises[measure]), 0)
    return _Weighed(checkins, rows, surprises, weights)


def _grouped(checkins: Sequence[CheckIn], measure: Measure, products: Whole) -> Iterator[tuple[Group, list[int]]]:
    places: dict[Group, list[int]] = {}
    for index, one in enumerate(checkins):
        places.setdefault(Group(one.technique, measure, not one.chosen_by.is_random), []).append(index)
    for group, rows in places.items():
        yield group, products[rows].sum(axis=0).tolist()


def _tally(tallies: dict[str, Tally], one: CheckIn, sign: Sign) -> None:
    pleasant = one.pleasantness
    counts = {
        "sessions": 1,
        "rated": int(one.before.pain is not None and one.after.pain is not None),
        "unwell": int(one.is_unwell),
        "worse": int(one.is_worse),
        "pleasant_16ths": 0 if pleasant is None else round(pleasant * RATING_UNIT),
        "pleasant_count": int(pleasant is not None),
    }
    old = tallies.pop(one.technique, None)
    new = {name: sign(getattr(old, name) if old else 0, count) for name, count in counts.items()}
    if new["sessions"]:
        tallies[one.technique] = Tally(**new)


def _learned(weighed: _Weighed) -> Learned:
    weights = {one: int(weight[0]) / WEIGHT_UNIT for one, weight in weighed.weights.items() if weight[0]}
    notes = [
        f"{one.capitalize()} was not rated before and after, so nothing was learned about it."
        for one in MEASURES
        if one not in weights
    ]
    notes += [
        f"The change in {one} is unusual, so it counts for less than one session."
        for one, weight in weights.items()
        if weight < 1
    ]
    surprises = {one: float(weighed.surprises[one][0]) for one in weights}
    return Learned(weights=weights, surprises=surprises, notes=tuple(notes))
