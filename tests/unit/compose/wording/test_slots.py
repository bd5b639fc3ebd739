"""How {place}, {side} and {name} read in a sentence."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

import factories
import trees
from lowtide.compose.wording.slots import LONGEST_PLACES_WORDS, place, places
from lowtide.model.body import REGIONS, overlaps
from lowtide.model.profile import Pain, Profile
from lowtide.model.session import Attend
from lowtide.script import nodes


def hurting(*regions: str, name: str = "") -> Profile:
    """Someone who hurts there, the worst place first."""
    return Profile(pains=tuple(Pain(region=r, intensity=max(0, 9 - i)) for i, r in enumerate(regions)), name=name)


def read(sentence: str, profile: Profile) -> list[str]:
    """What is said for a sentence with slots written as `{name}`."""
    inlines: list[nodes.Inline] = []
    for index, piece in enumerate(sentence.replace("}", "{").split("{")):
        inlines.append(nodes.Slot(name=piece) if index % 2 else nodes.Text(text=piece))
    return trees.said(trees.resolved(trees.paragraph(*inlines), plan=factories.plan(profile=profile)))


@pytest.mark.parametrize(
    ("regions", "sentence"),
    [
        (["lower-back"], "Come to your lower back."),
        (["left-hip"], "Come to your left hip."),
        (["left-hip", "right-hip"], "Come to both hips."),
        (["hips"], "Come to your hips."),
        (["left-lower-back", "right-lower-back"], "Come to your lower back."),
        (["left-lower-back", "left-hip"], "Come to the left side of your lower back and your left hip."),
        (["neck", "lower-back", "left-knee"], "Come to your neck, your lower back and your left knee."),
        (["lower-back", "back"], "Come to your lower back."),
        (
            ["neck", "lower-back", "left-knee", "right-hand"],
            "Come to your neck, your lower back and the other places that hurt.",
        ),
        ([], "Come to the place that needs it most."),
        (["left-groin", "right-groin"], "Come to both sides of your groin."),
        (["left-rib"], "Come to the ribs on your left side."),
        (["left-rib", "right-rib"], "Come to the ribs on both sides."),
        (["left-toes", "right-toes"], "Come to the toes of both feet."),
        (["left-knee", "right-leg", "left-leg"], "Come to your left knee and your right leg."),
        (
            ["left-lower-back", "right-upper-back", "left-neck"],
            "Come to the left side of your lower back and the other places that hurt.",
        ),
        (
            ["left-lower-back", "neck", "right-knee"],
            "Come to the left side of your lower back, your neck and your right knee.",
        ),
    ],
)
def test_place_reads_well_wherever_it_hurts(regions: list[str], sentence: str) -> None:
    assert read("Come to {place}.", hurting(*regions)) == [sentence]


ONE = (
    r"(?:your (?:whole body|(?:left |right )?[a-z]+(?: [a-z]+)?)|the (?:left|right) side of your [a-z]+(?: [a-z]+)?"
    r"|both [a-z]+(?: [a-z]+)?|the toes of (?:your (?:left|right) foot|both feet)"
    r"|the ribs on (?:your (?:left|right) side|both sides)|both sides of your groin)"
)
"""The ways to name one place."""
FRAMES = (
    "Bring your attention to {place}.", "Rest with {place} for a while.", "{place} can be as it is.",
    "If you like, let {place} be heavy.", "Perhaps there is room around {place}, and perhaps not.",
)  # fmt: skip
"""The sentences that scripts use: after a preposition, after a verb, before a verb that fits one and several."""


def test_every_region_and_every_pair_of_regions_is_named_as_a_person_would_name_it() -> None:
    for name in REGIONS:
        assert re.fullmatch(ONE, place(hurting(name)))
        assert not re.fullmatch(r"your (?:left|right) .*s", place(hurting(name))), "one of a pair is not several"
    for one, other in combinations(REGIONS, 2):
        words = place(hurting(one, other))
        assert re.fullmatch(rf"{ONE}(?: and {ONE})?", words), (one, other, words)
        assert not re.search(r"\b(\w+) \1\b|both [a-z ]*(?:back|body|rib)\b", words), words
        assert len(words.split()) <= LONGEST_PLACES_WORDS


def test_of_two_places_both_are_named_unless_they_are_one() -> None:
    for one, other in combinations(REGIONS, 2):
        named = places(hurting(one, other))
        assert all(any(overlaps(name, found.name) for found in named) for name in (one, other)), (one, other)
        assert len(named) == 1 or not overlaps(named[0].name, named[1].name)
        if not overlaps(one, other) and REGIONS[one].part != REGIONS[other].part:
            assert [found.name for found in named] == [one, other]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_place_fits_the_sentences_that_scripts_use(frame: str) -> None:
    some = [name for name in REGIONS if name.startswith(("left", "lower", "whole", "hips", "toes", "ribs"))]
    for people in [hurting(), *map(hurting, REGIONS), *(hurting(*pair) for pair in combinations(some, 2))]:
        (said,) = read(frame, people)
        words = place(people)
        assert said == frame.replace("{place}", words[0].upper() + words[1:] if frame.startswith("{") else words)


def test_any_number_of_places_is_still_one_breath() -> None:
    halves = [name for name, one in REGIONS.items() if one.words.startswith("the left side")]
    for several in combinations(halves, 3):
        assert len(place(hurting(*several)).split()) <= LONGEST_PLACES_WORDS
    assert place(hurting(*REGIONS)) == "your whole body"


def test_the_worst_place_is_named_first_whatever_the_order_it_was_given_in() -> None:
    profile = Profile(pains=(Pain(region="neck", intensity=2), Pain(region="left-hip", intensity=7)))
    assert read("Come to {place}.", profile) == ["Come to your left hip and your neck."]


def test_a_place_takes_a_capital_where_it_begins_a_sentence_and_only_there() -> None:
    said = read("{place} can rest. Now {place} rests… {place} again.", hurting("lower-back"))
    assert said == ["Your lower back can rest.", "Now your lower back rests…", "your lower back again."]


def test_an_author_may_write_your_before_a_place() -> None:
    assert read("Come to your {place}.", hurting("left-lower-back")) == ["Come to the left side of your lower back."]


@pytest.mark.parametrize(
    ("regions", "sentence"),
    [
        (["left-hip", "left-knee"], "Rest on your left side."),
        (["right-lower-back"], "Rest on your right side."),
        (["left-hip", "right-knee"], "Rest on both sides."),
        (["lower-back"], "Rest on both sides."),
        ([], "Rest on the side that hurts."),
    ],
)
def test_side_reads_well_with_and_without_your(regions: list[str], sentence: str) -> None:
    assert read("Rest on your {side}.", hurting(*regions)) == [sentence]
    assert read("Rest on {side}.", hurting(*regions)) == [sentence]


@pytest.mark.parametrize(("regions", "said"), [(["left-hip"], "left side"), ([], "side that hurts")])
def test_a_side_is_not_said_twice(regions: list[str], said: str) -> None:
    expected = f"Rest on {'the' if 'hurts' in said else 'your'} {said}."
    assert read("Rest on your {side} side.", hurting(*regions)) == [expected]


@pytest.mark.parametrize("region", REGIONS)
def test_a_side_fits_wherever_it_hurts(region: str) -> None:
    (said,) = read("Let your {side} be heavy, and come back to {side}.", hurting(region))
    side = REGIONS[region].side
    words = "both sides" if side == "both" else f"your {side} side"
    assert said == f"Let {words} be heavy, and come back to {words}."


@pytest.mark.parametrize(
    ("written", "known", "unknown"),
    [
        ("If you like, {name}: rest.", "If you like, Ada: rest.", "If you like: rest."),
        ("Welcome, {name}.", "Welcome, Ada.", "Welcome."),
        ("{name}, let go.", "Ada, let go.", "Let go."),
        ("And now, {name}, rest.", "And now, Ada, rest.", "And now, rest."),
        ("Well done {name}!", "Well done Ada!", "Well done!"),
        ("Come to {name}'s back.", "Come to Ada's back.", "Come to your back."),
    ],
)
def test_a_name_reads_naturally_known_or_not(written: str, known: str, unknown: str) -> None:
    assert read(written, hurting(name="Ada")) == [known]
    assert read(written, hurting()) == [unknown]


def test_a_sentence_that_is_only_a_name_is_left_out_when_nobody_gave_one() -> None:
    assert read("Rest. {name}. Let go.", hurting()) == ["Rest.", "Let go."]


def test_a_name_neither_ends_a_sentence_nor_brings_marks_of_its_own() -> None:
    said = read("Rest, {name}, and let go.", hurting(name="J. R. [bell] Moss…\n"))
    assert said == ["Rest, J. R. bell Moss, and let go."]


def test_a_name_without_a_letter_is_no_name() -> None:
    assert read("Welcome, {name}.", hurting(name="?? 12")) == ["Welcome."]


@pytest.mark.parametrize(("regions", "lit"), [(["neck", "left-hip"], "neck"), ([], "whole-body")])
def test_attention_to_the_place_lights_the_worst_one(regions: list[str], lit: str) -> None:
    session = trees.resolved(
        trees.paragraph(nodes.Attend(region="place"), "Rest."), plan=factories.plan(profile=hurting(*regions))
    )
    assert Attend(region=lit) in trees.parts(session)
