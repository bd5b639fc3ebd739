"""Which optional parts and how many rounds a length gets."""

from __future__ import annotations

import pytest

import trees
from lowtide.compose import choose, fit, reach
from lowtide.errors import UserError
from lowtide.model.session import Group, Pause, Session
from trees import group, session

SECOND = 1000


def kept(made: Session, length_s: int) -> tuple[str, ...]:
    return fit(made, {phrase.key: SECOND for phrase in made.phrases()}, length_s * SECOND)[1].kept


def rounds(made: Session, length_s: int) -> list[int]:
    info = fit(made, {phrase.key: SECOND for phrase in made.phrases()}, length_s * SECOND)[1]
    return [count for _, count in info.rounds]


def part(seconds: int, optional: int, line: int) -> Group:
    """An optional part that takes this long, its one phrase included."""
    return group(f"Part {line}.", (seconds - 1) * SECOND, optional=optional, line=line)


def elastic(natural_s: int, least_s: int, most_s: int) -> Pause:
    return Pause(natural_ms=natural_s * SECOND, least_ms=least_s * SECOND, most_ms=most_s * SECOND)


def open_for(most_s: int) -> Pause:
    return Pause(natural_ms=0, least_ms=0, most_ms=most_s * SECOND, is_open=True)


def chapter(*inner: object, **fields: object) -> Group:
    return group("Begin.", *inner, title="C", **fields)  # type: ignore[arg-type]


def test_the_highest_number_goes_first() -> None:
    made = session(chapter(part(10, 3, 3), part(10, 1, 1), part(10, 2, 2), open_for(100)))
    assert [kept(made, length) for length in (11, 21, 31)] == [
        ("C, line 1",), ("C, line 1", "C, line 2"), ("C, line 3", "C, line 1", "C, line 2"),
    ]  # fmt: skip


def test_a_part_of_a_higher_number_stays_only_where_the_lower_one_does_not_fit() -> None:
    made = session(chapter(part(30, 1, 1), part(10, 2, 2), open_for(100)))
    assert kept(made, 15) == ("C, line 2",)
    assert kept(made, 35) == ("C, line 1",)


def test_of_one_number_as_many_as_possible_stay() -> None:
    made = session(chapter(part(30, 1, 1), part(10, 1, 2), part(10, 1, 3), open_for(100)))
    assert kept(made, 31) == ("C, line 2", "C, line 3")


def test_what_stays_of_one_number_is_spread_over_the_session() -> None:
    made = session(chapter(*(part(10, 1, line) for line in range(1, 10)), open_for(100)))
    assert kept(made, 35) == ("C, line 2", "C, line 5", "C, line 8")


def test_an_inner_part_goes_with_the_part_around_it() -> None:
    inner = group("Inner.", 9 * SECOND, optional=1, line=2)
    made = session(chapter(group("Outer.", 9 * SECOND, inner, optional=2, line=1), part(5, 1, 3), open_for(100)))
    assert kept(made, 6) == ("C, line 3",)
    assert kept(made, 16) == ("C, line 1", "C, line 3")
    assert kept(made, 30) == ("C, line 1", "C, line 2", "C, line 3")


def test_silences_are_shrunk_by_a_quarter_of_what_they_can_to_keep_a_part_and_no_more() -> None:
    made = session(chapter(elastic(20, 12, 40), part(10, 1, 1)))
    assert kept(made, 29) == ("C, line 1",)
    assert kept(made, 28) == ()


def test_rounds_are_added_in_turn_to_all_that_can_repeat() -> None:
    made = session(
        chapter(
            group("One.", 4 * SECOND, least_rounds=1, most_rounds=4, line=1),
            group("Two.", 4 * SECOND, least_rounds=1, most_rounds=4, line=2),
            open_for(100),
        )
    )
    assert [rounds(made, length) for length in (11, 16, 21, 26, 41)] == [[1, 1], [2, 1], [2, 2], [3, 2], [4, 4]]


def test_rounds_leave_open_practice_its_natural_share() -> None:
    practice = Pause(natural_ms=20 * SECOND, least_ms=0, most_ms=60 * SECOND, is_open=True)
    made = session(chapter(group("One.", 4 * SECOND, most_rounds=9, line=1), practice))
    assert rounds(made, 25) == [1]
    assert rounds(made, 31) == [2]


def test_optional_parts_come_before_rounds() -> None:
    made = session(chapter(group("One.", 4 * SECOND, most_rounds=9, line=1), part(20, 9, 2), open_for(100)))
    assert (kept(made, 26), rounds(made, 26)) == (("C, line 2",), [1])


def test_rounds_within_rounds_add_up() -> None:
    inner = group("In.", 4 * SECOND, least_rounds=2, most_rounds=3, line=2)
    made = session(chapter(group("Out.", inner, most_rounds=2, line=1), open_for(5)))
    assert reach(made, {phrase.key: SECOND for phrase in made.phrases()}) == (12_000, 38_000)
    assert rounds(made, 33) == [2, 6]


def test_the_reach_runs_from_everything_dropped_to_everything_at_its_most() -> None:
    made = session(chapter(elastic(4, 2, 10), part(10, 1, 1), group("R.", 1000, most_rounds=3)))
    assert reach(made, {phrase.key: SECOND for phrase in made.phrases()}) == (5_000, 27_000)


def test_a_length_out_of_reach_is_refused_with_the_reach() -> None:
    made = session(chapter(elastic(4, 2, 10)))
    for length_s in (0, 2, 12):
        with pytest.raises(UserError, match=r"can not be .* It can be between 0:03 and 0:11\."):
            kept(made, length_s)


def test_a_gap_that_rigid_parts_leave_is_refused_with_the_nearest_lengths() -> None:
    made = session(chapter(part(10, 1, 1), part(100, 2, 2)))
    assert [kept(made, length) for length in (1, 11, 101, 111)] == [
        (), ("C, line 1",), ("C, line 2",), ("C, line 1", "C, line 2"),
    ]  # fmt: skip
    with pytest.raises(UserError, match=r"The nearest lengths are 0:11 and 1:41\."):
        kept(made, 60)


def test_silences_are_shrunk_further_where_nothing_else_reaches_the_length() -> None:
    made = session(chapter(elastic(10, 2, 12), part(10, 1, 1)))
    assert kept(made, 14) == ("C, line 1",)


def test_silences_are_shrunk_no_further_than_that_needs() -> None:
    made = session(chapter(elastic(100, 20, 104), part(30, 1, 1), part(30, 2, 2)))
    assert kept(made, 108) == ("C, line 1",)


def test_every_length_that_some_choice_reaches_is_reached_as_trying_them_all_shows() -> None:
    sizes = (3, 7, 19, 46)
    repeated = group("R.", 12 * SECOND, part(5, 1, 9), least_rounds=1, most_rounds=3, line=8)
    made = session(chapter(*(part(size, 1 + size % 3, size) for size in sizes), repeated))
    possible = set()
    for mask in range(2 ** len(sizes)):
        fixed = 1 + sum(size for bit, size in enumerate(sizes) if mask >> bit & 1)
        for count in (1, 2, 3):
            possible |= {fixed + 13 * count + 5 * fives for fives in range(count + 1)}
    reached = set()
    for length in range(1, 150):
        try:
            kept(made, length)
            reached.add(length)
        except UserError:
            pass
    assert reached == possible


def test_an_estimate_names_the_clips_that_a_session_needs_and_no_others() -> None:
    made = session(chapter(part(30, 1, 1), part(10, 2, 2), open_for(100)))
    lengths = {phrase.key: SECOND for phrase in made.phrases()}
    assert choose(made, lengths, 15 * SECOND) == {("Begin.", False), ("Part 2.", False)}


def test_a_length_that_was_not_given_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="no spoken length"):
        fit(session(chapter(elastic(4, 2, 10))), {}, 5 * SECOND)


def test_wordings_of_a_round_are_measured_each_by_itself() -> None:
    made = session(chapter(group("Short.", most_rounds=4, variants=(group("Much longer.").parts,), line=1)))
    lengths = trees.lengths(made)
    short, longer = lengths["Short.", False], lengths["Much longer.", False]
    assert reach(made, lengths) == (lengths["Begin.", False] + short, lengths["Begin.", False] + 2 * short + 2 * longer)
    timeline, info = fit(made, lengths, lengths["Begin.", False] + 2 * short + longer)
    assert [count for _, count in info.rounds] == [3]
    assert [event.text for event in timeline.events if event.text] == [
        "C", "Begin.", "Short.", "Much longer.", "Short.",
    ]  # fmt: skip


def test_a_stranger_s_script_of_many_parts_and_rounds_has_every_length() -> None:
    groups = [
        group(f"P{n}.", 1500 + 37 * n, optional=1 + n % 9, most_rounds=40, line=n, variants=((),)) for n in range(200)
    ]
    made = session(chapter(*groups), settle_ms=4000, close_ms=8000)
    lengths = {phrase.key: 700 + 11 * index for index, phrase in enumerate(made.phrases())}
    for minutes in (1, 7, 45, 400):
        assert fit(made, lengths, minutes * 60_000 + 1)[0].duration_ms == minutes * 60_000 + 1
