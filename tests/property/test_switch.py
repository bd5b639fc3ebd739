"""A session that is changed in the middle: the same length, the same beginning, and nothing that was given up."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import laws
from lowtide import compose, content, pipeline, plan, screen, speak
from lowtide.errors import UserError
from lowtide.model.audio import Sound
from lowtide.model.movement import BREATH, MOVING, Position
from lowtide.model.plan import Change, Plan, Switch
from lowtide.model.profile import Profile, Wish
from lowtide.model.session import Session
from lowtide.model.speech import ClipKey
from lowtide.model.time import SAMPLES_PER_MS
from lowtide.model.timeline import Event, Happening, Timeline
from people import GRETA_FLARE, HANA_TRAUMA, NOBODY_KNOWN, WELL

PEOPLE = {"well": WELL, "flare": GRETA_FLARE, "trauma": HANA_TRAUMA, "unknown": NOBODY_KNOWN}
TECHNIQUES = ("body-scan", "belly-breathing", "pmr", "gentle-stretch")
TRIES = settings(max_examples=40, deadline=None)


def lengths(session: Session) -> dict[ClipKey, int]:
    voice = speak.find("silent")
    return {phrase.key: speak.estimate_ms(voice, phrase.key) for phrase in session.phrases()}


@cache
def begun(who: str, technique: str, minutes: int, seed: int) -> tuple[Plan, Timeline]:
    profile: Profile = PEOPLE[who]
    clearance = pipeline.clear(profile).clearance
    assert clearance is not None
    wish = Wish(length_ms=minutes * 60_000, technique=technique, seed=seed)
    the_plan, _ = plan.plan(profile, clearance, wish, content.techniques(), content.heads())
    session = pipeline.resolve(the_plan, content.script(the_plan.script))
    return the_plan, compose.fit(session, lengths(session), wish.length_ms)[0]


def changed(the_plan: Plan, timeline: Timeline, change: Change, at_ms: int) -> tuple[Plan, compose.Turn, Timeline]:
    less = pipeline.narrowed(the_plan, change)
    session = pipeline.resolve(less, content.script(less.script))
    bridge = compose.passage(less, content.bridge(change))
    turn = compose.turn(timeline, session, bridge, at_ms, may_break_off=change is Change.IMAGINE)
    voice = speak.find("silent")
    spoken = {phrase.key: speak.estimate_ms(voice, phrase.key) for phrase in turn.phrases()}
    return less, turn, compose.switch(turn, spoken)[0]


def before(timeline: Timeline, at_ms: int) -> list[Event]:
    """Everything that has ended by a moment, and everything that is said or struck before it."""
    return [e for e in timeline.events if e.at_ms < at_ms and (e.end_ms < at_ms or e.kind is Happening.BELL)]


SESSIONS = st.tuples(
    st.sampled_from(sorted(PEOPLE)), st.sampled_from(TECHNIQUES), st.sampled_from((10, 20, 30)), st.integers(0, 3)
)


@TRIES
@given(SESSIONS, st.sampled_from(Change), st.floats(0, 0.9))
@example(("well", "gentle-stretch", 20, 0), Change.IMAGINE, 0.5)
@example(("well", "belly-breathing", 20, 0), Change.ANCHOR, 0.5)
def test_a_switch_keeps_the_length_and_the_beginning_and_asks_for_less(
    which: tuple[str, str, int, int], change: Change, share: float
) -> None:
    the_plan, timeline = begun(*which)
    at_ms = int(share * timeline.duration_ms)
    try:
        less, turn, after = changed(the_plan, timeline, change, at_ms)
    except UserError:
        assume(False)
        raise
    assert laws.broken(after) == []
    assert after.duration_ms == timeline.duration_ms
    assert turn.at_ms >= at_ms
    assert before(after, turn.at_ms) == before(timeline, turn.at_ms)
    later = [event for event in after.events if event.end_ms > turn.at_ms]
    asked = [m for event in later if event.kind is Happening.MOVE for m in event.movements]
    assert [movement for movement in asked if not less.clearance.allows(movement)] == []
    if change is Change.IMAGINE:
        assert not MOVING & set(asked)
        assert not [event for event in later if event.kind is Happening.TENSE]
    else:
        assert not BREATH & set(asked)
        assert not [event for event in later if event.kind is Happening.BREATHE]


@TRIES
@given(SESSIONS, st.sampled_from(Change), st.floats(0, 0.9))
def test_the_turn_lies_in_a_silence_that_both_ways_have(
    which: tuple[str, str, int, int], change: Change, share: float
) -> None:
    the_plan, timeline = begun(*which)
    try:
        _, turn, after = changed(the_plan, timeline, change, int(share * timeline.duration_ms))
    except UserError:
        assume(False)
        raise
    for one in (timeline, after):
        around = [e for e in one.of(Happening.SILENCE) if e.at_ms <= turn.at_ms - 900 and e.end_ms >= turn.at_ms]
        assert len(around) == 1, one.title
        assert not [e for e in one.of(Happening.BREATHE, Happening.TENSE) if e.at_ms < turn.at_ms < e.end_ms]


@TRIES
@given(st.sampled_from(TECHNIQUES), st.integers(0, 3), st.sampled_from(Change), st.floats(0, 0.9))
def test_silences_stay_as_short_as_someone_with_trauma_needs_them(
    technique: str, seed: int, change: Change, share: float
) -> None:
    the_plan, timeline = begun("trauma", technique, 10, seed)
    try:
        _, _, after = changed(the_plan, timeline, change, int(share * timeline.duration_ms))
    except UserError:
        assume(False)
        raise
    limit_ms = the_plan.clearance.longest_silence_ms
    assert limit_ms is not None
    assert laws.longest_without_voice_ms(after) <= limit_ms


@pytest.mark.parametrize("who", sorted(PEOPLE))
@pytest.mark.parametrize("technique", TECHNIQUES)
@pytest.mark.parametrize("change", list(Change))
def test_every_session_of_the_library_can_be_changed_halfway(who: str, technique: str, change: Change) -> None:
    the_plan, timeline = begun(who, technique, 20, 0)
    _, turn, after = changed(the_plan, timeline, change, timeline.duration_ms // 2)
    assert turn.at_ms < timeline.duration_ms // 2 + 120_000
    assert after.of(Happening.SAY)[-1].end_ms > timeline.duration_ms - 60_000


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_nothing_that_was_said_at_length_is_said_again(technique: str) -> None:
    the_plan, timeline = begun("well", technique, 20, 0)
    _, turn, after = changed(the_plan, timeline, Change.IMAGINE, 600_000)
    said = [e.path for e in after.of(Happening.SAY) if e.at_ms < turn.at_ms and e.path]
    later = [e.path for e in after.of(Happening.SAY) if e.at_ms >= turn.at_ms and e.path]
    assert later
    assert min(later) > said[-1]


def test_both_can_be_asked_for_one_after_the_other() -> None:
    the_plan, timeline = begun("well", "gentle-stretch", 20, 0)
    less, _, once = changed(the_plan, timeline, Change.ANCHOR, 300_000)
    least, turn, twice = changed(less, once, Change.IMAGINE, 600_000)
    assert laws.broken(twice) == []
    assert twice.duration_ms == timeline.duration_ms
    assert before(twice, turn.at_ms) == before(once, turn.at_ms)
    assert least.clearance.other_anchor
    assert not least.clearance.allowed & MOVING


def test_a_session_that_is_nearly_over_is_left_as_it_is() -> None:
    the_plan, timeline = begun("well", "body-scan", 10, 0)
    with pytest.raises(UserError, match="nearly over"):
        changed(the_plan, timeline, Change.IMAGINE, timeline.duration_ms - 10_000)


def test_narrowing_never_adds() -> None:
    for profile in PEOPLE.values():
        clearance = pipeline.clear(profile).clearance
        assert clearance is not None
        for position in Position:
            less = screen.narrowed(clearance, tuple(Change), position)
            assert less.allowed <= clearance.allowed
            assert less.longest_silence_ms == clearance.longest_silence_ms


@pytest.mark.parametrize("change", list(Change))
@pytest.mark.parametrize("technique", ["belly-breathing", "gentle-stretch"])
def test_what_was_heard_before_the_turn_sounds_the_same_to_the_last_bit(technique: str, change: Change) -> None:
    clearance = pipeline.clear(WELL).clearance
    assert clearance is not None
    cache, wish = speak.Cache(), Wish(length_ms=1_200_000, technique=technique)
    made = pipeline.prepare(WELL, clearance, wish, voices=[speak.find("silent")], cache=cache)
    after = pipeline.switch(made, Switch(to=change, at_ms=400_000), cache=cache)
    turn_ms = next(a.at_ms for a, b in zip(after.timeline.events, made.timeline.events, strict=False) if a != b)
    quiet_ms = max(e.end_ms for e in made.timeline.of(Happening.SAY) if e.at_ms < max(turn_ms, 400_000))
    start, count = (quiet_ms - 20_000) * SAMPLES_PER_MS, 20_000 * SAMPLES_PER_MS
    old, new = (pipeline.mix(one, Sound()).render(start, count) for one in (made, after))
    assert np.abs(old).max() > 0
    assert np.array_equal(old, new)
