"""The body map without a browser: what the drawing can light up and what its form means."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from django.utils.datastructures import MultiValueDict

from lowtide.model.body import REGIONS
from lowtide.model.profile import Pain
from lowtide.web.practice.body.drawing import DRAWN, LARGER, VIEWS, lights, map_svg
from lowtide.web.practice.body.form import groups, lacks_detail, read_pains, spots
from lowtide.web.practice.body.outline import SHAPES, WIDTH


@pytest.mark.parametrize("name", sorted(REGIONS))
def test_every_region_that_a_session_can_name_lights_something_up(name: str) -> None:
    assert lights(name)


@pytest.mark.parametrize("name", sorted(name for name in REGIONS if name.startswith(("left-", "right-"))))
def test_one_side_never_lights_the_other(name: str) -> None:
    other = "right-" if name.startswith("left-") else "left-"
    assert not [shape for shape in lights(name) if shape.startswith(other)]


def _middle(path: str) -> float:
    xs = [float(pair.split(",")[0].lstrip("MLQCZ")) for pair in path.split() if "," in pair]
    return sum(xs) / len(xs)


def test_seen_from_the_front_your_left_is_at_the_right_and_from_behind_at_the_left() -> None:
    for name, path in SHAPES["front"].items():
        if name.startswith("left-"):
            assert _middle(path) > WIDTH / 2, name
    for name, path in SHAPES["back"].items():
        if name.startswith("left-"):
            assert _middle(path) < WIDTH / 2, name


def test_the_drawing_says_which_side_is_your_left() -> None:
    assert re.findall(r'"side".*?>([^<]+)<', map_svg("front")) == ["your right", "your left"]
    assert re.findall(r'"side".*?>([^<]+)<', map_svg("back")) == ["your left", "your right"]


def test_everything_on_the_drawing_is_in_the_list_once() -> None:
    listed = [spot.region for group in groups(()) for spot in group.spots]
    assert sorted(listed) == sorted({*DRAWN, *LARGER})


def test_a_place_from_elsewhere_is_listed_too() -> None:
    listed = {spot.region: spot for group in groups((Pain(region="scalp", intensity=3),)) for spot in group.spots}
    assert listed["scalp"].here


def test_every_touch_on_the_drawing_leads_to_a_box_in_the_list() -> None:
    listed = {spot.region for group in groups(()) for spot in group.spots}
    for view in VIEWS:
        assert set(SHAPES[view]) <= listed


def test_what_was_sent_comes_back_as_pains_with_the_worst_first() -> None:
    told = "here-neck=on&here-left-hip=on&pain-left-hip=4&pain-lower-back=7&word-lower-back=dull&word-lower-back=tight"
    sent = MultiValueDict(parse_qs(told))
    assert read_pains(sent) == (
        Pain(region="lower-back", intensity=7, quality="dull, tight"),
        Pain(region="left-hip", intensity=4),
        Pain(region="neck"),
    )


@pytest.mark.parametrize("number", ["", "11", "-1", "4.5", "lots", "٤", "9" * 40])
def test_what_is_no_number_from_0_to_10_is_not_guessed_at(number: str) -> None:
    sent = {"here-neck": "on", "pain-neck": number}
    assert read_pains(sent) == (Pain(region="neck"),)


def test_nothing_sent_means_nothing_said() -> None:
    assert read_pains({"asked-neck": "1", "word-neck": " "}) == ()


def test_own_words_are_kept_beside_those_of_the_list() -> None:
    pains = read_pains(MultiValueDict({"word-neck": ["tight", "like a rope, pulled"]}))
    (spot,) = spots(pains)
    assert (spot.quality, spot.own_words) == (("tight",), "like a rope  pulled")


def test_without_javascript_the_details_are_asked_in_a_second_step() -> None:
    assert lacks_detail({"here-neck": "on"})
    assert not lacks_detail({"here-neck": "on", "asked-neck": "1"})
