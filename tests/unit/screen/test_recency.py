"""When the safety questions come again."""

from __future__ import annotations

import pytest

from lowtide.screen import ANYTHING_AT_FIRST, ANYTHING_NEW, QUESTIONS, Again, Answered, still_hold, why_again


@pytest.mark.parametrize(
    ("days_ago", "is_anything_new", "why"),
    [
        (None, False, Again.NEVER_ASKED),
        (None, True, Again.NEVER_ASKED),
        (0, False, None),
        (0, True, Again.SOMETHING_NEW),
        (89, False, None),
        (90, False, Again.LONG_AGO),
        (400, True, Again.SOMETHING_NEW),
    ],
)
def test_the_questions_come_again_when_something_is_new_or_90_days_have_passed(
    days_ago: int | None, is_anything_new: bool, why: Again | None
) -> None:
    assert why_again(days_ago, is_anything_new=is_anything_new) is why


def test_anything_new_is_asked_apart_and_is_no_flag() -> None:
    assert ANYTHING_NEW.text.endswith("?")
    assert ANYTHING_NEW.code not in {question.code for question in QUESTIONS}


@pytest.mark.parametrize("sign", ["numb", "weak", "bladder", "bowel", "chest", "fever", "fall"])
def test_before_each_session_the_signs_that_can_not_wait_are_named(sign: str) -> None:
    assert sign in ANYTHING_NEW.text
    assert sign in ANYTHING_AT_FIRST.text


def test_a_first_session_is_compared_with_no_last_time() -> None:
    assert "last time" in ANYTHING_NEW.text
    assert "last time" not in ANYTHING_AT_FIRST.text
    assert "again" not in ANYTHING_AT_FIRST.help


def test_a_no_of_three_months_ago_is_unknown_today() -> None:
    fresh, old = (Answered(code=code, answer=False, days_ago=days) for code, days in (("fever", 89), ("steroids", 90)))
    assert still_hold((fresh, old)) == {"fever": False}


def test_a_yes_holds_until_the_question_is_answered_anew() -> None:
    yes = Answered(code="fever", answer=True, days_ago=400, is_before_change=True)
    assert still_hold((yes,)) == {"fever": True}
    assert still_hold((yes, Answered(code="fever", answer=False, days_ago=0))) == {"fever": False}


def test_when_something_is_new_every_no_is_asked_again() -> None:
    assert still_hold((Answered(code="fever", answer=False, days_ago=1, is_before_change=True),)) == {}


def test_not_sure_takes_back_a_no_and_leaves_a_yes() -> None:
    unsure = Answered(code="fever", answer=None, days_ago=0)
    assert still_hold((Answered(code="fever", answer=False, days_ago=1), unsure)) == {}
    assert still_hold((Answered(code="fever", answer=True, days_ago=1), unsure)) == {"fever": True}


def test_a_no_that_ended_a_yes_long_ago_leaves_it_unknown() -> None:
    yes, no = (Answered(code="fever", answer=answer, days_ago=days) for answer, days in ((True, 200), (False, 100)))
    assert still_hold((yes, no)) == {}
