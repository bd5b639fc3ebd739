"""What is planned for whom: the technique, the script, the position, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

import people
from lowtide.errors import UserError
from lowtide.model.movement import Position
from lowtide.model.plan import Plan
from lowtide.model.profile import Condition, Pain, Profile, Trigger, Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan import plan
from lowtide.screen import screen
from people import WELL, well
from unit.plan.library import HEADS, LYING, RECLINED, SITTING, STANDING, TECHNIQUES, WALKING

TEN_MINUTES = Wish(length_ms=10 * MS_PER_MINUTE)
PANIC = well(conditions=frozenset({Condition.PANIC}))


def today(profile: Profile, **wish: object) -> tuple[Plan, tuple[str, ...]]:
    """Plan for someone, with the clearance that screening gives them."""
    clearance = screen(profile).clearance
    assert clearance is not None
    made, info = plan(profile, clearance, replace(TEN_MINUTES, **wish), TECHNIQUES, HEADS)  # type: ignore[arg-type]
    return made, info.notes


@pytest.mark.parametrize("technique", ["body-scan", "belly-breathing", "pmr", "gentle-stretch"])
def test_the_wished_technique_is_taken_without_a_word(technique: str) -> None:
    made, notes = today(WELL, technique=technique, seed=3)
    assert made.technique == technique
    assert HEADS[made.script].technique == technique
    assert (made.length_ms, made.seed, made.profile) == (600_000, 3, WELL)
    assert notes == ()


@pytest.mark.parametrize(
    ("who", "minutes", "technique"),
    [
        (people.NOBODY_KNOWN, 10, "body-scan"),
        (people.NOBODY_KNOWN, 3, "body-scan"),
        (people.GRETA_FLARE, 10, "body-scan"),
        (WELL, 10, "body-scan"),
        (WELL, 5, "belly-breathing"),
        (people.HANA_TRAUMA, 5, "pmr"),
        (PANIC, 5, "pmr"),
        (PANIC, 20, "pmr"),
        (replace(PANIC, worse_with=None), 10, "pmr"),
        (replace(PANIC, pains=people.GRETA_FLARE.pains), 10, "pmr"),
        (well(conditions=frozenset({Condition.PANIC, Condition.HEART_DISEASE})), 10, "pmr"),
    ],
)
def test_what_was_left_open_is_suggested_and_explained(who: Profile, minutes: int, technique: str) -> None:
    made, notes = today(who, length_ms=minutes * MS_PER_MINUTE)
    assert made.technique == technique
    assert notes[0].startswith(f"{technique.capitalize()} was chosen, because ")


@pytest.mark.parametrize("minutes", [1, 5, 10, 45])
@pytest.mark.parametrize("pain", [None, 3, 9])
def test_breath_is_never_suggested_as_the_anchor_of_someone_it_may_distress(minutes: int, pain: int | None) -> None:
    for condition in (Condition.TRAUMA, Condition.DISSOCIATION, Condition.DISTRESS):
        who = well(conditions=frozenset({condition}), pains=(Pain(region="neck", intensity=pain),))
        assert today(who, length_ms=minutes * MS_PER_MINUTE)[0].technique != "belly-breathing"


@pytest.mark.parametrize("minutes", [3, 30])
def test_panic_without_muscle_relaxation_in_the_library_still_leaves_the_breath_alone(minutes: int) -> None:
    clearance = screen(PANIC).clearance
    assert clearance is not None
    library = tuple(one for one in TECHNIQUES if one.name != "pmr")
    made, info = plan(PANIC, clearance, Wish(length_ms=minutes * MS_PER_MINUTE), library, HEADS)
    assert made.technique == "body-scan"
    assert "leaves the breath alone" in info.notes[0]


def test_a_small_library_suggests_what_it_has() -> None:
    clearance = screen(WELL).clearance
    assert clearance is not None
    for names in ({"gentle-stretch", "pmr"}, {"walking"}, {"belly-breathing", "pmr"}):
        library = tuple(one for one in TECHNIQUES if one.name in names)
        made, _ = plan(WELL, clearance, TEN_MINUTES, library, HEADS)
        assert made.technique in names


def test_one_script_of_ones_own_needs_no_explanation() -> None:
    clearance = screen(WELL).clearance
    assert clearance is not None
    mine = (replace(TECHNIQUES[0], name="mine", scripts=("mine",)),)
    made, info = plan(WELL, clearance, TEN_MINUTES, mine, {"mine": replace(HEADS["pmr"], technique="mine")})
    assert (made.technique, made.script, info.notes) == ("mine", "mine", ())


def test_somatic_tracking_is_for_whom_a_clinician_has_cleared() -> None:
    made, _ = today(people.MARK_CLEARED, technique="somatic-tracking")
    assert made.technique == "somatic-tracking"
    with pytest.raises(UserError, match="clinician"):
        today(WELL, technique="somatic-tracking")


def test_the_way_to_be_cleared_names_all_that_the_clinician_must_have_said() -> None:
    """The same word lifts the limits after an operation, so ruling out red flags is not enough."""
    with pytest.raises(UserError) as refused:
        today(WELL, technique="somatic-tracking")
    assert "moving is fine" in refused.value.hint


def test_a_script_is_chosen_that_suits_the_length() -> None:
    for seed in range(6):
        assert today(WELL, technique="body-scan", length_ms=45 * MS_PER_MINUTE, seed=seed)[0].script == "scan-long"


def test_a_script_is_chosen_that_knows_the_position() -> None:
    chosen = {today(WELL, technique="body-scan", position=LYING, seed=seed)[0].script for seed in range(6)}
    assert chosen == {"scan-short", "scan-long"}
    lying = {today(people.AMARA_PREGNANT, technique="body-scan", seed=seed)[0].position for seed in range(6)}
    assert LYING not in lying


def test_another_seed_is_another_script_and_the_same_seed_the_same() -> None:
    scripts = [today(WELL, technique="body-scan", seed=seed)[0].script for seed in range(6)]
    assert set(scripts) == {"scan-short", "scan-long", "scan-chair"}
    assert scripts == [today(WELL, technique="body-scan", seed=seed)[0].script for seed in range(6)]


def test_a_script_that_was_named_is_taken_and_names_its_technique() -> None:
    assert today(WELL, script="scan-chair")[0].technique == "body-scan"
    assert today(WELL, technique="body-scan", script="scan-long")[0].script == "scan-long"


def test_a_length_outside_the_scripts_range_is_noted_and_not_refused() -> None:
    made, notes = today(WELL, script="scan-short", length_ms=20 * MS_PER_MINUTE)
    assert made.length_ms == 20 * MS_PER_MINUTE
    assert [note for note in notes if "between 3 and 10 minutes" in note and "longer" in note]
    assert [note for note in today(WELL, script="scan-long", length_ms=60_000)[1] if "shorter" in note]


@pytest.mark.parametrize(
    ("who", "wished", "given", "why"),
    [
        (WELL, LYING, LYING, ""),
        (WELL, SITTING, SITTING, ""),
        (WELL, None, LYING, ""),
        (people.NOBODY_KNOWN, LYING, LYING, ""),
        (people.AMARA_PREGNANT, LYING, RECLINED, "pregnancy"),
        (people.AMARA_PREGNANT, None, RECLINED, "pregnancy"),
        (people.JUN_STIFF_KNEES, LYING, RECLINED, "floor"),
        (well(worse_with=frozenset({Trigger.SITTING})), SITTING, RECLINED, "Sitting for long brings your pain on"),
        (well(worse_with=frozenset({Trigger.LYING})), LYING, RECLINED, "Lying flat brings your pain on"),
    ],
)
def test_the_position_is_the_wished_one_or_the_nearest_that_is_cleared(
    who: Profile, wished: Position | None, given: Position, why: str
) -> None:
    made, notes = today(who, technique="pmr", position=wished)
    assert made.position is given
    assert notes == () if not why else why in notes[0]


def test_who_may_not_walk_stands_where_the_script_knows_it() -> None:
    made, notes = today(well(worse_with=frozenset({Trigger.WALKING})), technique="walking")
    assert made.position is STANDING
    assert "Walking brings your pain on" in notes[0]


@pytest.mark.parametrize(
    ("wish", "message", "hint"),
    [
        ({"technique": "body-scam"}, "no technique 'body-scam'", "body-scan"),
        ({"technique": "zzz"}, "no technique 'zzz'", "belly-breathing, body-scan"),
        ({"script": "scan-shrot"}, "no script 'scan-shrot'", "scan-short"),
        ({"technique": "pmr", "script": "scan-long"}, "not a script of pmr", "pmr"),
        ({"technique": "pmr", "position": WALKING}, "not written for walking", "lying, reclined, sitting"),
        ({"script": "scan-chair", "position": LYING}, "not written for lying", "sitting"),
        ({"moment": frozenset({"teatime"})}, "time of day 'teatime'", "evening"),
    ],
)
def test_what_can_not_be_is_refused_in_one_line_that_says_what_can(
    wish: dict[str, object], message: str, hint: str
) -> None:
    with pytest.raises(UserError, match=message) as refused:
        today(WELL, **wish)
    assert hint in refused.value.hint


def test_a_script_that_leaves_no_cleared_position_is_refused() -> None:
    with pytest.raises(UserError, match="Sitting for long brings your pain on"):
        today(well(worse_with=frozenset({Trigger.SITTING})), script="scan-chair")
