"""What a person reads: what to do first, calm, and nothing that promises, frightens or sells."""

from __future__ import annotations

import re

import pytest

import people
from lowtide.model.clearance import Disposition
from lowtide.model.profile import Condition, Profile
from lowtide.screen import FLAGS, RULES, advice, screen
from people import WELL, well

EVERY_FLAG = {
    flag.code: well(
        answers=dict(WELL.answers)
        | {sign: True for clause in flag.needs for sign in clause.signs[: clause.at_least]}
    )
    for flag in FLAGS
}  # fmt: skip
FRIGHTENING = re.compile(
    r"\b(paralys\w+|die|death|fatal|deadly|catastroph\w*|permanent\w*|damage\w*|tumou?r\w*|dangerous)\b", re.IGNORECASE
)
PROMISING = re.compile(
    r"\b(cure\w*|guarantee\w*|will go away|pain-free|buy|subscribe|premium|upgrade)\b", re.IGNORECASE
)


def read(profile: Profile) -> str:
    return advice(screen(profile))


@pytest.mark.parametrize("code", EVERY_FLAG)
def test_every_flag_says_why_in_its_own_words(code: str) -> None:
    words = next(flag.words for flag in FLAGS if flag.code == code)
    assert words in read(EVERY_FLAG[code])


@pytest.mark.parametrize("code", EVERY_FLAG)
def test_no_advice_frightens_promises_or_sells(code: str) -> None:
    text = read(EVERY_FLAG[code])
    assert not FRIGHTENING.findall(text)
    assert not PROMISING.findall(text)


def test_no_reason_frightens_or_promises() -> None:
    assert [rule.code for rule in RULES if FRIGHTENING.search(rule.words) or PROMISING.search(rule.words)] == []


def test_an_emergency_begins_with_the_number_to_call_and_offers_no_session() -> None:
    text = read(people.LENA_NUMB)
    assert text.startswith("Call your emergency number now (112, 999, 911)")
    assert "No session" in text
    assert "single sign" not in text, "there is nothing to read before calling"


def test_a_crisis_brings_help_grounding_and_no_ordinary_session() -> None:
    text = read(EVERY_FLAG["crisis"])
    first = text.split("\n\n")[0]
    assert all(number in first for number in ("112", "999", "911", "988", "116 123"))
    assert "five things that you see" in text
    assert "sessions wait" in text.lower()
    assert screen(EVERY_FLAG["crisis"]).clearance is None


def test_an_emergency_in_a_crisis_keeps_the_numbers_of_the_crisis() -> None:
    text = read(well(answers=dict(WELL.answers) | {"self-harm": True, "chest-pain": True}))
    assert text.startswith("Call your emergency number now")
    assert "116 123" in text


@pytest.mark.parametrize(
    ("code", "when"),
    [("infection", "today"), ("cancer-history", "in the next few days"), ("age", "before you begin"),
     ("inflammatory", "in the coming weeks")],
)  # fmt: skip
def test_what_to_do_says_by_when(code: str, when: str) -> None:
    assert when in read(EVERY_FLAG[code]).split("\n\n")[0]


@pytest.mark.parametrize("code", [c for c, p in EVERY_FLAG.items() if Disposition.GO < screen(p).disposition < 5])
def test_who_has_time_to_read_is_told_that_one_sign_is_weak_or_that_sessions_go_on(code: str) -> None:
    text = read(EVERY_FLAG[code])
    assert "A single sign is weak evidence" in text or "You can begin" in text


def test_every_disposition_is_reached_by_some_flag() -> None:
    assert {screen(p).disposition for p in (*EVERY_FLAG.values(), WELL)} == set(Disposition)


def test_someone_who_may_begin_reads_why_something_is_left_out_and_when_to_stop() -> None:
    text = read(people.AMARA_PREGNANT)
    assert text.startswith("You can begin")
    assert "lie flat for long" in text
    assert "sharp, spreading or lasting pain means stop" in text


def test_an_unfinished_screening_is_not_an_all_clear() -> None:
    assert "Not all of the safety questions are answered yet" in read(people.NOBODY_KNOWN)
    assert "answered yet" not in read(WELL)


def test_nothing_is_said_twice() -> None:
    for profile in (*EVERY_FLAG.values(), people.KOFI_NECK, people.NOBODY_KNOWN):
        lines = [line for line in read(profile).splitlines() if line]
        assert len(lines) == len(set(lines))


def test_pain_in_the_chest_is_a_reason_to_call_and_not_to_travel() -> None:
    assert "call rather than travel" in read(EVERY_FLAG["chest-pain"])


def test_a_bad_day_is_no_advice_to_rest_in_bed_and_no_reason_for_alarm() -> None:
    """Guidelines for back pain ask people to stay active; only the session holds still."""
    text = read(well(conditions=frozenset({Condition.SPASM})))
    assert "every movement in the session is only imagined" in text
    assert "asks for rest" not in text


def test_nobody_is_told_that_a_part_of_the_back_is_worn_or_too_narrow() -> None:
    worn = re.compile(r"\b(narrow\w*|worn|degenerat\w*|crumbl\w*|unstable|slipped)\b", re.IGNORECASE)
    assert [rule.code for rule in RULES if worn.search(rule.words)] == []
