"""How {place}, {side} and {name} read in a sentence."""

from __future__ import annotations

import pytest

import factories
import trees
from lowtide.model.profile import Pain, Profile
from lowtide.model.session import Attend
from lowtide.script import nodes


def hurting(*regions: str, name: str = "") -> Profile:
    """Someone who hurts there, the worst place first."""
    return Profile(pains=tuple(Pain(region=r, intensity=9 - i) for i, r in enumerate(regions)), name=name)


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
    ],
)
def test_place_reads_well_wherever_it_hurts(regions: list[str], sentence: str) -> None:
    assert read("Come to {place}.", hurting(*regions)) == [sentence]


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


@pytest.mark.parametrize(
    ("written", "known", "unknown"),
    [
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
