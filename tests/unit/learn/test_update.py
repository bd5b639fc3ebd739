"""A belief is made of the set of its check-ins: order, corrections and deletions leave no trace."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lowtide.errors import UserError
from lowtide.learn import begin, correct, forget, house_prior, replay, update
from lowtide.learn.features import features, sessions_of
from lowtide.model.belief import FEATURES, Belief, Group
from lowtide.model.checkin import CheckIn, ChosenBy, Measure, Ratings
from practised import DAY_MS, TEN_MINUTES_MS, lived, practised

TEN_YEARS = 10_000
EMPTY = begin(house_prior(), 0)


def one_by_one(checkins: list[CheckIn]) -> Belief:
    belief = EMPTY
    for checkin in checkins:
        belief, _ = update(belief, checkin)
    return belief


def test_the_same_check_ins_in_any_order_are_the_same_belief_to_the_last_bit() -> None:
    checkins = lived(300)
    whole = replay(house_prior(), 0, checkins)
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(checkins))
        assert one_by_one([checkins[place] for place in order]) == whole


def test_ten_years_in_any_order_and_with_a_year_taken_back_are_exact() -> None:
    checkins = lived(TEN_YEARS)
    order = np.random.default_rng(1).permutation(TEN_YEARS)
    whole = replay(house_prior(), 0, checkins)
    assert replay(house_prior(), 0, [checkins[place] for place in order]) == whole
    for checkin in checkins[:50]:
        whole = forget(whole, checkin.id)
    assert whole == replay(house_prior(), 0, checkins[50:])


def test_a_deleted_check_in_leaves_no_trace() -> None:
    checkins = lived(60)
    assert forget(one_by_one(checkins), checkins[17].id) == one_by_one(checkins[:17] + checkins[18:])


def test_when_everything_is_deleted_nothing_is_believed() -> None:
    belief = one_by_one(lived(40))
    for name in list(belief.counted):
        belief = forget(belief, name)
    assert belief == EMPTY


def test_a_correction_is_as_if_it_had_been_right_at_once() -> None:
    checkins = lived(60)
    right = replace(checkins[5], technique="pmr", after=Ratings(pain=1), chosen_by=ChosenBy.PERSON)
    belief, _ = correct(one_by_one(checkins), right)
    assert belief == one_by_one([*checkins[:5], right, *checkins[6:]])


def test_a_check_in_is_counted_once() -> None:
    belief, _ = update(EMPTY, practised(0, id="a"))
    for again in (practised(0, id="a"), practised(5, "pmr", id="a")):
        with pytest.raises(UserError, match="already a check-in 'a'"):
            update(belief, again)
    with pytest.raises(UserError, match="already a check-in 'a'"):
        replay(house_prior(), 0, [practised(0, id="a"), practised(1, id="a")])


def test_what_was_never_counted_can_not_be_taken_back() -> None:
    with pytest.raises(UserError, match="no check-in 'b'"):
        forget(EMPTY, "b")
    with pytest.raises(UserError, match="no check-in 'b'"):
        correct(EMPTY, practised(0, id="b"))


def test_a_missing_answer_silences_its_own_measure_only() -> None:
    checkin = replace(practised(0), before=Ratings(pain=6, stress=5), after=Ratings(stress=3))
    belief, learned = update(EMPTY, checkin)
    assert {group.measure for group in belief.sums} == {Measure.STRESS}
    assert set(learned.weights) == {Measure.STRESS}
    assert "Pain was not rated before and after, so nothing was learned about it." in learned.notes
    assert belief.tallies[checkin.technique].sessions == 1
    assert belief.tallies[checkin.technique].rated == 0


def test_a_wild_rating_counts_for_less_and_says_so() -> None:
    _, usual = update(EMPTY, practised(0, before=6, after=5))
    _, wild = update(EMPTY, practised(0, before=0, after=10))
    assert usual.weights[Measure.PAIN] == 1
    assert 0 < wild.weights[Measure.PAIN] < 1
    assert any("unusual" in note for note in wild.notes)


def test_what_the_person_chose_is_counted_apart_from_what_chance_chose() -> None:
    belief = one_by_one([practised(0), practised(1, chosen_by=ChosenBy.PERSON, id="own")])
    assert set(belief.sums) == {Group("body-scan", Measure.PAIN, own) for own in (False, True)}


def features_of(checkin: CheckIn) -> dict[str, float]:
    row = features(sessions_of([checkin], Measure.PAIN, 0))[0] / 64
    return dict(zip((*FEATURES[:-1], "relief"), row.tolist(), strict=True))


def test_the_model_reads_length_share_hour_week_and_how_bad_it_was_before() -> None:
    found = features_of(practised(28, before=8, after=5, planned_ms=TEN_MINUTES_MS * 2, heard_ms=TEN_MINUTES_MS))
    assert (found["before"], found["length"], found["heard"], found["relief"]) == (3, 1, -0.5, 3)
    assert found["weeks"] == pytest.approx(0.5, abs=0.01)
    at = {hour: features_of(practised((hour - 9) / 24 + 1)) for hour in (6, 12, 18, 24)}
    assert at[12]["noon"] == -at[24]["noon"] == 1
    assert at[6]["morning"] == -at[18]["morning"] == 1


def test_the_hour_is_the_persons_own() -> None:
    here = practised(1)
    there = replace(here, began_ms=here.began_ms - 5 * DAY_MS // 24, utc_offset_minutes=300)
    assert features_of(here)["noon"] == features_of(there)["noon"]
