"""What is asked, and how it is asked."""

from __future__ import annotations

import pytest

from lowtide.screen import FLAGS, QUESTIONS, Question

HARD_WORDS = (
    "cauda", "saddle", "perineum", "paraesthesia", "incontinence", "micturition", "malignan", "metasta", "neurolog",
    "aneurysm", "suicid", "lesion", "spondyl", "syndrome", "defaecat", "bilateral",
)  # fmt: skip


def test_the_twelve_items_of_the_warning_card_are_asked_and_two_more() -> None:
    asked = [question.code for question in QUESTIONS if question.group == "cauda equina"]
    assert len(asked) == 14
    assert asked[-2:] == ["both-legs", "walking-trouble"]


def test_the_most_urgent_questions_come_first() -> None:
    urgency = {sign: flag.disposition for flag in FLAGS for clause in flag.needs for sign in clause.signs}
    groups = list(dict.fromkeys(question.group for question in QUESTIONS))
    highest = [max(urgency[q.code] for q in QUESTIONS if q.group == group) for group in groups]
    assert highest == sorted(highest, reverse=True)


def test_codes_are_unique_and_groups_hang_together() -> None:
    codes = [question.code for question in QUESTIONS]
    groups = [question.group for question in QUESTIONS]
    assert len(set(codes)) == len(codes)
    assert sorted(set(groups), key=groups.index) == [g for i, g in enumerate(groups) if i == 0 or groups[i - 1] != g]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.code))
def test_a_question_is_one_plain_question(question: Question) -> None:
    assert question.text.endswith("?")
    assert question.text.count("?") == 1
    assert len(question.text.split()) <= 25, "longer than one breath"
    assert not [word for word in HARD_WORDS if word in question.text.lower()]
