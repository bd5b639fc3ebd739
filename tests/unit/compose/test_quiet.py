"""Where long silences are not cleared: what meets in a silence is counted together."""

from __future__ import annotations

import factories
import trees
from lowtide.compose.quiet import limited
from lowtide.model.session import Breath, Group, Part, Pause, Phrase, Session, Step, Tense
from trees import group

LIMIT_MS = 20_000
LONG = Pause(natural_ms=30_000, least_ms=15_000, most_ms=60_000)
TENSE = Tense(region="hands", length_ms=6000)


def most_ms(*parts: Part | str, limit_ms: int | None = LIMIT_MS) -> list[int]:
    """What each silence between a first and a last word may be at most."""
    made = trees.session(
        group("First.", *parts, "Last."), clearance=factories.clearance(longest_silence_ms=limit_ms), settle_ms=1000
    )
    return [part.most_ms for part in trees.opened(limited(made).parts) if isinstance(part, Pause)]


def test_without_a_limit_silences_stay_as_they_are() -> None:
    assert most_ms(LONG, limit_ms=None) == [60_000]


def test_a_single_silence_may_take_the_whole_limit() -> None:
    assert most_ms(LONG) == [20_000]


def test_silences_in_a_row_share_the_limit() -> None:
    assert sum(most_ms(LONG, LONG)) == 20_000


def test_silences_around_an_optional_part_share_the_limit_as_it_may_be_left_out() -> None:
    assert sum(most_ms(LONG, group("Perhaps.", optional=1), LONG)) == 20_000
    assert most_ms(LONG, group("Always.", most_rounds=2), LONG) == [20_000, 20_000]


def test_the_end_of_a_round_and_the_start_of_the_next_share_the_limit() -> None:
    start, end = most_ms("Words.", group(LONG, "Again.", Pause(natural_ms=1, least_ms=0, most_ms=8000), most_rounds=3))
    assert start + end <= 20_000


def test_tensed_muscles_are_a_silence_too_before_and_after() -> None:
    assert most_ms(TENSE, LONG) == [14_000]
    assert most_ms(LONG, TENSE, TENSE) == [8_000]


def test_tensed_muscles_count_at_the_end_of_a_step_of_a_group_and_of_a_round() -> None:
    step = Step(movements=("tense:hands",), imagined=False, parts=(Phrase(text="Fists.", spoken="Fists."), TENSE))
    assert most_ms(step, LONG) == [14_000]
    assert most_ms(group("Fists.", TENSE, optional=1), LONG) == [14_000]
    assert most_ms("Words.", group(LONG, "Fists.", TENSE, most_rounds=2)) == [14_000]


def test_the_last_out_breath_counts_from_its_word() -> None:
    out = Phrase(text="Out", spoken="Out")
    breath = Breath(in_ms=4000, hold_ms=0, out_ms=7000, in_words=out, out_words=out)
    assert most_ms(breath, LONG) == [13_000]


def test_every_wording_of_a_round_is_limited() -> None:
    other: tuple[Part, ...] = (LONG, Phrase(text="Other.", spoken="Other."))
    made = trees.session(
        Group(title="T", parts=group("One.").parts, variants=(other,), most_rounds=2),
        clearance=factories.clearance(longest_silence_ms=LIMIT_MS),
    )
    (chapter,) = limited(made).parts
    silence = chapter.variants[0][0]
    assert isinstance(silence, Pause)
    assert silence.most_ms == 20_000


def test_the_settling_and_the_close_are_limited_too() -> None:
    def edges(*parts: Part | str) -> Session:
        clearance = factories.clearance(longest_silence_ms=10_000)
        return limited(trees.session(group(*parts), clearance=clearance, settle_ms=15_000, close_ms=30_000))

    assert (edges("Words.").settle_ms, edges("Words.").close_ms) == (4000, 5000)
    begins_silent = edges(LONG, "Words.", LONG)
    first, last = (part for part in trees.opened(begins_silent.parts) if isinstance(part, Pause))
    assert begins_silent.settle_ms + first.most_ms <= 10_000
    assert last.most_ms + begins_silent.close_ms <= 10_000
