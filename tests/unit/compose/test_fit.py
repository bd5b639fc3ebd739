"""A session with times: silences, and what lies over them."""

from __future__ import annotations

import pytest

import factories
import trees
from lowtide.compose import fit
from lowtide.model.session import Attend, Bell, Breath, Pause, Phrase, Session, Step, Tense
from lowtide.model.timeline import Event, FitInfo, Happening, Timeline
from trees import group, session

SECOND = 1000


def phrase(text: str) -> Phrase:
    return Phrase(text=text, spoken=text)


def elastic(natural_s: int, least_s: int, most_s: int, **more: object) -> Pause:
    fields = {"natural_ms": natural_s * SECOND, "least_ms": least_s * SECOND, "most_ms": most_s * SECOND} | more
    return Pause(**fields)  # type: ignore[arg-type]


def fitted(made: Session, length_ms: int, word_ms: int = SECOND) -> tuple[Timeline, FitInfo]:
    return fit(made, {one.key: word_ms for one in made.phrases()}, length_ms)


def of(made: Session, length_s: int, *kinds: Happening) -> list[tuple[Happening, int, int]]:
    """What happens, as (kind, from second, for seconds)."""
    timeline, _ = fitted(made, length_s * SECOND)
    return [(event.kind, event.at_ms // SECOND, event.for_ms // SECOND) for event in timeline.of(*kinds)]


def silences(made: Session, length_ms: int) -> list[int]:
    return [event.for_ms for event in fitted(made, length_ms)[0].of(Happening.SILENCE)]


# --- silences


TWO = session(group("A.", elastic(4, 2, 10), "B.", elastic(8, 4, 20)))


def test_at_its_natural_length_a_session_has_natural_silences() -> None:
    timeline, info = fitted(TWO, 14 * SECOND)
    assert [event.for_ms for event in timeline.of(Happening.SILENCE)] == [4000, 8000]
    assert info.stretch == 1


def test_every_silence_gives_in_the_same_ratio_of_what_it_can() -> None:
    assert silences(TWO, 23 * SECOND) == [7000, 14_000]
    assert silences(TWO, 11 * SECOND) == [3000, 6000]


def test_at_the_ends_of_the_reach_every_silence_is_at_its_own_end() -> None:
    assert silences(TWO, 32 * SECOND) == [10_000, 20_000]
    assert silences(TWO, 8 * SECOND) == [2000, 4000]


def test_a_single_millisecond_is_not_lost() -> None:
    lengths = [silences(TWO, 14 * SECOND + extra) for extra in range(8)]
    assert [sum(pair) - 12_000 for pair in lengths] == list(range(8))


def test_a_rigid_silence_never_gives() -> None:
    made = session(group("A.", 5 * SECOND, "B.", elastic(2, 1, 9)))
    assert [silences(made, length * SECOND)[0] for length in (8, 9, 16)] == [5000] * 3


OPEN = session(group("A.", elastic(4, 2, 10), "B.", elastic(5, 3, 30, is_open=True), "C."))


def test_open_practice_takes_the_rest_before_any_other_silence_is_stretched() -> None:
    assert silences(OPEN, 30 * SECOND) == [4000, 23_000]
    assert silences(OPEN, 10 * SECOND) == [4000, 3000]


def test_other_silences_give_only_where_open_practice_is_at_its_end() -> None:
    assert silences(OPEN, 40 * SECOND) == [7000, 30_000]
    assert silences(OPEN, 9 * SECOND) == [3000, 3000]


def test_silences_in_a_row_are_one() -> None:
    made = session(group("A.", 2 * SECOND, 3 * SECOND, "B."), group(1 * SECOND, "C."))
    assert silences(made, 9 * SECOND) == [5000, 1000]


def test_settling_and_closing_are_silent_and_as_long_as_the_timeline_says() -> None:
    timeline, _ = fitted(session(group("A."), settle_ms=4000, close_ms=8000), 13 * SECOND)
    assert (timeline.settle_ms, timeline.close_ms) == (4000, 8000)
    assert [(e.kind, e.at_ms, e.for_ms) for e in timeline.of(Happening.SAY, Happening.SILENCE)] == [
        (Happening.SILENCE, 0, 4000), (Happening.SAY, 4000, 1000), (Happening.SILENCE, 5000, 8000),
    ]  # fmt: skip


def test_the_reach_of_a_script_does_not_depend_on_the_length_it_was_resolved_for() -> None:
    from lowtide.compose import reach

    reaches = set()
    for minutes in (3, 10, 45):
        made = trees.resolved(trees.paragraph("Rest."), plan=factories.plan(length_ms=minutes * 60_000))
        reaches.add(reach(made, {one.key: SECOND for one in made.phrases()}))
    assert len(reaches) == 1


# --- what lies over them


def test_a_chapter_lasts_until_the_next_one_and_the_first_has_the_settling() -> None:
    made = session(
        group("A.", 2 * SECOND, title="One"), group("B.", title="Two"), settle_ms=2 * SECOND, close_ms=4 * SECOND
    )
    timeline, _ = fitted(made, 10 * SECOND)
    assert [(e.text, e.at_ms, e.for_ms) for e in timeline.of(Happening.CHAPTER)] == [
        ("One", 0, 5000), ("Two", 5000, 5000),
    ]  # fmt: skip


def test_a_chapter_of_which_nothing_was_kept_is_not_listed() -> None:
    gone = group(group("Gone.", 50 * SECOND, optional=1), title="Gone")
    timeline, _ = fitted(session(group("A.", elastic(2, 1, 9), title="One"), gone), 3 * SECOND)
    assert [event.text for event in timeline.of(Happening.CHAPTER)] == ["One"]


def test_attention_rests_until_it_is_led_elsewhere_or_the_chapter_ends() -> None:
    made = session(
        group("A.", Attend(region="hips"), 2 * SECOND, Attend(region="neck"), "B.", 3 * SECOND, title="One"),
        group("C.", Attend(region="feet"), title="Two"),
    )
    timeline, _ = fitted(made, 8 * SECOND)
    assert [(e.region, e.at_ms, e.for_ms) for e in timeline.of(Happening.ATTEND)] == [
        ("hips", 1000, 2000), ("neck", 3000, 4000),
    ]  # fmt: skip


def test_attention_that_is_led_to_where_it_is_stays_there() -> None:
    made = session(group(Attend(region="hips"), "A.", Attend(region="hips"), "B."))
    assert of(made, 2, Happening.ATTEND) == [(Happening.ATTEND, 0, 2)]


def test_a_movement_lasts_for_its_words_and_its_silences() -> None:
    turn = Step(movements=("rotation",), imagined=False, parts=(phrase("Turn."), elastic(6, 3, 15)))
    picture = Step(movements=("side-bend", "rotation"), imagined=True, parts=(phrase("Picture it."),))
    made = session(group("A.", turn, 1 * SECOND, picture))
    timeline, _ = fitted(made, 10 * SECOND)
    (moved,), (imagined,) = timeline.of(Happening.MOVE), timeline.of(Happening.IMAGINE)
    assert (moved.at_ms, moved.for_ms, moved.movements) == (1000, 7000, ("rotation",))
    assert (imagined.at_ms, imagined.for_ms, imagined.movements) == (9000, 1000, ("side-bend", "rotation"))


def test_a_tension_has_its_own_time_and_its_release_the_silence_after_it() -> None:
    made = session(group("A.", Tense(region="hands", length_ms=6000), "B.", elastic(30, 12, 45, releases="hands")))
    assert of(made, 33, Happening.TENSE, Happening.RELEASE) == [(Happening.TENSE, 1, 6), (Happening.RELEASE, 8, 25)]


def test_a_bell_rings_over_what_follows_and_ends_with_the_session() -> None:
    made = session(group("A.", Bell(), 5 * SECOND, "B.", 30 * SECOND, Bell(), 4 * SECOND))
    bells = fitted(made, 41 * SECOND)[0].of(Happening.BELL)
    assert [bell.at_ms for bell in bells] == [1000, 37_000]
    assert bells[0].for_ms >= 10_000
    assert bells[1].end_ms == 41_000


BREATH = Breath(in_ms=4000, hold_ms=2000, out_ms=6000, in_words=phrase("In"), hold_words=None, out_words=phrase("Out"))


def test_each_breath_is_one_event_with_its_words_where_their_phases_begin() -> None:
    timeline, _ = fitted(session(group("A.", BREATH, BREATH)), 25 * SECOND)
    breaths = timeline.of(Happening.BREATHE)
    assert [(b.at_ms, b.for_ms, b.in_ms, b.hold_ms, b.out_ms) for b in breaths] == [
        (1000, 12_000, 4000, 2000, 6000), (13_000, 12_000, 4000, 2000, 6000),
    ]  # fmt: skip
    assert [(e.text, e.at_ms) for e in timeline.of(Happening.SAY)] == [
        ("A.", 0), ("In", 1000), ("Out", 7000), ("In", 13_000), ("Out", 19_000),
    ]  # fmt: skip


@pytest.mark.parametrize(("word_ms", "heard"), [(4000, ["In", "Out"]), (4001, ["Out"]), (6001, [])])
def test_a_cue_that_does_not_fit_its_phase_is_not_said(word_ms: int, heard: list[str]) -> None:
    made = session(group(BREATH))
    timeline, _ = fitted(made, 12 * SECOND, word_ms)
    assert [event.text for event in timeline.of(Happening.SAY)] == heard


def test_a_silence_of_open_practice_says_so() -> None:
    timeline, _ = fitted(OPEN, 30 * SECOND)
    assert [event.is_open for event in timeline.of(Happening.SILENCE)] == [False, True]


def test_the_timeline_carries_what_the_recording_needs_to_know() -> None:
    made = session(group("A.", elastic(2, 1, 3)), seed=7, technique="pmr")
    timeline, _ = fitted(made, 3 * SECOND)
    assert (timeline.seed, timeline.technique, timeline.title, timeline.language) == (7, "pmr", "A session", "en")


def test_a_phrase_keeps_its_voice() -> None:
    made = session(group(Phrase(text="Lumbar.", spoken="LUM-bar.", soft=True, slow=True)))
    (event,) = fitted(made, SECOND)[0].of(Happening.SAY)
    assert event == Event(
        kind=Happening.SAY, at_ms=0, for_ms=1000, text="Lumbar.", spoken="LUM-bar.", soft=True, slow=True
    )


# --- why


def test_the_info_says_what_was_kept_how_often_and_how_it_sounds() -> None:
    made = session(
        group("Come and rest.", elastic(4, 2, 10), title="Rest"),
        group("Deep.", optional=2, title="Deeper", line=7),
        group("Gone with it.", 90 * SECOND, optional=3, title="Deepest", line=9),
        group("Again.", least_rounds=2, most_rounds=3, title="Again", line=11),
        group("Open.", elastic(0, 0, 30, is_open=True), title="Open"),
    )
    _, info = fitted(made, 20 * SECOND)
    assert (info.kept, info.dropped) == (("Deeper, line 7",), ("Deepest, line 9",))
    assert info.rounds == (("Again, line 11", 3),)
    assert (info.open_ms, info.stretch) == (10_000, 1)
    assert info.silence_share == pytest.approx(14 / 20)
    assert info.words_per_minute == pytest.approx(3 * 8)
    assert info.spoken_words_per_minute == pytest.approx(8 * 10)
    assert (info.shortest_ms, info.longest_ms) == (6000, 137_000)
