"""What each person is not asked for: every row of the safety table, and what the rows mean together."""

from __future__ import annotations

from dataclasses import replace

import pytest

import people
from lowtide.model.clearance import Clearance
from lowtide.model.movement import LIMB, MOVING, SPINAL, Kind, Position
from lowtide.model.profile import Condition, Pain, Profile, Trigger
from lowtide.screen import RULES, careful, screen
from people import WELL, well

K = Kind
MOVEMENTS = SPINAL | LIMB
FLEXION = {K.LUMBAR_FLEXION, K.ROTATION}
EXTENSION = {K.LUMBAR_EXTENSION, K.PRONE}
HEALING = SPINAL | {K.PRONE, K.KNEELING, K.FLOOR_TRANSFER}
"""What can not be done with a still spine: getting to the floor, to the knees or onto the front bends or twists it."""

TABLE: dict[str, dict[Condition | Trigger, set[Kind]]] = {
    "worse with bending or sitting; disc": {
        Trigger.BENDING: FLEXION, Trigger.SITTING: FLEXION, Condition.DISC: FLEXION,
    },
    "worse with arching or standing; stenosis, facet, spondylolisthesis": {
        Trigger.ARCHING: EXTENSION, Trigger.STANDING: EXTENSION, Condition.STENOSIS: EXTENSION,
        Condition.FACET: EXTENSION, Condition.SPONDYLOLISTHESIS: EXTENSION,
    },
    "osteoporosis": {Condition.OSTEOPOROSIS: FLEXION},
    "spinal surgery in the last 3 months, fusion, fracture": {
        Condition.RECENT_SURGERY: set(HEALING), Condition.FUSION: set(HEALING), Condition.FRACTURE: set(HEALING),
    },
    "pregnancy": {Condition.PREGNANCY: {K.PRONE, K.SUPINE, K.BREATH_HOLD}},
    "acute pain down the leg, spasm, pain 8 or more today": {
        Condition.LEG_PAIN: set(MOVING), Condition.SPASM: set(MOVING),
    },
    "painful or injured region, cramps": {Condition.CRAMPS: set()},
    "uncontrolled blood pressure, heart or lung disease, epilepsy, panic": {
        Condition.HIGH_BLOOD_PRESSURE: {K.BREATH_HOLD}, Condition.HEART_DISEASE: {K.BREATH_HOLD},
        Condition.LUNG_DISEASE: {K.BREATH_HOLD}, Condition.EPILEPSY: {K.BREATH_HOLD}, Condition.PANIC: {K.BREATH_HOLD},
    },
    "cannot get up from the floor alone": {Condition.CANNOT_RISE: {K.FLOOR_TRANSFER, K.SUPINE}},
    "trauma, dissociation, distress in a past session": {
        Condition.TRAUMA: set(), Condition.DISSOCIATION: set(), Condition.DISTRESS: set(),
    },
    "unknown": {},
}  # fmt: skip
"""The rows of the safety table, written by hand: who, and what is not asked for."""

CASES = [(row, who, forbidden) for row, cases in TABLE.items() for who, forbidden in cases.items()]
SAID = {"cleared-by-clinician"}
"""Conditions that allow and do not forbid."""


def having(*what: Condition | Trigger, **changes: object) -> Profile:
    conditions = frozenset(one for one in what if isinstance(one, Condition))
    triggers = frozenset(one for one in what if isinstance(one, Trigger))
    return well(**({"conditions": conditions, "worse_with": triggers} | changes))


def cleared(profile: Profile) -> Clearance:
    clearance = screen(profile).clearance
    assert clearance is not None, screen(profile).findings
    return clearance


@pytest.mark.parametrize(("row", "who", "forbidden"), CASES, ids=[f"{who}" for _, who, _ in CASES])
def test_each_row_forbids_what_it_says(row: str, who: Condition | Trigger, forbidden: set[Kind]) -> None:
    clearance = cleared(having(who))
    rows = {rule.row for rule in RULES if rule.code in {reason.rule for reason in clearance.reasons}}
    assert not clearance.allowed & forbidden
    assert row in rows


def test_every_row_and_every_condition_has_its_rule() -> None:
    assert {rule.row for rule in RULES} - {""} == set(TABLE)
    assert {str(who) for _, who, _ in CASES if isinstance(who, Condition)} | SAID == {str(one) for one in Condition}


@pytest.mark.parametrize("trigger", Trigger)
def test_whatever_brings_the_pain_on_takes_something_away(trigger: Trigger) -> None:
    assert cleared(having(trigger)).allowed < cleared(WELL).allowed


@pytest.mark.parametrize(
    ("trigger", "posture"),
    [
        (Trigger.SITTING, K.SITTING_LONG),
        (Trigger.STANDING, K.STANDING_LONG),
        (Trigger.LYING, K.SUPINE),
        (Trigger.WALKING, K.WALKING),
    ],
)
def test_nobody_is_kept_long_in_the_posture_that_hurts(trigger: Trigger, posture: Kind) -> None:
    assert not cleared(having(trigger)).allows(posture)


def test_the_well_are_asked_for_everything_but_to_tense_what_hurts() -> None:
    clearance = cleared(WELL)
    assert clearance.allowed == frozenset(Kind)
    assert clearance.allows_hold
    assert clearance.slowest_breaths_per_minute < 6
    assert (clearance.other_anchor, clearance.eyes_open, clearance.longest_silence_ms) == (False, False, None)
    assert not clearance.allows("tense:lower-back")
    assert not clearance.allows("tense:whole-body")
    assert clearance.allows("tense:hands")


UNKNOWN = {
    "nobody": people.NOBODY_KNOWN,
    "triggers": well(worse_with=None),
    "conditions": well(conditions=None),
    "one question": well(answers={c: False for c in WELL.answers if c != "fever"}),
    "a clinician's word and nothing else": Profile(conditions=frozenset({Condition.CLEARED_BY_CLINICIAN})),
}


@pytest.mark.parametrize("who", UNKNOWN)
def test_what_is_unknown_is_treated_with_care(who: str) -> None:
    clearance = cleared(UNKNOWN[who])
    assert not clearance.allowed & MOVING
    assert clearance.spared is None
    assert not clearance.allows_hold
    assert clearance.allows(K.PACED_BREATH)
    assert clearance.slowest_breaths_per_minute == 6
    assert [p for p in Position if clearance.allows_position(p)] == [
        Position.LYING, Position.RECLINED, Position.SITTING,
    ]  # fmt: skip


def test_the_careful_clearance_is_that_of_the_unknown() -> None:
    assert careful() == cleared(people.NOBODY_KNOWN)


def test_pain_without_a_number_is_treated_as_if_it_could_be_severe() -> None:
    clearance = cleared(well(pains=(Pain(region="lower-back", intensity=2), Pain(region="left-hip"))))
    assert not clearance.allowed & MOVING
    assert not clearance.allows("tense:belly")
    assert clearance.allows("tense:hands")


def test_when_nobody_says_where_it_hurts_nothing_is_tensed_or_moved() -> None:
    clearance = cleared(well(pains=()))
    assert clearance.spared is None
    assert not clearance.allowed & MOVING


@pytest.mark.parametrize(("intensity", "is_imagined"), [(7, False), (8, True), (10, True)])
def test_from_pain_8_on_every_movement_is_imagined(intensity: int, is_imagined: bool) -> None:
    clearance = cleared(well(pains=(Pain(region="left-hip", intensity=1), Pain(region="neck", intensity=intensity))))
    assert (not clearance.allowed & MOVEMENTS) is is_imagined
    assert clearance.allows("tense:hands")
    assert not clearance.allows("tense:neck")


def test_bending_and_arching_that_both_hurt_are_both_left_out() -> None:
    clearance = cleared(people.DOV_BOTH)
    assert not clearance.allowed & (FLEXION | EXTENSION | {K.PELVIC_TILT})
    assert cleared(people.BRUNO_DISC).allows(K.LUMBAR_EXTENSION), "gentle arching is what helps him"
    assert cleared(people.BRUNO_DISC).allows(K.PELVIC_TILT)
    assert cleared(people.CLARA_STENOSIS).allows(K.LUMBAR_FLEXION), "gentle rounding is what helps her"


def test_in_pregnancy_the_belly_is_not_tensed_and_no_one_lies_flat() -> None:
    clearance = cleared(people.AMARA_PREGNANT)
    assert [clearance.allows(f"tense:{where}") for where in ("belly", "trunk", "hands")] == [False, False, True]
    assert not clearance.allows_position(Position.LYING)
    assert clearance.allows_position(Position.RECLINED)
    assert clearance.allows(K.SIDE_LYING)


def test_after_an_operation_the_trunk_only_lets_go() -> None:
    clearance = cleared(people.FARID_OPERATED)
    tensed = ("belly", "back", "lower-back", "left-buttock", "chest", "neck", "whole-body")
    assert [where for where in tensed if clearance.allows(f"tense:{where}")] == []
    assert clearance.allows("tense:left-hand")
    assert clearance.allows(K.ARM_RAISE)


def test_a_clinicians_word_lets_a_fused_spine_move_again_and_allows_somatic_tracking() -> None:
    before = cleared(replace(people.MARK_CLEARED, conditions=frozenset({Condition.FUSION})))
    after = cleared(people.MARK_CLEARED)
    assert not before.allowed & HEALING
    assert after.allowed >= HEALING
    assert (before.somatic_tracking, after.somatic_tracking) == (False, True)


@pytest.mark.parametrize("who", [c for c in Condition if c not in {
    Condition.RECENT_SURGERY, Condition.FUSION, Condition.FRACTURE, Condition.CLEARED_BY_CLINICIAN,
}])  # fmt: skip
def test_a_clinicians_word_lifts_nothing_else(who: Condition) -> None:
    alone, with_word = cleared(having(who)), cleared(having(who, Condition.CLEARED_BY_CLINICIAN))
    assert replace(with_word, somatic_tracking=False) == alone


def test_a_calf_that_is_injured_is_neither_tensed_nor_stood_on() -> None:
    clearance = cleared(people.KOFI_NECK)
    assert [clearance.allows(f"tense:{where}") for where in ("calves", "left-leg", "right-calf")] == [
        False, False, True,
    ]  # fmt: skip
    assert not clearance.allowed & {K.WALKING, K.STANDING_LONG, K.HIP_FLEXION}
    assert clearance.allows(K.ARM_RAISE)


@pytest.mark.parametrize(
    ("region", "spared"),
    [("left-shoulder", {K.ARM_RAISE}), ("neck", {K.NECK_ROTATION}), ("lower-back", {K.LUMBAR_FLEXION, K.PELVIC_TILT}),
     ("upper-back", {K.ARM_RAISE, K.ROTATION}), ("left-hip", {K.HIP_ROTATION, K.WALKING})],
)  # fmt: skip
def test_what_would_move_an_injured_place_is_imagined(region: str, spared: set[Kind]) -> None:
    clearance = cleared(well(pains=(Pain(region=region, intensity=3, injured=True),)))
    assert not clearance.allowed & spared
    assert cleared(well(pains=(Pain(region=region, intensity=3),))).allowed >= spared


def test_cramps_spare_the_place_that_cramps_or_everything_where_nobody_said_which() -> None:
    cramps = frozenset({Condition.CRAMPS})
    known = well(conditions=cramps, pains=(Pain(region="left-calf", intensity=0, injured=True),))
    assert cleared(known).spared == frozenset({"left-calf"})
    assert cleared(well(conditions=cramps)).spared is None


def test_a_neck_that_hurts_and_hates_bending_is_not_bent() -> None:
    bending = frozenset({Trigger.BENDING})
    assert not cleared(replace(people.KOFI_NECK, worse_with=bending)).allows(K.NECK_FLEXION)
    assert cleared(well(worse_with=bending)).allows(K.NECK_FLEXION)


def test_a_heart_or_lungs_or_panic_keep_breath_at_six_a_minute_or_faster() -> None:
    assert cleared(people.IVO_HEART).slowest_breaths_per_minute == 6
    assert cleared(people.IVO_HEART).allows(K.PACED_BREATH)


NO_TENSION = {Condition.HIGH_BLOOD_PRESSURE, Condition.HEART_DISEASE}


@pytest.mark.parametrize("who", sorted(NO_TENSION))
def test_with_high_blood_pressure_or_a_sick_heart_muscles_only_let_go_and_still_move(who: Condition) -> None:
    for clearance in (cleared(having(who)), cleared(having(who, Condition.CLEARED_BY_CLINICIAN))):
        assert clearance.spared is None
        assert not clearance.allows("tense:hands")
        assert clearance.allowed == frozenset(Kind) - {K.BREATH_HOLD}


@pytest.mark.parametrize("who", sorted(set(Condition) - NO_TENSION - {Condition.CRAMPS}))
def test_no_other_condition_takes_tension_from_the_hands(who: Condition) -> None:
    assert cleared(having(who)).allows("tense:hands")


@pytest.mark.parametrize("who", sorted(NO_TENSION))
def test_that_muscles_only_let_go_for_the_heart_is_said_and_not_put_down_to_the_safety_table(who: Condition) -> None:
    said = {reason.rule for reason in cleared(having(who)).reasons}
    (rule,) = (rule for rule in RULES if rule.spares_everything and rule.code in said)
    assert rule.row == ""
    assert rule.source.startswith("Lowtide's own care")
    assert "blood pressure" in rule.words


def test_who_was_hurt_before_has_another_anchor_open_eyes_and_no_long_silence() -> None:
    clearance = cleared(people.HANA_TRAUMA)
    assert clearance.other_anchor
    assert clearance.eyes_open
    assert clearance.longest_silence_ms is not None
    assert clearance.longest_silence_ms <= 30_000
    assert clearance.allowed == frozenset(Kind)


def test_an_answer_about_thin_bones_counts_like_the_condition() -> None:
    said = well(answers=dict(WELL.answers) | {"osteoporosis": True})
    assert cleared(said).allowed == cleared(people.EDITH_THIN_BONES).allowed


def test_every_rule_has_words_a_source_and_something_to_take_away() -> None:
    for rule in RULES:
        assert rule.words.endswith("."), rule.code
        assert rule.source.strip(), rule.code
        takes = (
            rule.forbids, rule.spares, rule.spares_sore_places, rule.spares_everything, rule.slowest_breaths_per_minute,
            rule.other_anchor, rule.eyes_open, rule.longest_silence_ms,
        )  # fmt: skip
        assert any(takes), rule.code
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_after_long_steroid_use_bones_may_be_thin_and_the_back_is_not_rounded_or_twisted() -> None:
    on_steroids = well(answers=dict(WELL.answers) | {"steroids": True})
    assert not cleared(on_steroids).allowed & FLEXION
