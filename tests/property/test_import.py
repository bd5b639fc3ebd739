"""Any text at all can be imported: it reads without errors, and no word of it is lost."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lowtide.errors import UserError
from lowtide.script import Import, import_text, read
from lowtide.script.movements import asked_for
from lowtide.script.nodes import Choice, Comment, Inline, Paragraph, Section, Step, Text

FORMS = (
    "(Pause)", "[Pause.]", "(pause for 10 seconds)", "…", "……", ". . .", "...", "(For 10 breaths)", "[2, 3]", "(",
    ")", "[", "]", "{", "}", "|", "#", "# ", "## Feet", ">", "> move", "%%", "---", "\\", "*", "**", "_", "1. ",
    "2) ", "- ", "•", "“", "”", "’", '"', "00:01:23 --> 00:01:25", "[00:12]", "(00:12):", "Narrator:",
    "Speaker 1 (00:00):", "WEBVTT", "Page 2 of 4", "&hellip;", "&amp;", "<p>", "</p>", "<br>", "<script>",
    "</script>", "<h1>", "</h1>", "© 2020", "https://quiet.example", "Click here", "Subscribe to our",
    "Note to facilitator:", "Safety", "Disclaimer:", "Transcript", "Script", "FEET", "Hands:", "Your Feet",
    "letting-", "com-", "in-", "Inhale", "exhale", "Breathe in", "and out", "for four", "hold it",
    "two, three, four", "Repeat this five times.", "5, 4, 3, 2, 1", "Tighten your fists", "for five seconds",
    "and release", "let go", "Relax.", "Raise your arms", "raise them", "Roll onto your side.", "arch your back",
    "lie down", "sit or lie", "If you are sitting,", "Bring your attention to", "your feet", "your lower back",
    "the left knee", "Imagine a beach.", "You walk slowly", "Welcome.", "Now", "open your eyes",
    "If it hurts, stop.", "[client's name]", "(Ring bell)", "(if there is time, repeat)", "a", "I", "the", "Dr. ",
    "rest", ".", ",", "!", "?", ":", ";", "-", "–", "—",
)  # fmt: skip
GAPS = (" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "")

written = st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(GAPS)), max_size=40).map(
    lambda parts: "".join(form + gap for form, gap in parts)
)
sane = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=120)


def _import(text: str) -> Import | None:
    try:
        return import_text(text)
    except UserError as refused:
        if "\n" in str(refused):
            raise
        return None


@settings(max_examples=150, deadline=None)
@given(st.one_of(written, sane, st.text(max_size=200)))
@example("- \n- a\n-")
@example("(a.\n\n).")
@example("{a|[pause")
@example("Bring your attention to [Pause.] Raise them.")
def test_any_text_is_imported_or_refused_in_one_line(text: str) -> None:
    found = _import(text)
    if found is not None:
        assert not read(found.text).has_errors
        assert found.report()


@settings(max_examples=150, deadline=None)
@given(st.one_of(written, sane))
@example("com-\nfortable. in-\nbreath.")
@example("(for 3 breaths) Rest. [2, 3] a")
@example("1. (Pause)\n2. a")
@example("ı")
def test_no_word_is_lost(text: str) -> None:
    """Each word is spoken, set aside, or stands in a guess as what the text had."""
    found = _import(text)
    if found is not None:
        kept = _spoken(found) + _count(aside.text for aside in found.set_aside)
        kept += _count(guess.was for guess in found.guesses)
        assert not _count([_bare(text)]) - kept


@settings(max_examples=80, deadline=None)
@given(written)
def test_what_is_only_pictured_asks_for_no_movement(text: str) -> None:
    found = _import(text)
    if found is not None:
        for chapter in read(found.text).script.chapters:
            for block in chapter.blocks:
                if isinstance(block, Step):
                    assert asked_for(_said(block.imagine)) == ()


def _spoken(found: Import) -> Counter[str]:
    """What the script says when every movement is made, and its notes."""
    script = read(found.text).script
    words: list[str] = [script.head.title]
    for chapter in script.chapters:
        words.append(chapter.title)
        for block in chapter.blocks:
            assert not isinstance(block, Section)
            words.append(_block(block))
    return _count(words)


def _block(block: Paragraph | Step | Comment) -> str:
    if isinstance(block, Comment):
        return block.text
    return _said(block.inlines if isinstance(block, Paragraph) else block.move)


def _said(inlines: tuple[Inline, ...]) -> str:
    assert not any(isinstance(inline, Choice) for inline in inlines)
    return " ".join(inline.text for inline in inlines if isinstance(inline, Text))


def _bare(text: str) -> str:
    """The text without its tags, whose names are no words."""
    return re.sub(r"</?(?:p|br|script|h1)>", " ", text).replace("&hellip;", "…").replace("&amp;", "&")


def _count(texts: object) -> Counter[str]:
    assert hasattr(texts, "__iter__")
    return Counter(word for text in texts for word in re.findall(r"[^\W_]+", str(text).upper().casefold()))
