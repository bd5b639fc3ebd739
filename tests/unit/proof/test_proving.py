"""The proof of a script: it can fail. Scripts and composers that were spoilt on purpose are caught."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache

import pytest

from lowtide import compose, content
from lowtide.model.session import Session
from lowtide.model.timeline import FitInfo, Timeline
from lowtide.proof import Missed, Outcome, merged, prove
from lowtide.proof.tagging import plain, tagged
from lowtide.script import nodes, parse

NAME = "body-scan"
"""The library's name under which the small script below is proved: plans are made for what the library knows."""
SMALL = """---
title: Small
technique: body-scan
minutes: 3-8
positions: reclined, sitting
---

# Arriving

[reclined] Rest in the cushions… as deep as they go. [4s]

[sitting] Let the chair take {your weight|all that you weigh}. [4s]

[unless pain] It is an easy day. [4s]

[when pain] [attend place] There is time for {place}. [4s]

MORE

# Resting

> move arm-raise: Raise one arm a little, as if it floated. [4s]
> imagine: A feather lies on water. [4s]

I will be quiet for a while. [silence 60s-10m] And that was all. [4s]
"""


def spoilt(more: str = "") -> nodes.Script:
    """A small script with something added in its middle."""
    reading = parse(SMALL.replace("MORE", more))
    assert not reading.has_errors
    return reading.script


def faults(more: str, one_in: int = 3) -> set[str]:
    return {fault.rule for fault in prove(NAME, one_in=one_in, script=spoilt(more)).faults}


@cache
def whole() -> Outcome:
    return prove(NAME, script=spoilt())


def test_a_script_without_a_mistake_is_proved_whole() -> None:
    assert whole().sessions > 150
    assert (whole().faults, whole().missed) == ((), ())
    assert whole().is_proved
    kinds = {"text", "choice", "slot", "attend", "when", "unless", "position", "move", "imagine", "open", "silence"}
    assert kinds <= set(whole().kinds)


@pytest.mark.parametrize(
    "more",
    [
        "Now raise both arms over your head.",
        "> move arm-raise: Bend forwards and touch your toes.\n> imagine: Picture a tree, bending in the wind.",
        "> move rotation: Be like a gate.\n> imagine: Turn your chest to the left, and back again.",
    ],
    ids=["words without a mark", "a move under another name", "an imagine that asks"],
)
def test_a_movement_that_hides_in_the_words_is_caught(more: str) -> None:
    assert faults(more) == {"forbidden"}


def test_a_sentence_that_comes_back_is_caught() -> None:
    assert faults("The field lies quiet now.\n\nA bird calls once.\n\nThe field lies quiet now.") == {"twice"}


def test_a_script_that_can_not_be_short_enough_is_caught() -> None:
    assert faults("Here is a rest that nothing shortens. [4m exactly]") == {"made"}


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("## Never [when evening]\n\n[unless evening] Nobody hears of the lamp.", "Nobody hears of the lamp."),
        ("[when short] [when long] Nobody is both of these.", "Nobody is both of these."),
        ("[standing] Nobody stands in this one.", "Nobody stands in this one."),
    ],
)
def test_what_nobody_can_ever_hear_is_listed_by_its_line(more: str, line: str) -> None:
    script = spoilt(more)
    number = next(one.line for one in tagged(script).targets if one.words == line)
    outcome = prove(NAME, script=script)
    assert outcome.missed == (Missed(script=NAME, line=number, what="paragraph", words=line),)
    assert not outcome.is_proved


@pytest.mark.parametrize("name", ["pmr", "gentle-stretch"])
def test_a_composer_that_forgets_the_clearance_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["lowtide.compose.resolve"], "_is_cleared", lambda *_: True)
    assert {fault.rule for fault in prove(name, one_in=19).faults} == {"forbidden"}


def test_a_composer_that_is_a_millisecond_off_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = compose.fit

    def sloppy(session: Session, lengths: dict[tuple[str, bool], int], length_ms: int) -> tuple[Timeline, FitInfo]:
        return fit(session, lengths, length_ms + 1)

    monkeypatch.setattr(compose, "fit", sloppy)
    assert {fault.rule for fault in prove(NAME, one_in=90).faults} == {"length"}


def test_a_composer_that_leaves_out_the_opening_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compose.resolve

    def curt(plan: object, script: nodes.Script, opening: nodes.Script) -> Session:
        session = whole(plan, script, opening)  # type: ignore[arg-type] # passed on as it came
        return replace(session, parts=session.parts[1:])

    monkeypatch.setattr(compose, "resolve", curt)
    assert "opening" in {fault.rule for fault in prove(NAME, one_in=90).faults}


def test_a_fault_says_how_to_make_the_session_again() -> None:
    fault = prove(NAME, one_in=3, script=spoilt("Now raise both arms over your head.")).faults[0]
    assert fault.script == NAME
    assert "seed" in fault.session
    assert "arm-raise" in fault.words
    assert "raise both arms" in str(fault)


def test_tags_change_nothing_that_is_said() -> None:
    for name in content.script_names():
        script = content.script(name)
        assert _plain(tagged(script).script) == script


def _plain(script: nodes.Script) -> nodes.Script:
    def inline(node: nodes.Inline) -> nodes.Inline:
        if isinstance(node, nodes.Choice):
            return replace(node, options=tuple(tuple(map(inline, option)) for option in node.options))
        return replace(node, text=plain(node.text)) if isinstance(node, nodes.Text) else node

    def block(node: nodes.Block) -> nodes.Block:
        match node:
            case nodes.Paragraph():
                return replace(node, inlines=tuple(map(inline, node.inlines)))
            case nodes.Step():
                return replace(node, move=tuple(map(inline, node.move)), imagine=tuple(map(inline, node.imagine)))
            case nodes.Section():
                return replace(node, blocks=tuple(map(block, node.blocks)))  # type: ignore[arg-type] # no sections in it
            case _:
                return node

    chapters = (replace(chapter, blocks=tuple(map(block, chapter.blocks))) for chapter in script.chapters)
    return replace(script, chapters=tuple(chapters))


def test_outcomes_add_up_and_a_proof_of_nothing_proves_nothing() -> None:
    assert not Outcome().is_proved
    assert merged([prove(NAME, one_in=50), prove("pmr", one_in=50)]).scripts == (NAME, "pmr")
