"""What a script may ask with `[when X]`, and for whom it is true."""

from __future__ import annotations

from dataclasses import replace

import pytest

import people
from lowtide.model.facts import KNOWN, MOMENTS, is_known
from lowtide.model.movement import Position
from lowtide.model.profile import Condition, Pain, Profile, Trigger, Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan import facts
from lowtide.screen import screen
from people import WELL, well

TEN_MINUTES = Wish(length_ms=10 * MS_PER_MINUTE)


def of(profile: Profile, wish: Wish = TEN_MINUTES, position: Position = Position.RECLINED) -> frozenset[str]:
    clearance = screen(profile).clearance
    assert clearance is not None
    return facts(profile, clearance, wish, position)


def test_a_place_that_hurts_is_true_by_all_its_names() -> None:
    found = of(well(pains=(Pain(region="left-hip", intensity=3),)))
    assert {"left-hip", "hips", "hip", "pelvis", "pain"} <= found
    assert not {"right-hip", "lower-back", "lumbar"} & found
    assert "lumbar" in of(WELL)


def test_who_named_no_place_has_no_pain_to_speak_of() -> None:
    found = of(people.NOBODY_KNOWN)
    assert "pain" not in found
    assert "whole-body" not in found


def test_conditions_are_facts_and_pregnancy_has_two_names() -> None:
    assert {"pregnant", "pregnancy"} <= of(people.AMARA_PREGNANT)
    assert not {"pregnant", "pregnancy"} & of(WELL)
    assert "heart-disease" in of(people.IVO_HEART)


@pytest.mark.parametrize(("intensity", "is_severe"), [(7, False), (8, True)])
def test_pain_is_severe_from_8(intensity: int, is_severe: bool) -> None:
    assert ("severe" in of(well(pains=(Pain(region="neck", intensity=intensity),)))) is is_severe


@pytest.mark.parametrize(
    ("minutes", "length"), [(3, {"short"}), (5, {"short"}), (6, set()), (29, set()), (30, {"long"}), (45, {"long"})]
)
def test_five_minutes_are_short_and_thirty_are_long(minutes: int, length: set[str]) -> None:
    assert of(WELL, Wish(length_ms=minutes * MS_PER_MINUTE)) & {"short", "long"} == length


def test_the_position_is_a_fact_and_the_others_are_not() -> None:
    assert of(WELL, position=Position.SITTING) & set(Position) == {"sitting"}


def test_who_was_hurt_before_is_offered_another_anchor_and_open_eyes() -> None:
    assert {"other-anchor", "eyes-open"} <= of(people.HANA_TRAUMA)
    assert not {"other-anchor", "eyes-open"} & of(WELL)


def test_the_first_weeks_are_known_until_they_are_over() -> None:
    assert {"beginner", "first-week"} <= of(WELL)
    assert not {"beginner", "first-week"} & of(replace(WELL, is_beginner=False, first_week=False))


def test_the_hour_comes_from_the_wish() -> None:
    assert "evening" in of(WELL, replace(TEN_MINUTES, moment=frozenset({"evening"})))
    assert not of(WELL) & MOMENTS


def test_every_name_that_a_script_may_ask_is_true_for_somebody() -> None:
    everything = Profile(
        pains=(Pain(region="whole-body", intensity=8),),
        conditions=frozenset(Condition),
        worse_with=frozenset[Trigger](),
    )
    found: set[str] = set()
    for position in Position:
        for minutes in (5, 30):
            wish = Wish(length_ms=minutes * MS_PER_MINUTE, moment=frozenset(MOMENTS))
            found |= of(everything, wish, position)
    assert found == set(KNOWN)


def test_a_name_that_no_plan_can_make_true_is_unknown_to_the_checker() -> None:
    assert [name for name in ("lowerback", "Evening", "", "sad", "pregnant ") if is_known(name)] == []
