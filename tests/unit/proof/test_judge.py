"""The judge of the proof: whatever a session must not do is found, and a good session has no fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

import factories
from lowtide import compose, content, pipeline, speak
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Kind, Position
from lowtide.model.profile import Wish
from lowtide.model.timeline import Event, Happening, Timeline
from lowtide.proof import Judge
from lowtide.proof.tagging import tagged
from people import WELL

LENGTH_MS = 1_200_000


@cache
def made(name: str, position: Position = Position.RECLINED) -> Timeline:
    """Twenty minutes for someone of whom nothing speaks against anything."""
    clearance = pipeline.clear(WELL).clearance
    assert clearance is not None
    wish = Wish(length_ms=LENGTH_MS, script=name, position=position)
    session = compose.resolve(
        pipeline.decide(WELL, clearance, wish)[0], tagged(content.script(name)).script, content.opening()
    )
    voice = speak.find("silent")
    return compose.fit(session, {p.key: speak.estimate_ms(voice, p.key) for p in session.phrases()}, LENGTH_MS)[0]


def rules(timeline: Timeline, clearance: Clearance, name: str = "", length_ms: int = LENGTH_MS) -> set[str]:
    """Which laws a timeline breaks."""
    moves = tagged(content.script(name)).moves if name else {}
    return {rule for rule, _ in Judge(clearance=clearance, length_ms=length_ms, moves=moves).faults(timeline)}


@pytest.mark.parametrize("name", ["body-scan", "belly-breathing", "pmr", "gentle-stretch"])
def test_a_session_that_was_made_for_a_clearance_has_no_fault(name: str) -> None:
    clearance = pipeline.clear(WELL).clearance
    assert clearance is not None
    assert rules(made(name), clearance, name) == set()


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("gentle-stretch", Kind.PELVIC_TILT),
        ("gentle-stretch", Kind.SHOULDER_PROTRACTION),
        ("belly-breathing", Kind.PACED_BREATH),
    ],
)
def test_a_movement_that_is_not_cleared_is_found(name: str, taken: Kind) -> None:
    stricter = factories.clearance(allowed=frozenset(Kind) - {taken})
    assert rules(made(name), factories.clearance(), name) == set()
    assert rules(made(name), stricter, name) == {"forbidden"}


def test_a_tension_of_a_spared_place_is_found() -> None:
    assert rules(made("pmr"), factories.clearance(spared=frozenset({"left-hand"})), "pmr") == {"forbidden"}


def test_the_words_of_a_move_are_found_even_where_the_timeline_hides_the_move() -> None:
    """Without its events a session looks still; its words, and the script that they stand in, tell."""
    timeline = made("gentle-stretch")
    hidden = replace(timeline, events=tuple(e for e in timeline.events if e.kind is not Happening.MOVE))
    stricter = factories.clearance(allowed=frozenset(Kind) - {Kind.PELVIC_TILT})
    assert rules(hidden, stricter, "gentle-stretch") == {"forbidden"}
    assert rules(hidden, factories.clearance(), "gentle-stretch") == set()


def test_a_breath_that_is_slower_than_cleared_is_found() -> None:
    assert rules(made("belly-breathing"), factories.clearance(slowest_breaths_per_minute=9.0)) == {"forbidden"}


def test_a_held_breath_is_found() -> None:
    def hold(event: Event) -> Event:
        return replace(event, hold_ms=1000) if event.kind is Happening.BREATHE else event

    without = factories.clearance(allowed=frozenset(Kind) - {Kind.BREATH_HOLD})
    assert rules(changed(made("belly-breathing"), hold), without) == {"forbidden"}


def test_a_position_that_is_not_cleared_is_found() -> None:
    without = factories.clearance(allowed=frozenset(Kind) - {Kind.SITTING_LONG})
    assert rules(made("body-scan", Position.SITTING), without) == {"forbidden"}


@pytest.mark.parametrize("off_ms", [-1, 1])
def test_a_millisecond_too_many_or_too_few_is_found(off_ms: int) -> None:
    assert rules(made("body-scan"), factories.clearance(), length_ms=LENGTH_MS + off_ms) == {"length"}


def test_a_silence_that_is_too_long_is_found() -> None:
    assert rules(made("body-scan"), factories.clearance(longest_silence_ms=20_000)) == {"silence"}


def test_a_sentence_that_comes_twice_is_found_and_a_refrain_is_not() -> None:
    said = "Let this be as it is for now."
    timeline = factories.timeline((*opening(), factories.say(20_000, 3_000, said), factories.say(40_000, 3_000, said)))
    judge = Judge(clearance=factories.clearance(), length_ms=60_000)
    assert {rule for rule, _ in judge.faults(timeline)} == {"twice"}
    assert list(replace(judge, refrains=frozenset({said})).faults(timeline)) == []


def test_plain_words_that_ask_for_a_movement_are_found() -> None:
    timeline = factories.timeline((*opening(), factories.say(20_000, 3_000, "Now raise both arms over your head.")))
    without = factories.clearance(allowed=frozenset(Kind) - {Kind.ARM_RAISE})
    assert rules(timeline, without, length_ms=60_000) == {"forbidden"}
    assert rules(timeline, factories.clearance(), length_ms=60_000) == set()


@pytest.mark.parametrize("word", ["Sharp", "stop", "driving"])
def test_a_session_without_the_whole_safety_line_is_found(word: str) -> None:
    def forget(event: Event) -> Event:
        return replace(event, text=event.text.replace(word, "so")) if event.kind is Happening.SAY else event

    assert "opening" in rules(changed(made("body-scan"), forget), factories.clearance())


def test_a_session_that_begins_with_something_else_is_found() -> None:
    timeline = factories.timeline((factories.say(2_000, 3_000, "Let go."),))
    assert rules(timeline, factories.clearance(), length_ms=60_000) == {"opening"}


def test_what_is_said_out_of_order_or_outside_the_time_is_found() -> None:
    timeline = made("body-scan")
    assert "order" in rules(replace(timeline, events=timeline.events[::-1]), factories.clearance())
    both = (
        factories.say(20_000, 9_000, "Two people speak at once."),
        factories.say(22_000, 3_000, "And one is quicker."),
    )
    spoken = factories.timeline((*opening(), *both))
    assert {"order", "captions"} <= rules(spoken, factories.clearance(), length_ms=60_000)


def opening() -> tuple[Event, ...]:
    """The safety line as the first chapter."""
    line = "Sharp, spreading or lasting pain means stop. Never listen while driving."
    chapter = Event(kind=Happening.CHAPTER, at_ms=0, for_ms=60_000, text="Before we begin")
    return (chapter, factories.say(2_000, 5_000, line))


def changed(timeline: Timeline, change: Callable[[Event], Event]) -> Timeline:
    return replace(timeline, events=tuple(map(change, timeline.events)))
