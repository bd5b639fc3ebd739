"""What the library hands out, and how it refuses a table with a mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lowtide import content
from lowtide.content import load
from lowtide.content.load import read_techniques
from lowtide.errors import UserError
from lowtide.model.movement import Position

ROW = """
[[technique]]
name = "rest"
title = "Rest"
family = "body"
summary = "You rest."
scripts = ["rest-a"]
positions = ["lying", "sitting"]
source = "A study."
"""


def test_every_technique_has_its_scripts_and_says_what_it_rests_on() -> None:
    for technique in content.techniques():
        assert technique.title
        assert technique.summary.endswith(".")
        assert technique.source
        for name in technique.scripts:
            assert content.script(name).head.technique == technique.name


def test_a_script_lies_in_the_folder_of_its_techniques_family() -> None:
    folder = Path(load.__file__).parent / load.SCRIPTS
    for technique in content.techniques():
        assert all((folder / technique.family / f"{name}.md").is_file() for name in technique.scripts), technique.name


def test_every_script_on_disk_belongs_to_a_technique() -> None:
    used = {name for technique in content.techniques() for name in technique.scripts}
    assert used == set(content.script_names())


def test_a_technique_offers_exactly_the_positions_that_its_scripts_know() -> None:
    for technique in content.techniques():
        known = {position for name in technique.scripts for position in content.heads()[name].positions}
        assert set(technique.positions) == known


def test_the_opening_fits_every_position() -> None:
    assert set(content.opening().head.positions) == set(Position)


@pytest.mark.parametrize("typed", ["body-scan", "Body Scan", " body_scan "])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    assert content.technique(typed).name == "body-scan"
    assert content.script(typed) == content.script("body-scan")
    assert content.script_text(typed) == content.script_text("body-scan")


@pytest.mark.parametrize("ask", [content.technique, content.script, content.script_text])
def test_a_misspelt_name_is_answered_with_the_nearest(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UserError) as caught:
        ask("body-skan")
    assert "body-skan" in caught.value.message
    assert "body-scan" in caught.value.hint


def test_a_name_like_nothing_is_answered_with_everything_there_is() -> None:
    with pytest.raises(UserError) as caught:
        content.technique("zzzz")
    assert all(technique.name in caught.value.hint for technique in content.techniques())


@pytest.mark.parametrize("name", ["../opening", "..", "", "scripts/pmr", "/etc/hostname"])
def test_a_name_is_never_a_way_to_another_file(name: str) -> None:
    with pytest.raises(UserError):
        content.script_text(name)


def test_reading_twice_gives_the_very_same_values() -> None:
    assert content.script("pmr") is content.script("pmr")
    assert content.techniques() is content.techniques()


def test_a_good_table_is_read_in_its_order() -> None:
    first, second = read_techniques(ROW + ROW.replace('"rest"', '"rest-more"'), ["rest-a"])
    assert (first.name, second.name) == ("rest", "rest-more")
    assert first.scripts == ("rest-a",)
    assert first.positions == (Position.LYING, Position.SITTING)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[technique", "can not be read"),
        ("", "no technique"),
        ("technique = 3", "no technique"),
        ("technique = [3]", "no technique"),
        (ROW + "[extra]\na = 1", "extra"),
        (ROW.replace("title", "titel"), "'title' is missing"),
        (ROW + 'mood = "calm"', "'mood' is unknown"),
        (ROW.replace('["rest-a"]', '"rest-a"'), "'scripts' must be a list"),
        (ROW.replace('["rest-a"]', "[]"), "'scripts' must be a list"),
        (ROW.replace('"Rest"', "7"), "'title' must be text"),
        (ROW.replace('"Rest"', '" "'), "'title' must be text"),
        (ROW.replace("rest-a", "rest-b"), "no script 'rest-b'"),
        (ROW.replace('"body"', '"boddy"'), "no family 'boddy'"),
        (ROW.replace("lying", "lieing"), "no position 'lieing'"),
        (ROW + ROW, "twice"),
    ],
)
def test_a_mistake_in_the_table_is_said_in_one_line(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read_techniques(text, ["rest-a"])
    assert said in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_mistake_names_the_entry_it_is_in() -> None:
    with pytest.raises(UserError, match=r"technique 2 \(rest-more\)"):
        read_techniques(ROW + ROW.replace('"rest"', '"rest-more"').replace("sitting", "sit"), ["rest-a"])
