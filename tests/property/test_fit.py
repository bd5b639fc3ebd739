"""Exactly the length asked for, whatever the session: its groups, its silences, its voice."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import laws
import trees
from lowtide.compose import choose, fit, reach
from lowtide.compose.glue import spread
from lowtide.errors import UserError
from lowtide.model.session import Attend, Bell, Breath, Group, Part, Pause, Phrase, Session, Step, Tense
from lowtide.model.speech import ClipKey
from lowtide.model.timeline import Happening

REGIONS = st.sampled_from(["hips", "left-hand", "neck"])


@st.composite
def pauses(draw: st.DrawFn, most_ms: int = 20_000) -> Pause:
    least, natural, most = sorted(draw(st.lists(st.integers(0, most_ms), min_size=3, max_size=3)))
    if draw(st.booleans()):
        least = natural = most
    return Pause(
        natural_ms=natural,
        least_ms=least,
        most_ms=most,
        is_open=draw(st.integers(0, 5)) == 0,
        releases=draw(st.sampled_from(["", "", "hips"])),
    )


@st.composite
def sessions(draw: st.DrawFn, *, rounds: bool = True, opened: bool = False) -> Session:
    """Any session at all; its phrases are numbered in order. `opened`: with boundless open practice at the end."""
    number, lines = count(1), count(1)

    def phrase() -> Phrase:
        text = f"P {next(number)}."
        return Phrase(text=text, spoken=text, slow=draw(st.integers(0, 4)) == 0)

    def breath() -> Breath:
        phases = st.integers(500, 9000)
        return Breath(in_ms=draw(phases), hold_ms=draw(st.sampled_from([0, 2000])), out_ms=draw(phases),
                      in_words=phrase(), out_words=phrase() if draw(st.booleans()) else None)  # fmt: skip

    def part(depth: int) -> Part:
        kind = draw(st.integers(0, 11 if depth < 3 else 8))
        if kind < 3:
            return phrase()
        if kind < 6:
            return draw(pauses())
        if kind > 8:
            return group(depth + 1) if kind < 11 else step(depth)
        return (breath, lambda: Attend(region=draw(REGIONS)), lambda: Tense(region="hips", length_ms=5000))[kind - 6]()

    def step(depth: int) -> Step:
        inner = tuple(part(depth + 1) for _ in range(draw(st.integers(1, 3))))
        return Step(movements=("rotation",), imagined=draw(st.booleans()), parts=inner)

    def group(depth: int, title: str = "") -> Group:
        inner = [part(depth) for _ in range(draw(st.integers(0, 4)))]
        least = draw(st.integers(1, 2)) if rounds else 1
        return Group(title=title, parts=(Bell(), *inner) if draw(st.integers(0, 6)) == 0 else tuple(inner),
                     optional=draw(st.integers(0, 3)), least_rounds=least, line=next(lines),
                     most_rounds=draw(st.integers(least, 4)) if rounds else 1)  # fmt: skip

    groups = [group(0, f"Chapter {index}") for index in range(draw(st.integers(1, 4)))]
    last = [Pause(natural_ms=0, least_ms=0, most_ms=10**8, is_open=True)] if opened else []
    groups.append(trees.group("The end.", *last, title="End"))
    settle = draw(st.sampled_from([0, 4000]))
    return trees.session(*groups, settle_ms=settle, close_ms=2 * settle)


def voice(session: Session) -> dict[ClipKey, int]:
    """Spoken lengths that differ from phrase to phrase."""
    return {phrase.key: 300 + 977 * len(phrase.spoken) % 4001 for phrase in session.phrases()}


@given(sessions(), st.floats(0, 1))
@settings(max_examples=250, deadline=None)
def test_a_session_is_exactly_as_long_as_asked_and_keeps_the_laws_of_a_timeline(made: Session, share: float) -> None:
    lengths = voice(made)
    shortest, longest = reach(made, lengths)
    length_ms = shortest + int((longest - shortest) * share)
    try:
        timeline, info = fit(made, lengths, length_ms)
    except UserError:
        reject()
    assert timeline.duration_ms == length_ms
    assert laws.broken(timeline) == []
    assert (info.shortest_ms, info.longest_ms) == (shortest, longest)
    assert {event.key for event in timeline.of(Happening.SAY)} <= choose(made, lengths, length_ms)
    assert all(event.for_ms == lengths[event.key] for event in timeline.of(Happening.SAY))
    assert fit(made, lengths, length_ms) == (timeline, info)


@given(sessions())
@settings(max_examples=80, deadline=None)
def test_the_ends_of_the_reach_are_reached_and_nothing_beyond_them(made: Session) -> None:
    lengths = voice(made)
    shortest, longest = reach(made, lengths)
    for length_ms in (shortest, longest):
        assert fit(made, lengths, length_ms)[0].duration_ms == length_ms
    for length_ms in (shortest - 1, longest + 1):
        with pytest.raises(UserError, match="can not be"):
            fit(made, lengths, length_ms)


@given(sessions(rounds=False), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_what_is_said_is_said_in_the_script_s_order(made: Session, share: float) -> None:
    lengths = voice(made)
    shortest, longest = reach(made, lengths)
    try:
        timeline, _ = fit(made, lengths, shortest + int((longest - shortest) * share))
    except UserError:
        reject()
    *said, last = [event.text for event in timeline.of(Happening.SAY)]
    numbers = [int(text.removeprefix("P ").removesuffix(".")) for text in said]
    assert numbers == sorted(set(numbers))
    assert last == "The end."


def first_numbered(made: Session) -> set[str]:
    """The parts with the lowest number, counting a part inside an optional one as no lower than that."""
    numbers: dict[str, int] = {}

    def visit(parts: tuple[Part, ...], title: str, around: int) -> None:
        for part in parts:
            if isinstance(part, Group):
                title = part.title or title
                number = max(around, part.optional)
                if part.optional:
                    numbers[f"{title}, line {part.line}"] = number
                visit(part.parts, title, number)
            elif isinstance(part, Step):
                visit(part.parts, title, around)

    visit(made.parts, "", 0)
    return {label for label, number in numbers.items() if number == min(numbers.values())}


@given(sessions(opened=True), st.lists(st.integers(0, 400_000), min_size=2, max_size=4))
@settings(max_examples=80, deadline=None)
def test_a_longer_session_never_keeps_fewer_of_the_parts_that_go_last(made: Session, more_ms: list[int]) -> None:
    lengths = voice(made)
    shortest, _ = reach(made, lengths)
    first = first_numbered(made)
    kept = [len(first & set(fit(made, lengths, shortest + more)[1].kept)) for more in sorted(more_ms)]
    assert kept == sorted(kept)


@given(st.lists(pauses(), min_size=1, max_size=40), st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_every_silence_stays_within_its_bounds_and_they_add_up_to_the_millisecond(
    given_pauses: list[Pause], share: float
) -> None:
    least = sum(pause.least_ms for pause in given_pauses)
    most = sum(pause.most_ms for pause in given_pauses)
    total = least + int((most - least) * share)
    lengths = spread(given_pauses, total)
    assert sum(lengths) == total
    for pause, length in zip(given_pauses, lengths, strict=True):
        assert pause.least_ms <= length <= pause.most_ms
    stretched = any(n > p.natural_ms for p, n in zip(given_pauses, lengths, strict=True) if not p.is_open)
    if stretched:
        assert all(n == p.most_ms for p, n in zip(given_pauses, lengths, strict=True) if p.is_open)
