"""What captions show, and when."""

from __future__ import annotations

from factories import say, timeline
from lowtide.deliver.captions.cues import Cue, balanced, cues
from lowtide.model.timeline import Event, Happening


def test_a_long_phrase_is_split_in_proportion_to_its_words() -> None:
    words = " ".join(["nothing"] * 40)
    found = [cue for cue in cues(timeline((say(10_000, 30_000, words),))) if cue.is_spoken]
    assert len(found) == 3
    assert (found[0].start_ms, found[-1].end_ms) == (10_000, 40_000)
    for cue in found:
        share = sum(map(len, cue.lines)) / sum(len(line) for other in found for line in other.lines)
        assert abs((cue.end_ms - cue.start_ms) / 30_000 - share) < 0.001


def test_two_lines_are_about_as_long_as_each_other() -> None:
    one, two = balanced("Let the floor take the whole of the weight of your back, and of your shoulders.")
    assert abs(len(one) - len(two)) < 12


def test_a_short_word_stays_long_enough_to_be_read() -> None:
    first, *_ = cues(timeline((say(2_000, 300, "In"),)))
    assert first[:2] == (2_000, 3_000)


def test_it_makes_room_for_the_next_word() -> None:
    found = cues(timeline((say(2_000, 300, "In"), say(2_600, 300, "Out"))))
    assert [cue[:2] for cue in found[:2]] == [(2_000, 2_600), (2_600, 3_600)]


def test_a_long_silence_is_told_with_its_length_and_a_short_one_is_not() -> None:
    session = timeline((say(0, 2_000, "One thing."), say(7_000, 2_000, "Another."), say(39_000, 2_000, "A third.")))
    told = [cue for cue in cues(session) if not cue.is_spoken]
    assert told == [
        Cue(9_000, 39_000, ("(silence, 30 seconds)",), is_spoken=False),
        Cue(41_000, 60_000, ("(silence, 19 seconds)",), is_spoken=False),
    ]


def test_breath_that_only_the_sound_paces_is_told_as_such() -> None:
    breaths = tuple(
        Event(kind=Happening.BREATHE, at_ms=at, for_ms=10_000, in_ms=4_000, out_ms=6_000)
        for at in range(5_000, 45_000, 10_000)
    )
    told = [cue.lines[0] for cue in cues(timeline((say(0, 5_000, "Breathe with the waves."), *breaths)))]
    assert told[1] == "(paced breathing, 55 seconds)"


def test_a_bell_in_a_silence_is_told() -> None:
    bell = Event(kind=Happening.BELL, at_ms=20_000, for_ms=9_000)
    assert cues(timeline((say(0, 2_000, "Rest."), bell)))[1:] == (
        Cue(2_000, 20_000, ("(silence, 18 seconds)",), is_spoken=False),
        Cue(20_000, 23_000, ("(a bell)",), is_spoken=False),
        Cue(23_000, 60_000, ("(silence, 37 seconds)",), is_spoken=False),
    )


def test_words_that_no_line_can_hold_are_cut() -> None:
    assert balanced("x" * 150) == ["x" * 65, "x" * 65, "x" * 20]
