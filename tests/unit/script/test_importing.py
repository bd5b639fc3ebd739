"""The plain-text import: what an author notices beyond the pages of `tests/spec/import`."""

from __future__ import annotations

import pytest

from lowtide.errors import UserError
from lowtide.model.movement import Position
from lowtide.script import import_text, read
from lowtide.script.importing.furniture import is_safety, why_line, why_sentence
from lowtide.script.importing.hearing import attended
from lowtide.script.importing.imagining import imagined
from lowtide.script.importing.importer import LONGEST_TEXT
from lowtide.script.movements import asked_for
from lowtide.script.nodes import Breathe, Chapter, Inline, Paragraph, Release, Silence, Step, Tense


def _inlines(text: str) -> list[Inline]:
    """Everything that is said and done, movements as they are made."""
    found: list[Inline] = []
    for chapter in _chapters(text):
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                found.extend(block.inlines)
            elif isinstance(block, Step):
                found.extend(block.move)
    return found


def _chapters(text: str) -> tuple[Chapter, ...]:
    return read(import_text(text).text).script.chapters


def _steps(text: str) -> list[Step]:
    return [block for chapter in _chapters(text) for block in chapter.blocks if isinstance(block, Step)]


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("(Pause)", 5_000),
        ("[Pause.]", 5_000),
        ("(short pause)", 3_000),
        ("(long pause)", 10_000),
        ("(pause for 10 seconds)", 10_000),
        ("(pause for ten seconds)", 10_000),
        ("[10 second pause]", 10_000),
        ("(20 sec)", 20_000),
        ("(pause 1-2 minutes)", 90_000),
        ("[half a minute of silence]", 30_000),
        ("(pause for a minute)", 60_000),
        ("(pause, three breaths)", 18_000),
        ("-- pause --", 5_000),
        ("*pause*", 5_000),
        ("Long pause.", 10_000),
        ("<silence 1 min>", 60_000),
        ("<pause>", 5_000),
        ("<10 seconds>", 10_000),
    ],
)
def test_a_pause_is_heard_however_it_is_written(written: str, ms: int) -> None:
    silences = [one.natural_ms for one in _inlines(f"Let it rest. {written} Go on.") if isinstance(one, Silence)]
    assert silences == [ms]


@pytest.mark.parametrize(
    ("written", "phases"),
    [
        ("Inhale, two, three, four. Exhale, two, three, four, five, six.", (4, 0, 6)),
        ("Breathe in…2…3…4… hold…2… breathe out…2…3…4…5…6…", (4, 2, 6)),
        ("Inhale 4, 3, 2, 1. Exhale 6, 5, 4, 3, 2, 1.", (4, 0, 6)),
        ("Breathe in for four… hold for two… out for six.", (4, 2, 6)),
        ("Inhale for a count of 4. One, two, three, four. Exhale for a count of 6. One, two, three, four, five, six.",
         (4, 0, 6)),
        ("In [2, 3, 4] and out [2, 3, 4, 5, 6]", (4, 0, 6)),
        ("Breathe in to the count of 4, and breathe out to the count of 6.", (4, 0, 6)),
    ],
)  # fmt: skip
def test_a_counted_breath_keeps_its_counts(written: str, phases: tuple[int, int, int]) -> None:
    breaths = [one for one in _inlines(f"Now the breath.\n\n{written}\n\nAnd rest.") if isinstance(one, Breathe)]
    assert [(one.in_ms // 1000, one.hold_ms // 1000, one.out_ms // 1000) for one in breaths] == [phases]


def test_repetitions_of_a_breath_are_counted_or_told() -> None:
    four = "Inhale, 2, 3. Exhale, 2, 3, 4. " * 4
    assert [one.times for one in _inlines(f"Begin.\n\n{four}\n\nRest.") if isinstance(one, Breathe)] == [4]
    told = "Begin.\n\nInhale, 2, 3. Exhale, 2, 3, 4. Repeat this six times.\n\nRest."
    assert [one.times for one in _inlines(told) if isinstance(one, Breathe)] == [6]


def test_how_often_a_breath_is_repeated_is_not_spoken_beside_it_and_is_reported() -> None:
    found = import_text("Breathe in for four, and out for six. Repeat this five times. And rest.")
    assert "[breathe 4-6 x5]" in found.text
    assert "Repeat" not in found.text
    assert any("Repeat this five times." in guess.was for guess in found.guesses)


def test_a_sentence_that_says_more_than_its_breath_stays_spoken() -> None:
    text = "Breathing in, feel the belly rise like a boat, and breathing out, let it sink."
    assert text in import_text(text).text


def test_a_tension_is_held_as_long_as_the_author_says_and_then_let_go() -> None:
    (step,) = _steps("Tighten your jaw for seven seconds. Now let it go. (pause for 25 seconds)")
    assert step.movements == ("tense:jaw",)
    assert [one for one in step.move if isinstance(one, Tense | Release)] == [
        Tense(region="jaw", length_ms=7_000),
        Release(natural_ms=25_000),
    ]


def test_whoever_may_not_tense_still_lets_go() -> None:
    (step,) = _steps("Squeeze your hands into fists… hold… hold… and relax.")
    assert any(isinstance(one, Tense) for one in step.move)
    assert not any(isinstance(one, Tense) for one in step.imagine)
    assert any(isinstance(one, Release) for one in step.imagine)


def test_raise_them_means_what_was_named_before() -> None:
    found = import_text("Notice your shoulders. Raise them towards your ears. And let them drop.")
    assert [step.movements for step in found.movements] == [("tense:shoulders",)]


def test_arms_above_the_head_are_no_movement_of_the_neck() -> None:
    assert [step.movements for step in _steps("Raise your arms above your head.")] == [("arm-raise",)]


def test_turning_to_face_the_other_way_turns_the_trunk_and_nobody_on_the_belly() -> None:
    assert [step.movements for step in _steps("Now turn to face the left.")] == [("rotation",)]


@pytest.mark.parametrize(
    ("sentence", "draft"),
    [
        ("Lift your left leg.", "Picture lifting your left leg, without moving."),
        ("And now, very gently, roll your shoulders back.",
         "Picture very gently rolling your shoulders back, without moving."),
        ("On your next breath in, raise both arms.",
         "On your next breath in, picture raising both arms, without moving."),
        ("Bend forward and let your head hang.", "Picture bending forward and letting your head hang, without moving."),
        ("I'd like you to turn to your left.", "Picture turning to your left, without moving."),
        ("You might like to sway from side to side.", "Picture swaying from side to side, without moving."),
    ],
)  # fmt: skip
def test_a_draft_is_made_of_the_sentence_s_own_words(sentence: str, draft: str) -> None:
    assert imagined(sentence, ("rotation",))[0] == draft


@pytest.mark.parametrize(
    "sentence",
    [
        "Arch your back, roll onto your side, twist to the left, and lift your hips.",
        "Your left arm will rise and your torso turns.",
        "Knees to chest!",
        "Bend forward bend back twist",
        "(lift … your leg) — and hold your breath, then stand up",
    ],
)
def test_a_draft_never_asks_for_movement_itself(sentence: str) -> None:
    movements = asked_for(sentence) or ("rotation",)
    assert asked_for(imagined(sentence, movements)[0]) == ()


def test_a_movement_asks_the_author_to_read_its_draft() -> None:
    found = import_text("Slowly lift your arms.", title="Arms")
    assert found.needs_reading
    assert "please read: arm-raise" in found.report()


def test_nothing_to_read_where_nothing_was_doubtful() -> None:
    assert not import_text("Let it be quiet. [8s] Let it be dark.", title="Dark").needs_reading


def test_an_offered_position_orders_nobody_to_lie_down() -> None:
    assert _steps("Find a place to sit or lie down, whichever you like.") == []


def test_one_position_in_two_places_is_no_choice() -> None:
    assert [step.movements for step in _steps("Lie down on the bed or on the sofa.")] == [("supine",)]


def test_words_for_one_position_are_kept_for_it() -> None:
    (chapter,) = _chapters("If you are sitting, let the chair hold you. Let the evening come.")
    gates = [block.gate.positions for block in chapter.blocks if isinstance(block, Paragraph)]
    assert gates == [(Position.SITTING,), ()]


def test_walking_in_a_scene_is_no_movement_and_stretching_in_it_is() -> None:
    text = "Imagine a garden. You walk slowly along the wall. Now lift your arms."
    assert [step.movements for step in _steps(text)] == [("arm-raise",)]


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("Bring your attention to the small of your back.", "lower-back"),
        ("Let your awareness move into your left foot.", "left-foot"),
        ("Become aware of the whole body.", "whole-body"),
        ("Feel the backs of your knees.", "knees"),
        ("Notice how your palms feel.", "hands"),
        ("Lie on your back.", ""),
        ("Come back to your breath.", ""),
        ("Close your eyes.", ""),
        ("On the other hand, nothing matters.", ""),
    ],
)
def test_attention_goes_where_the_guide_sends_it(sentence: str, region: str) -> None:
    found = attended(sentence)
    assert (found[0] if found else "") == region


@pytest.mark.parametrize(
    "line",
    [
        "www.quiet.example", "© 2019 Somebody", "Page 3", "- 12 -", "Written by Ada Someone, PhD", "Share this post",
        "Posted on 3 May 2019", "info@quiet.example",
    ],
)  # fmt: skip
def test_a_page_s_furniture_is_not_spoken(line: str) -> None:
    assert why_line(line, is_early=False)


@pytest.mark.parametrize(
    "line",
    [
        "By letting go of the day", "Search for the softest place", "Let the next page turn by itself", "12 steps down",
        "Print nothing", "Home is where the breath is", "Sign of the evening",
    ],
)  # fmt: skip
def test_words_of_a_practice_are_no_furniture(line: str) -> None:
    assert why_line(line, is_early=False) is None
    assert why_sentence(f"{line}.") is None


def test_advice_late_in_a_text_stays_with_its_exercise() -> None:
    opening = " ".join(f"Let evening number {number} come." for number in range(20))
    assert is_safety("If it hurts, stop.")
    chapters = _chapters(f"{opening} Slowly lift your arms. If it hurts, stop.")
    assert all(chapter.title != "Before you begin" for chapter in chapters)


def test_markdown_is_read_as_markdown() -> None:
    found = import_text("# Evening\n\n**Let** it *rest*.\n\n## Hands\n\nSee [them](https://quiet.example/a) rest.")
    assert "title: Evening" in found.text
    assert "Let it rest." in found.text
    assert "# Hands\n\nSee them rest." in found.text
    assert [(aside.text, aside.reason) for aside in found.set_aside] == [("https://quiet.example/a", "an address")]


def test_the_name_of_a_part_is_a_heading_and_no_title() -> None:
    text = "Part 1: Breathing into the belly\n\nLet it be.\n\nPart 2 - The Legs\n\nLet them be."
    assert [chapter.title for chapter in _chapters(text)] == ["Breathing into the belly", "The Legs"]


def test_a_sentence_that_counts_parts_stays_whole() -> None:
    assert (
        "Part 2 is about the breath."
        in import_text("Part 1 is over. It was short.\n\nPart 2 is about the breath.").text
    )


def test_the_text_s_own_title_is_kept() -> None:
    assert "title: The Long Field" in import_text("The Long Field\n\nLet it be.", title="x").text
    assert "title: field" in import_text("Let it be.", title="field").text


def test_words_that_belong_to_the_language_are_only_words() -> None:
    found = import_text("Let {a|b} be. # not a heading > nor a quote %% nor a note. Go to 5 % of it.")
    assert not read(found.text).has_errors
    assert "5 %" in found.text


def test_a_text_where_everything_looks_like_furniture_is_spoken_after_all() -> None:
    assert "Click here" in import_text("Click here").text


@pytest.mark.parametrize("text", ["", " \n\t ", "12 34 …", "***", "\x00\x01\x02\x03abc\x04\x05"])
def test_what_is_no_text_gets_one_clear_line(text: str) -> None:
    with pytest.raises(UserError) as caught:
        import_text(text)
    assert "\n" not in str(caught.value)


def test_a_text_longer_than_a_script_can_be_is_refused() -> None:
    with pytest.raises(UserError, match="more than one script can hold"):
        import_text("a" * (LONGEST_TEXT + 1))


def test_more_than_twelve_hours_of_words_are_set_aside_and_not_lost() -> None:
    found = import_text("Let the evening come as slowly as it likes to come.\n\n" * 8_000)
    assert not read(found.text).has_errors
    assert "more than twelve hours of speech" in {aside.reason for aside in found.set_aside}
