"""Whatever is told, a belief is either as if it had always been so, or untouched."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lowtide.errors import UserError
from lowtide.learn import begin, choose, correct, effects, forget, house_prior, replay, update
from lowtide.model.belief import Belief, Context
from lowtide.model.checkin import DISTRESS_AFTER, MEASURES, CheckIn, ChosenBy, Ratings, as_row, read_checkin
from lowtide.model.time import LONGEST_MS

NAMES = ("belly-breathing", "body-scan", "imagery", "pmr")
NOW_MS = 1_800_000_000_000
ratings = st.none() | st.floats(0, 10)
all_ratings = st.builds(Ratings, pain=ratings, tension=ratings, stress=ratings)


@st.composite
def checkins(draw: st.DrawFn) -> CheckIn:
    began = draw(st.integers(0, NOW_MS))
    planned = draw(st.integers(1, LONGEST_MS))
    by = draw(st.sampled_from(ChosenBy))
    technique = draw(st.sampled_from(NAMES))
    return CheckIn(
        id=str(draw(st.integers(0, 40))), began_ms=began, ended_ms=began + draw(st.integers(0, LONGEST_MS)),
        utc_offset_minutes=draw(st.integers(-840, 840)), technique=technique, planned_ms=planned,
        heard_ms=draw(st.integers(0, planned)), before=draw(all_ratings), after=draw(all_ratings),
        pleasantness=draw(ratings), is_unwell=draw(st.booleans()), chosen_by=by,
        odds=tuple((name, 0.25) for name in NAMES) if by is ChosenBy.LEARNER else (),
    )  # fmt: skip


histories = st.lists(checkins(), max_size=8, unique_by=lambda one: one.id)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)

GOOD = as_row(CheckIn(id="new", began_ms=0, ended_ms=0, technique="pmr", planned_ms=1, heard_ms=0))
changed_rows = st.fixed_dictionaries({}, optional=dict.fromkeys(GOOD, junk))


def told(history: list[CheckIn]) -> Belief:
    belief = begin(house_prior(), 0)
    for one in history:
        belief, _ = update(belief, one)
    return belief


@given(histories, st.randoms(use_true_random=False))
def test_order_never_matters(history: list[CheckIn], shuffler: Any) -> None:
    other = list(history)
    shuffler.shuffle(other)
    assert told(history) == told(other) == replay(house_prior(), 0, other)


@given(histories, checkins())
def test_what_is_taken_back_was_never_there(history: list[CheckIn], another: CheckIn) -> None:
    another = replace(another, id="another")
    belief, _ = update(told(history), another)
    assert forget(belief, "another") == told(history)
    corrected, _ = correct(belief, replace(another, technique="pmr", after=Ratings(pain=0)))
    assert forget(corrected, "another") == told(history)


@given(histories, changed_rows)
def test_bad_input_is_refused_and_leaves_the_belief_alone(history: list[CheckIn], changes: dict[str, Any]) -> None:
    belief, copy = told(history), told(history)
    try:
        after, learned = update(belief, read_checkin(GOOD | changes))
    except UserError:
        pass
    else:
        assert all(math.isfinite(value) for value in (*learned.weights.values(), *learned.surprises.values()))
        assert len(after.counted) == len(belief.counted) + 1
    assert belief == copy


@given(checkins())
def test_what_is_written_down_is_read_back_the_same(checkin: CheckIn) -> None:
    assert read_checkin(as_row(checkin)) == checkin


@settings(deadline=None)
@given(histories, st.integers(0, 2**80), st.integers(0, NOW_MS))
def test_whatever_was_lived_odds_are_odds_and_intervals_are_finite(history: list[CheckIn], seed: int, now: int) -> None:
    belief = told(history)
    for measure in MEASURES:
        for one in effects(belief, measure):
            assert one.low < one.mean < one.high
            assert 0 <= one.sure <= 1
    try:
        choice, info = choose(belief, NAMES, Context(at_ms=now), seed)
    except UserError:  # only where each of them has done harm
        assert all(max(one.unwell, one.worse) >= DISTRESS_AFTER for one in belief.tallies.values())
        assert set(belief.tallies) == set(NAMES)
        return
    assert math.isclose(math.fsum(chance for _, chance in choice.odds), 1)
    assert min(chance for _, chance in choice.odds) > 0
    assert {name for name, _ in choice.odds} | {name for name, _ in info.withheld} == set(NAMES)
