"""Where a voice stops."""

from __future__ import annotations

import pytest

from lowtide.compose.pauses import Ending
from lowtide.compose.wording.sentences import LONGEST_SENTENCE, is_speakable, split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Lie down. Rest.", ["Lie down.", "Rest."]),
        ("lie down. rest now.", ["lie down.", "rest now."]),
        ("Use support, e.g. a cushion, i.e. anything soft.", ["Use support, e.g. a cushion, i.e. anything soft."]),
        ("Thank Dr. Lee for it. Rest.", ["Thank Dr. Lee for it.", "Rest."]),
        ("Hands, feet, etc. Then rest.", ["Hands, feet, etc.", "Then rest."]),
        ("Hands, feet, etc. as you like.", ["Hands, feet, etc. as you like."]),
        ("Begin at 7 a.m. if you can. Rest.", ["Begin at 7 a.m. if you can.", "Rest."]),
        ("J. R. Moss wrote this. Rest.", ["J. R. Moss wrote this.", "Rest."]),
        ("So do I. Now rest.", ["So do I.", "Now rest."]),
        ("Wait 2.5 minutes. Rest.", ["Wait 2.5 minutes.", "Rest."]),
        ("Rest… and let go.", ["Rest…", "and let go."]),
        ("Inhale…and exhale…", ["Inhale…", "and exhale…"]),
        ("Rest . . . and let go.", ["Rest…", "and let go."]),
        ("Rest......and let go.", ["Rest…", "and let go."]),
        ("What is here? maybe warmth! Good.", ["What is here?", "maybe warmth!", "Good."]),
        ('"Am I safe?" you may ask. Yes.', ['"Am I safe?" you may ask.', "Yes."]),
        ("Say: “I am here.” Then rest.", ["Say: “I am here.”", "Then rest."]),
        ("(Softly.) Rest.", ["(Softly.)", "Rest."]),
        ("One, two, three – and rest; slowly.", ["One, two, three – and rest; slowly."]),
        ("One\n  line, cut\nin three.", ["One line, cut in three."]),
        ("…", []),
        ("?! … – .", []),
        ("", []),
    ],
)
def test_a_text_is_parted_where_a_reader_would_stop(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split(text)] == sentences


def test_each_stop_asks_for_its_own_silence() -> None:
    endings = [sentence.ending for sentence in split("Rest. Rest… Rest, and")]
    assert endings == [Ending.SENTENCE, Ending.ELLIPSIS, None]


def test_an_ellipsis_on_its_own_lengthens_the_silence_before_it() -> None:
    assert [sentence.ending for sentence in split("Rest. … Now rise.")] == [Ending.ELLIPSIS, Ending.SENTENCE]


def test_a_sentence_that_never_ends_is_parted_at_a_clause_without_losing_a_word() -> None:
    words = ", ".join(f"word {number}" for number in range(300))
    sentences = split(words)
    assert " ".join(sentence.text for sentence in sentences) == words
    assert all(len(sentence.text) <= LONGEST_SENTENCE for sentence in sentences)
    assert all(sentence.text.endswith(",") for sentence in sentences[:-1])
    assert {sentence.ending for sentence in sentences[:-1]} == {Ending.CLAUSE}


@pytest.mark.parametrize("text", ["a" * 1000, "a" * 300 + "," * 1000, "," * 1000 + "b", "a " + "– " * 900 + "b"])
def test_even_nonsense_without_end_is_only_parted_where_something_can_be_said(text: str) -> None:
    assert all(is_speakable(sentence.text) for sentence in split(text))
