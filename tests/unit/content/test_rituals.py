"""The rituals: each points at a script that fits it, and a wrong row is refused with one line."""

from __future__ import annotations

import re
from datetime import time

import pytest

from lowtide import content
from lowtide.content.files import folder
from lowtide.content.ritual_table import TABLE, read_rituals
from lowtide.errors import UserError
from lowtide.model.facts import MOMENTS
from lowtide.script import nodes
from lowtide.script.wording import every

ROW = """[[ritual]]
name = "pause"
title = "A pause"
summary = "You stop."
script = "midday-check-in"
minutes = { usual = 3, least = 2, most = 5 }
positions = ["sitting"]
moment = "midday"
hour = 12:30:00
bell = true
may_end_in_sleep = false
"""


def test_the_day_has_its_rituals() -> None:
    names = [one.name for one in content.rituals()]
    assert names == ["morning-reset", "midday-check-in", "desk-check", "evening-wind-down", "flare"]
    hours = [one.hour for one in content.rituals() if one.hour]
    assert hours == sorted(hours)
    assert {one.moment for one in content.rituals()} - {""} <= MOMENTS


def test_their_lengths_are_those_that_people_use_them_at() -> None:
    """The product's table: five minutes in bed, three at midday, ten to twenty before sleep, two to five in a flare."""
    minutes = {one.name: (one.least_minutes, one.usual_minutes, one.most_minutes) for one in content.rituals()}
    assert minutes["morning-reset"][1] == 5
    assert minutes["midday-check-in"][1] == 3
    assert (minutes["evening-wind-down"][0], minutes["evening-wind-down"][2]) == (10, 20)
    assert (minutes["flare"][0], minutes["flare"][2]) == (2, 5)
    assert (minutes["desk-check"][0], minutes["desk-check"][2]) == (2, 5)


def test_only_the_evening_may_end_in_sleep_and_nothing_wakes_who_has_fallen_asleep() -> None:
    (evening,) = [one for one in content.rituals() if one.may_end_in_sleep]
    assert evening.moment == "evening"
    assert not evening.has_bell
    assert not list(_bells(content.script(evening.script)))


@pytest.mark.parametrize("one", content.rituals(), ids=lambda one: str(one.name))
def test_a_bell_is_struck_only_where_the_table_says_so(one: object) -> None:
    ritual = content.ritual(getattr(one, "name", ""))
    assert bool(list(_bells(content.script(ritual.script)))) == ritual.has_bell


def _bells(script: nodes.Script) -> list[nodes.Bell]:
    found = []
    for chapter in script.chapters:
        for block in chapter.blocks:
            for inner in block.blocks if isinstance(block, nodes.Section) else (block,):
                match inner:
                    case nodes.Paragraph():
                        found += [node for node in every(inner.inlines) if isinstance(node, nodes.Bell)]
                    case nodes.Step():
                        found += [node for node in every((*inner.move, *inner.imagine)) if isinstance(node, nodes.Bell)]
    return found


@pytest.mark.parametrize("typed", ["flare", "Morning Reset", " evening_wind-down "])
def test_a_ritual_is_found_however_it_is_typed(typed: str) -> None:
    assert content.ritual(typed).script


def test_a_name_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="morning-reset"):
        content.ritual("morning-rest")


def test_a_row_is_read_as_it_stands() -> None:
    (one,) = read_rituals(ROW, content.heads())
    assert (one.name, one.technique, one.usual_minutes) == ("pause", "midday-check-in", 3.0)
    assert one.hour == time(12, 30)
    assert one.has_bell


def test_a_ritual_for_any_time_has_neither_moment_nor_hour() -> None:
    (one,) = read_rituals(re.sub(r"(moment|hour) = .*\n", "", ROW), content.heads())
    assert (one.moment, one.hour) == ("", None)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('title = "A pause"\n', "", "'title' is missing"),
        ("bell = true", "bell = true\nsound = 1", "'sound' is unknown"),
        ("bell = true", 'bell = "yes"', "'bell' can not be 'yes'"),
        ("hour = 12:30:00", 'hour = "noon"', "'hour' can not be 'noon'"),
        ('"midday-check-in"', '"midday-chek-in"', "there is no script 'midday-chek-in'. Perhaps midday-check-in?"),
        ('moment = "midday"', 'moment = "teatime"', "there is no time of day 'teatime'"),
        ("usual = 3", "usual = 30", "does not fit its script"),
        ("usual = 3, ", "", "'minutes' is incomplete"),
        ('["sitting"]', '["walking"]', "its script is not written for 'walking'"),
        ('["sitting"]', "[]", "its script is not written for no position at all"),
        ("may_end_in_sleep = false", "may_end_in_sleep = true", "a bell would wake who has fallen asleep"),
    ],
)
def test_a_wrong_row_is_refused_with_what_would_be_right(was: str, becomes: str, said: str) -> None:
    assert was in ROW
    with pytest.raises(UserError) as caught:
        read_rituals(ROW.replace(was, becomes, 1), content.heads())
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{TABLE}, pause: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["x = [", "x = 1", "ritual = 1"])
def test_a_table_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=TABLE):
        read_rituals(text, content.heads())


def test_no_two_rituals_have_one_name() -> None:
    with pytest.raises(UserError, match="is there twice"):
        read_rituals(ROW + ROW, content.heads())


def test_the_table_that_ships_is_the_one_that_is_read() -> None:
    assert (folder() / TABLE).read_text().count("[[ritual]]") == len(content.rituals())
