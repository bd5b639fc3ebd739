"""Paced breathing within a clearance."""

from __future__ import annotations

import pytest

import factories
import trees
from lowtide.model.movement import Kind
from lowtide.model.session import Breath, Session
from lowtide.script import nodes


def breathing(seconds: tuple[int, int, int], times: int = 3, language: str = "en", **clearance: object) -> Session:
    node = nodes.Breathe(in_ms=1000 * seconds[0], hold_ms=1000 * seconds[1], out_ms=1000 * seconds[2], times=times)
    plan = factories.plan(clearance=factories.clearance(**clearance))
    from lowtide.compose import resolve

    script = trees.script(trees.chapter(trees.paragraph("Here we breathe.", node, "And rest.")), language=language)
    return resolve(plan, script, trees.OPENING)


def phases(session: Session) -> list[tuple[int, int, int]]:
    return [(breath.in_ms, breath.hold_ms, breath.out_ms) for breath in trees.breaths(session)]


def without(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(Kind) - frozenset(kinds)


def test_a_breath_is_paced_as_written_where_all_is_cleared() -> None:
    assert phases(breathing((4, 2, 6))) == [(4000, 2000, 6000)] * 3


def test_a_hold_that_is_not_cleared_goes_into_the_out_breath() -> None:
    assert phases(breathing((4, 2, 6), allowed=without(Kind.BREATH_HOLD))) == [(4000, 0, 8000)] * 3


def test_a_breath_that_is_too_slow_is_quickened_in_proportion() -> None:
    assert phases(breathing((5, 0, 10), slowest_breaths_per_minute=6.0)) == [(3333, 0, 6667)] * 3


def test_a_breath_at_the_limit_is_left_as_it_is() -> None:
    assert phases(breathing((4, 0, 6), slowest_breaths_per_minute=6.0)) == [(4000, 0, 6000)] * 3


def test_where_nothing_may_be_paced_the_listener_breathes_at_their_own_pace_for_about_as_long() -> None:
    session = breathing((4, 0, 6), allowed=without(Kind.PACED_BREATH))
    assert trees.breaths(session) == []
    (pause,) = (pause for pause in trees.pauses(session) if pause.is_open)
    assert (pause.least_ms, pause.natural_ms, pause.most_ms) == (15_000, 30_000, 45_000)
    first, *invitation, last = trees.said(session)
    assert (first, last) == ("Here we breathe.", "And rest.")
    assert "breath" in " ".join(invitation).lower()


def test_where_the_breath_must_not_be_the_only_anchor_the_invitation_offers_another() -> None:
    for seed in range(8):
        plan = factories.plan(
            seed=seed, clearance=factories.clearance(allowed=without(Kind.PACED_BREATH), other_anchor=True)
        )
        session = trees.resolved(trees.paragraph(nodes.Breathe(in_ms=4000, hold_ms=0, out_ms=6000, times=3)), plan=plan)
        assert any(word in " ".join(trees.said(session)) for word in ("sounds", "hands", "feet"))


def test_breathing_at_my_pace_adds_no_words_of_its_own() -> None:
    session = breathing((0, 0, 0), times=0)
    assert trees.said(session) == ["Here we breathe.", "And rest."]
    assert [pause.is_open for pause in trees.pauses(session)][:1] == [True]


def cues(breath: Breath) -> tuple[str, ...]:
    return tuple(words.text if words else "" for words in (breath.in_words, breath.hold_words, breath.out_words))


def test_the_words_grow_fewer_as_the_pace_becomes_known_and_come_back_now_and_then() -> None:
    said = [cues(breath) for breath in trees.breaths(breathing((4, 2, 6), times=20))]
    assert said[:2] == [("Breathe in", "and hold", "and out")] * 2
    assert said[2:4] == [("In", "Hold", "Out")] * 2
    assert said[4] == ("", "", "")
    assert 1 <= sum(words != ("", "", "") for words in said[4:]) <= 4


def test_a_breath_without_a_hold_has_no_word_for_it() -> None:
    assert cues(trees.breaths(breathing((4, 0, 6)))[0]) == ("Breathe in", "", "and out")


def test_in_a_language_without_words_of_its_own_the_sound_alone_leads() -> None:
    assert {cues(breath) for breath in trees.breaths(breathing((4, 0, 6), language="xx"))} == {("", "", "")}


def test_where_silences_are_limited_every_breath_has_its_words() -> None:
    breaths = trees.breaths(breathing((4, 0, 6), times=20, longest_silence_ms=20_000))
    assert len(breaths) == 20
    assert all(breath.in_words and breath.out_words for breath in breaths)


def test_where_silences_are_limited_nobody_is_paced_without_words() -> None:
    session = breathing((4, 0, 6), times=20, language="xx", longest_silence_ms=20_000)
    assert trees.breaths(session) == []
    assert any(pause.is_open for pause in trees.pauses(session))


@pytest.mark.parametrize("times", [10**6, 10**9])
def test_a_session_does_not_hold_more_breaths_than_the_longest_session(times: int) -> None:
    assert len(trees.breaths(breathing((4, 0, 6), times=times))) <= 12 * 360 + 1
