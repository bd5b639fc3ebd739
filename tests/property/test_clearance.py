"""Whatever people say of themselves, screening agrees with itself, and never allows more for worse news."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from lowtide.model.body import REGIONS, overlaps
from lowtide.model.clearance import Clearance, Disposition
from lowtide.model.movement import MOVING, TENSE, Kind, Position
from lowtide.model.profile import SEVERE_PAIN, Condition, Pain, Profile, Trigger
from lowtide.screen import QUESTIONS, advice, screen
from people import well

CODES = [question.code for question in QUESTIONS]
LASTING = frozenset(Condition) - {Condition.CLEARED_BY_CLINICIAN}

pains = st.lists(
    st.builds(
        Pain,
        region=st.sampled_from(sorted(REGIONS)),
        intensity=st.none() | st.integers(0, 10),
        injured=st.booleans(),
    ),
    max_size=4,
).map(tuple)
profiles = st.builds(
    Profile,
    pains=pains,
    worse_with=st.none() | st.frozensets(st.sampled_from(Trigger)),
    conditions=st.none() | st.frozensets(st.sampled_from(Condition)),
    answers=st.dictionaries(st.sampled_from(CODES), st.booleans()),
    age_years=st.none() | st.integers(1, 110),
)
known = st.builds(
    well,
    pains=pains.filter(bool),
    worse_with=st.frozensets(st.sampled_from(Trigger)),
    conditions=st.frozensets(st.sampled_from(Condition)),
)
"""People who have answered everything, each question with no."""


def cleared(profile: Profile) -> Clearance:
    clearance = screen(profile).clearance
    assume(clearance is not None)
    assert clearance is not None
    return clearance


def is_no_wider(one: Clearance, other: Clearance, *, besides: frozenset[Kind] = frozenset()) -> bool:
    """Say whether `one` allows nothing that `other` forbids, `besides` left aside."""
    tensions = [f"{TENSE}{region}" for region in REGIONS]
    return (
        one.allowed - besides <= other.allowed
        and all(other.allows(tension) for tension in tensions if one.allows(tension))
        and one.slowest_breaths_per_minute >= other.slowest_breaths_per_minute
        and one.other_anchor >= other.other_anchor
        and one.eyes_open >= other.eyes_open
        and (one.longest_silence_ms or 10**9) <= (other.longest_silence_ms or 10**9)
    )


@given(profiles)
def test_everyone_gets_a_verdict_that_agrees_with_itself(profile: Profile) -> None:
    verdict = screen(profile)
    assert verdict.disposition is max((f.disposition for f in verdict.findings), default=Disposition.GO)
    assert (verdict.clearance is None) is (verdict.disposition >= Disposition.CLINICIAN_FIRST)
    assert advice(verdict).strip()


@given(profiles, st.sampled_from(CODES))
def test_one_more_yes_is_never_less_urgent(profile: Profile, code: str) -> None:
    with_yes = replace(profile, answers={**profile.answers, code: True})
    with_no = replace(profile, answers={**profile.answers, code: False})
    assert screen(with_yes).disposition >= screen(with_no).disposition
    assert screen(with_yes).disposition >= screen(profile).disposition


@given(known, st.sampled_from(sorted(LASTING)))
def test_one_more_condition_never_allows_more(profile: Profile, condition: Condition) -> None:
    with_it = replace(profile, conditions=(profile.conditions or frozenset()) | {condition})
    assert is_no_wider(cleared(with_it), cleared(profile))


@given(known, st.sampled_from(Trigger))
def test_one_more_trigger_never_allows_more(profile: Profile, trigger: Trigger) -> None:
    with_it = replace(profile, worse_with=(profile.worse_with or frozenset()) | {trigger})
    assert is_no_wider(cleared(with_it), cleared(profile))


@given(known)
def test_what_was_not_asked_allows_no_more_than_what_was_but_for_how_one_lies_or_sits(profile: Profile) -> None:
    """The person takes the position, and feels whether it suits; everything else has to be known to be asked for."""
    for forgotten in (
        replace(profile, worse_with=None),
        replace(profile, answers={}),
        replace(profile, pains=tuple(replace(pain, intensity=None) for pain in profile.pains)),
    ):
        assert is_no_wider(cleared(forgotten), cleared(profile), besides=frozenset({Kind.SUPINE, Kind.SITTING_LONG}))


@given(profiles)
def test_no_muscle_is_tensed_that_shares_a_place_with_pain(profile: Profile) -> None:
    clearance = cleared(profile)
    sore = [pain.region for pain in profile.pains if pain.injured or pain.intensity != 0]
    for region in REGIONS:
        if any(overlaps(region, place) for place in sore):
            assert not clearance.allows(f"{TENSE}{region}"), region


@given(known, st.sampled_from(sorted(REGIONS)), st.integers(SEVERE_PAIN, 10))
def test_severe_pain_anywhere_moves_nothing(profile: Profile, region: str, intensity: int) -> None:
    severe = replace(profile, pains=(*profile.pains, Pain(region=region, intensity=intensity)))
    assert not cleared(severe).allowed & MOVING


@given(profiles)
def test_there_is_always_a_position_left_and_breath_may_always_be_paced(profile: Profile) -> None:
    clearance = cleared(profile)
    assert clearance.allows_position(Position.RECLINED)
    assert clearance.allows(Kind.PACED_BREATH)
    assert clearance.slowest_breaths_per_minute <= 6
