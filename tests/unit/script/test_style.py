"""Style: what a teacher would want back is warned of, and what is well said is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lowtide import content
from lowtide.script import read

STYLE = ("S705", "S706", "S707", "S708", "S709", "S710")
PUBLIC = sorted((Path(__file__).parents[2] / "spec" / "import").glob("*.expected.md"))
"""What the import makes of scripts as people have them, in words of our own."""


def codes(words: str) -> list[str]:
    found = read(f"---\ntitle: T\n---\n{words}\n").diagnostics
    return [diagnostic.code for diagnostic in found if diagnostic.code in STYLE]


@pytest.mark.parametrize(
    "words",
    [
        "There is nothing you have to do.",
        "If you need to move, move.",
        "You can stay for as long as you like, and leave whenever you should want to.",
        "No pain has to be ignored.",
        "This is no cure, and nothing here is meant to heal.",
        "Feel the soles of your feet, and the whole of the floor.",
        "Each morning has its own energy, low or high.",
        "The space around {place} is wide. {place} can rest, as it is.",
        "Bring your attention to {place}. This is enough.",
        "Let {place} have more time. How is it at {place}, and what would {place} like?",
        "Breathe in. Breathe out. Breathe in once more.",
        "The thumb… [6s] the first finger… [6s] the middle one. [6s]",
    ],
)
def test_an_invitation_is_left_alone(words: str) -> None:
    assert codes(words) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("You must lie still.", "S705"),
        ("You need to relax now.", "S705"),
        ("Be sure to breathe out.", "S705"),
        ("Do not move.", "S705"),
        ("Lie completely still.", "S705"),
        ("Push through the pain.", "S705"),
        ("Stretch as far as you can.", "S705"),
        ("This heals your back.", "S707"),
        ("The pain is dissolving.", "S707"),
        ("Draw in the energy of the divine.", "S707"),
        ("Soon the ache will go away.", "S707"),
        ("{place} feels warm.", "S710"),
        ("Now {place} are heavy.", "S710"),
        ("Feel {place}'s weight.", "S710"),
        ("And {side} really was lighter.", "S710"),
        ("Is {place} warm?", "S710"),
        ("Rest here. And how are {place} today?", "S710"),
        ("Rest the feet. Rest the hands. Rest the face.", "S709"),
    ],
)
def test_what_presses_or_promises_is_warned_of_once(words: str, code: str) -> None:
    assert codes(words) == [code]


@pytest.mark.parametrize("name", content.script_names())
def test_no_shipped_script_is_warned_of(name: str) -> None:
    found = [str(one) for one in read(content.script_text(name)).diagnostics if one.code in STYLE]
    assert found == []


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.name))
def test_scripts_as_people_have_them_are_not_called_orders_or_claims_without_reason(path: Path) -> None:
    """They were written by teachers: a warning in them would be a false alarm, but for movement without a stop rule."""
    found = {one.code for one in read(path.read_text(encoding="utf-8")).diagnostics if one.code in STYLE}
    assert found <= {"S708", "S709"}


def test_two_gestures_on_the_way_need_no_stop_rule_of_their_own() -> None:
    step = "> move arm-raise: Lift one arm a little, like a leaf. [5s]\n> imagine: A leaf lifts. [5s]\n\n"
    assert codes(step * 2) == []
    assert codes(step * 3) == ["S708"]
    assert codes("If anything stings, leave it out and rest.\n\n" + step * 3) == []


def test_a_way_of_being_placed_needs_no_stop_rule() -> None:
    step = "> move side-lying: Roll onto one side, if you like. [5s]\n> imagine: A boat tips. [5s]\n\n"
    assert codes(step * 3) == []
