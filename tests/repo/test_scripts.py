"""Every shipped script, as a listener meets it: clean, safe in its words, reachable, of one piece.

Writers run `pytest -q tests/repo/test_scripts.py -k NAME`: a failure says the minute, the sentence, the line, and what
would mend it. Lengths and positions are those of the script's own head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from lowtide import compose, content
from lowtide.model.library import ASKED_FOR, Family
from lowtide.model.movement import Position
from lowtide.model.session import Part, Step
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.model.timeline import Happening
from lowtide.script import read
from lowtide.script.nodes import Comment, Script, Section
from rehearsal import (
    AMERICAN,
    LIMITED,
    PEOPLE,
    Cell,
    Made,
    cells,
    fail_with,
    family,
    lengths,
    minutes_of,
    nearest_minutes,
    positions_of,
    rehearsals,
    rehearsed,
    sentences,
    session_of,
)

SCRIPTS = content.script_names()
LEAST_OFFERED, MOST_OFFERED = 2, 45
"""The shortest is a flare's two minutes, the longest an eight-week course's home practice (EVIDENCE, "Course")."""
SPEAKABLE_WORDS = 22
"""What a calm voice says in one breath."""
APART_MS = 5 * MS_PER_MINUTE
"""No sentence is heard twice within this time, unless its script calls it a refrain in a note: `%% refrain: …`."""
FRAGMENT_WORDS = 3
"""Up to so many words are a fragment that may come back: "and out"."""

SILENCE = ((3, 0.38, 0.62), (10, 0.44, 0.62), (20, 0.56, 0.72), (45, 0.63, 0.76))
"""Least and most share of silence by minutes, straight lines between. Measured on open recordings: 48 % at 9 minutes,
63–70 % at 15 (EVIDENCE, "Voice"); a long session is quieter, since its open silences grow."""
ROOM: dict[Family, tuple[float, float]] = {
    Family.BREATH: (0.0, 0.12),  # breaths that are paced or counted are a silence with one word in it
    Family.IMAGERY: (0.06, 0.0),  # a picture is made of words: EVIDENCE leaves 5 s after an image, 8–10 after stillness
    Family.MOVEMENT: (0.06, 0.06),  # a movement has to be told before it is made; making it takes its own quiet time
    Family.MIND: (0.0, 0.12),  # sitting and open awareness are practised alone: week 5's sitting is mostly silence
    Family.EVERYDAY: (0.06, 0.06),  # eating, walking or waiting fills the silences: they are no rest, and may be short
    Family.RITUALS: (0.08, 0.10),  # a flare wants a voice that stays; an evening that may end in sleep wants quiet
}
"""How much further than the band a family may go, towards more words and towards more silence."""
SPOKEN_WORDS = (88, 112)
"""Words a minute while the voice speaks (EVIDENCE: 90–110); `[slow]` and single cue words lie a little below."""
OPEN_FROM_MINUTES = 20
OPEN_SHARE = {Family.MUSCLES: 30, Family.MOVEMENT: 30, Family.EVERYDAY: 30, Family.RITUALS: 40}
"""From twenty minutes on, one part in so many is open practice; in others one in fifteen. What keeps the body or the
hands busy has less of it."""

ANCHORS = {"sound": r"\bsounds?\b|\blisten", "hands": r"\bhands?\b", "feet": r"\bfeet\b|\bfoot\b|\bsoles?\b",
           "sight": r"\blook\b|\bsee\b|\beyes?\b"}  # fmt: skip
"""What SAFETY offers instead of breath and body: "sound, hands, feet, sight"."""
CLOSES_EYES = re.compile(r"\beyes (?:can |may |could |to )?(?:close|closed|shut)\b|\bclose your eyes\b", re.IGNORECASE)
LIES = re.compile(r"\b(?:lying|lie down|lie back|lie flat|mattress|pillows?|your bed)\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=SCRIPTS)
def name(request: pytest.FixtureRequest) -> str:
    """One script after another, so that its rehearsals are made once."""
    return str(request.param)


def _comments(script: Script) -> Iterator[str]:
    for chapter in script.chapters:
        for block in chapter.blocks:
            inner = block.blocks if isinstance(block, Section) else (block,)
            yield from (one.text for one in inner if isinstance(one, Comment))


def _refrains(name: str) -> frozenset[str]:
    marked = (text.strip() for text in _comments(content.script(name)))
    return frozenset(text.removeprefix("refrain:").strip() for text in marked if text.startswith("refrain:"))


def _band(name: str, minutes: float) -> tuple[float, float]:
    wordier, quieter = ROOM.get(family(name), (0.0, 0.0))
    points = [(SILENCE[0][0] - 3, *SILENCE[0][1:]), *SILENCE, (720, *SILENCE[-1][1:])]
    for (left, low, high), (right, then_low, then_high) in pairwise(points):
        if minutes <= right:
            along = (minutes - left) / (right - left)
            return low + (then_low - low) * along - wordier, high + (then_high - high) * along + quieter
    raise AssertionError(minutes)


def _american(text: str) -> Iterator[str]:
    for match in AMERICAN.finditer(text):
        yield f"line {text.count(chr(10), 0, match.start()) + 1}: '{match[0]}'\n    → write it the British way"


def test_a_shipped_script_has_nothing_to_mend(name: str) -> None:
    """Nothing unmarked, no order, no promise, the stop rule where there is movement: see `script/diagnostics.py`."""
    fail_with(f"line {diagnostic}" for diagnostic in read(content.script_text(name)).diagnostics)


def test_the_opening_has_nothing_to_mend() -> None:
    assert [str(diagnostic) for diagnostic in read(content.opening_text()).diagnostics] == []
    assert list(_american(content.opening_text())) == []


def test_a_script_says_where_it_is_at_its_best(name: str) -> None:
    head = content.heads()[name]
    assert head.title, "write title: in the head"
    assert LEAST_OFFERED <= head.least_minutes <= head.most_minutes <= MOST_OFFERED, "write minutes: such as 3-45"
    assert head.positions, "write positions: in the head"
    if Position.WALKING in head.positions:
        assert not {Position.LYING, Position.RECLINED} & set(head.positions), "nobody walks lying down"
    assert positions_of(name, "open"), "someone who is cleared for everything must be able to have it"


def test_a_script_stands_in_the_table_of_techniques_with_its_family_and_positions(name: str) -> None:
    owners = [one for one in content.techniques() if name in one.scripts]
    assert len(owners) == 1, f"give {name} one row of content/techniques.toml (its scripts list)"
    assert owners[0].name == content.heads()[name].technique, f"the head says technique: {owners[0].name}"
    assert set(content.heads()[name].positions) <= set(owners[0].positions), "the row lacks a position of the head"


def test_every_length_of_its_range_can_be_had(name: str) -> None:
    problems = []
    for cell in cells(name):
        if not isinstance(rehearsed(cell), Made):
            session = session_of(cell)
            shortest, longest = compose.reach(session, lengths(session))
            advice = (
                "mark more paragraphs [optional N], or shorten those without a mark"
                if shortest > cell.minutes * MS_PER_MINUTE
                else "add optional parts with long rests or open silence, or end minutes: earlier"
            )
            problems.append(f"{cell}: can only be {clock(shortest)} to {clock(longest)}\n    → {advice}")
    fail_with(problems)


def test_the_shortest_leaves_room_for_a_slower_voice(name: str) -> None:
    """A voice at the slow end of EVIDENCE's 90–110 words a minute still fits into the shortest session."""
    problems, least = [], minutes_of(name)[0]
    for cell in cells(name):
        if cell.minutes == least and cell.who not in LIMITED:
            session = session_of(cell)
            slower = {key: round(length * 100 / 90) for key, length in lengths(session).items()}
            shortest = compose.reach(session, slower)[0]
            if shortest > least * MS_PER_MINUTE:
                problems.append(
                    f"{cell}: with a slow voice it takes {clock(shortest)}\n    → shorten what has no mark, or mark it"
                )
    fail_with(problems)


def test_every_session_begins_with_how_to_stop(name: str) -> None:
    for made in rehearsals(name):
        until = made.after_the_opening_ms
        opening = " ".join(event.text for event in made.timeline.of(Happening.SAY) if event.at_ms < until).lower()
        assert all(word in opening for word in ("sharp", "spreading", "lasting", "stop", "driving")), made.cell


def test_nothing_is_said_twice_within_five_minutes(name: str) -> None:
    refrains, problems = _refrains(name), []
    for made in rehearsals(name):
        heard: dict[str, int] = {}
        for at_ms, sentence in sentences(made.timeline):
            words = re.sub(r"[^\w\s']", "", sentence).lower()
            is_refrain = len(words.split()) <= FRAGMENT_WORDS or sentence in refrains
            if not is_refrain and at_ms - heard.get(words, -APART_MS) < APART_MS:
                problems.append(
                    made.told(
                        at_ms, sentence,
                        f"it was said at {clock(heard[words])} too: word one of them otherwise, or note %% refrain: …",
                    )
                )  # fmt: skip
            heard[words] = at_ms
    fail_with(problems)


def test_no_three_sentences_running_begin_alike(name: str) -> None:
    problems = []
    for made in rehearsals(name):
        heard = [(at_ms, text, text.split()[0].strip(",…").lower()) for at_ms, text in sentences(made.timeline)]
        for (_, _, first), (_, _, second), (at_ms, text, third) in zip(heard, heard[1:], heard[2:], strict=False):
            if first == second == third and first not in {"in", "out", "breathe"}:
                problems.append(made.told(at_ms, text, f"the third sentence in a row that begins with '{first}'"))
    fail_with(problems)


def test_every_phrase_can_be_said_in_one_breath(name: str) -> None:
    problems = []
    for cell in cells(name):
        if cell.minutes == minutes_of(name, cell.who)[-1]:
            problems += [
                f"{count} words: {phrase.text}\n    → end it earlier, or rest with …"
                for phrase in session_of(cell).phrases()
                if (count := len(phrase.text.split())) > SPEAKABLE_WORDS
            ]
    fail_with(problems)


def test_the_spelling_is_british(name: str) -> None:
    fail_with(_american(content.script_text(name)))


def test_a_short_session_is_brisk_and_a_long_one_is_mostly_silence(name: str) -> None:
    problems = []
    for made in rehearsals(name, "open", "nobody-known", "sore-left-hip"):
        least, most = _band(name, made.cell.minutes)
        share, spoken = made.info.silence_share, made.info.spoken_words_per_minute
        asked = f"{share:.0%} silence, where {least:.0%}–{most:.0%} is right at this length"
        if share < least:
            problems.append(made.says(f"{asked}: keep fewer words, or longer rests after them"))
        elif share > most:
            problems.append(made.says(f"{asked}: add optional words for this length, or shorter rests"))
        if not SPOKEN_WORDS[0] <= spoken <= SPOKEN_WORDS[1]:
            problems.append(made.says(f"{spoken:.0f} words a minute while speaking: less [slow], or plainer words"))
    fail_with(problems)


def test_open_practice_grows_with_the_session(name: str) -> None:
    problems = []
    for position in positions_of(name, "open"):
        found = [(m, rehearsed(Cell(name, "open", position, m))) for m in minutes_of(name)]
        opens = [(minutes, made.info.open_ms) for minutes, made in found if isinstance(made, Made)]
        problems += [
            f"{position}: {clock(less)} of open silence at {minutes:g} min, {clock(before)} at {shorter:g} min\n"
            "    → give [silence …] a lower number than what is added at the longer length"
            for (shorter, before), (minutes, less) in pairwise(opens)
            if less < before
        ]
        minutes, longest = opens[-1]
        due = minutes * MS_PER_MINUTE / OPEN_SHARE.get(family(name), 15)
        if minutes >= OPEN_FROM_MINUTES and longest < due:
            advice = f"give it {clock(round(due))} or more with [silence 60s-5m]"
            problems.append(f"{position}: {clock(longest)} of open silence at {minutes:g} min\n    → {advice}")
    fail_with(problems)


def test_a_listener_with_another_anchor_is_never_left_with_the_breath_alone(name: str) -> None:
    problems = []
    for position in positions_of(name, "trauma"):
        made = rehearsed(Cell(name, "trauma", position, nearest_minutes(name, 10, "trauma")))
        assert isinstance(made, Made)
        offered = [anchor for anchor, words in ANCHORS.items() if re.search(words, made.said, re.IGNORECASE)]
        if len(offered) < 2:
            problems.append(
                made.says(f"only {offered} is offered: with [when other-anchor], name two of {', '.join(ANCHORS)}")
            )
        problems += [
            made.told(at_ms, text, "[when eyes-open] has its own sentence, this one needs [unless eyes-open]")
            for at_ms, text in sentences(made.timeline)
            if CLOSES_EYES.search(text) and "or" not in text.lower().split() and at_ms >= made.after_the_opening_ms
        ]
        if made.timeline.of(Happening.BREATHE):
            problems.append(made.says("breath is paced: put [unless other-anchor] before it, and something beside it"))
    fail_with(problems)


def test_who_stands_or_walks_keeps_the_eyes_open_and_is_not_spoken_to_as_lying(name: str) -> None:
    upright = {Position.STANDING, Position.WALKING} & set(positions_of(name, "open"))
    problems = []
    for made in rehearsals(name, "open"):
        if made.cell.position in upright:
            for at_ms, text in sentences(made.timeline):
                if CLOSES_EYES.search(text) and at_ms >= made.after_the_opening_ms:
                    problems.append(made.told(at_ms, text, f"whoever is {made.cell.position} looks where they are"))
                if LIES.search(text):
                    problems.append(made.told(at_ms, text, f"mark it for its own position: not {made.cell.position}"))
    fail_with(problems)


def test_imagined_movements_do_not_all_begin_alike(name: str) -> None:
    """Whoever may only imagine hears a session of its own, not thirty times the same formula."""
    for position in positions_of(name, "nobody-known"):
        session = session_of(Cell(name, "nobody-known", position, minutes_of(name)[-1]))
        imagined = [text for text in _imagined(session.parts) if text]
        begins = [" ".join(text.split()[:2]) for text in imagined]
        often = {one for one in begins if begins.count(one) > max(3, len(begins) // 8)}
        assert not often, f"{position}: too many imagines begin with {', '.join(often)}: find other beginnings"
        assert sum("without moving" in text for text in imagined) <= 1, "say 'without moving' once at most"


def _imagined(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Step) and part.imagined:
            yield " ".join(inner.text for inner in part.parts if hasattr(inner, "text"))
        elif hasattr(part, "parts"):
            yield from _imagined(part.parts)


def test_another_day_is_worded_otherwise(name: str) -> None:
    place, minutes = positions_of(name, "open")[0], nearest_minutes(name, 20)
    days = [rehearsed(Cell(name, "open", place, minutes, seed)) for seed in range(4)]
    said = {made.said for made in days if isinstance(made, Made)}
    assert len(said) >= 3, "four seeds, and hardly a word is different: add a few {one wording|another}"


def test_at_night_nobody_who_lies_is_woken_by_a_bell_or_asked_to_get_up(name: str) -> None:
    minutes, problems = nearest_minutes(name, 10), []
    for place in {Position.LYING, Position.RECLINED} & set(positions_of(name, "open")):
        at_night = rehearsed(Cell(name, "open", place, minutes, 0, "night"))
        assert isinstance(at_night, Made), f"{minutes} min {place} can not be had at night"
        if at_night.timeline.of(Happening.BELL):
            problems.append(at_night.says("a bell is struck at night: put [unless night] before it"))
        problems += [
            at_night.says("who lies in bed at night is asked to roll over: put [unless night] before move")
            for event in at_night.timeline.of(Happening.MOVE, Happening.IMAGINE)
            if "side-lying" in event.movements and event.at_ms > at_night.timeline.duration_ms * 2 // 3
        ]
    fail_with(problems)


def test_by_day_a_bell_ends_a_guided_practice(name: str) -> None:
    if family(name) in ASKED_FOR:
        return  # a bell has no place in a queue, and none before sleep: rituals say it themselves
    made = rehearsed(Cell(name, "open", positions_of(name, "open")[0], nearest_minutes(name, 10)))
    assert isinstance(made, Made)
    assert made.timeline.of(Happening.BELL), "end with [bell], behind [unless night]"


def test_nobody_with_panic_is_paced() -> None:
    made = rehearsed(Cell("belly-breathing", "panic", Position.RECLINED, 20))
    assert isinstance(made, Made)
    assert not made.timeline.of(Happening.BREATHE)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_lies_around_a_sore_hip_is_only_let_go(seed: int) -> None:
    made = rehearsed(Cell("pmr", "sore-left-hip", Position.RECLINED, 45, seed))
    assert isinstance(made, Made)
    tensed = {event.region for event in made.timeline.of(Happening.TENSE)}
    assert "hands" in tensed
    assert not tensed & {"buttocks", "hips", "lower-back", "belly"}
    assert {"buttocks", "hands"} <= {event.region for event in made.timeline.of(Happening.RELEASE)}


def test_everyone_in_the_cast_hears_something_of_the_library() -> None:
    assert {who for who in PEOPLE if any(positions_of(name, who) for name in SCRIPTS)} == set(PEOPLE)
