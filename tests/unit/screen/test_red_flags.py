"""The decision table of the red flags: each row alone, each pair of rows, and what an answer may never do."""

from __future__ import annotations

from itertools import combinations

import pytest

from lowtide.errors import UserError
from lowtide.model.clearance import Disposition
from lowtide.model.profile import Condition, Profile
from lowtide.screen import FLAGS, QUESTIONS, screen
from people import WELL, well

D = Disposition

TABLE: dict[str, tuple[Disposition, str]] = {
    # signs, joined by "+"                              what has to happen    the flag that says so
    "saddle-numb": (D.EMERGENCY, "cauda-equina"),
    "back-passage-numb": (D.EMERGENCY, "cauda-equina"),
    "wiping-different": (D.EMERGENCY, "cauda-equina"),
    "urine-start": (D.EMERGENCY, "cauda-equina"),
    "urine-stop": (D.EMERGENCY, "cauda-equina"),
    "urine-unfelt": (D.EMERGENCY, "cauda-equina"),
    "urine-leaks": (D.EMERGENCY, "cauda-equina"),
    "bladder-unfelt": (D.EMERGENCY, "cauda-equina"),
    "bowel-control": (D.EMERGENCY, "cauda-equina"),
    "bowel-unfelt": (D.EMERGENCY, "cauda-equina"),
    "sexual-function": (D.EMERGENCY, "cauda-equina"),
    "sexual-feeling": (D.EMERGENCY, "cauda-equina"),
    "both-legs": (D.EMERGENCY, "cauda-equina"),
    "walking-trouble": (D.EMERGENCY, "cauda-equina"),
    "chest-pain": (D.EMERGENCY, "chest-pain"),
    "pulsating-belly": (D.EMERGENCY, "pulsating-belly"),
    "pregnancy-complications": (D.EMERGENCY, "pregnancy-complications"),
    "fresh-injury": (D.EMERGENCY, "fresh-injury"),
    "self-harm": (D.CRISIS, "crisis"),
    "leg-weakness": (D.SAME_DAY, "nerve-loss"),
    "foot-drop": (D.SAME_DAY, "nerve-loss"),
    "fever": (D.SAME_DAY, "infection"),
    "weak-immunity": (D.SAME_DAY, "infection"),
    "injected-drugs": (D.SAME_DAY, "infection"),
    "recent-infection": (D.SAME_DAY, "infection"),
    "spinal-procedure": (D.SAME_DAY, "infection"),
    "major-injury": (D.URGENT, "major-injury"),
    "small-injury+osteoporosis": (D.URGENT, "fragile-bone"),
    "small-injury+steroids": (D.URGENT, "fragile-bone"),
    "sudden-central-pain": (D.URGENT, "sudden-central-pain"),
    "new-deformity": (D.URGENT, "new-deformity"),
    "cancer-history": (D.URGENT, "cancer-history"),
    "weight-loss": (D.URGENT, "cancer-signs"),
    "night-pain": (D.URGENT, "cancer-signs"),
    "new-pain+over-50+no-better-month": (D.URGENT, "cancer-lasting"),
    "no-better-month": (D.CLINICIAN_FIRST, "no-better"),
    "new-pain+over-50": (D.CLINICIAN_FIRST, "age"),
    "new-pain+under-20": (D.CLINICIAN_FIRST, "age"),
    "began-before-45+morning-stiffness+better-moving": (D.CLINICIAN_SOON, "inflammatory"),
    "began-before-45+morning-stiffness+second-half-of-night": (D.CLINICIAN_SOON, "inflammatory"),
    "began-before-45+better-moving+second-half-of-night": (D.CLINICIAN_SOON, "inflammatory"),
    "morning-stiffness+better-moving+second-half-of-night": (D.CLINICIAN_SOON, "inflammatory"),
}
"""Written by hand from the safety table, not from the code."""

WEAK_ALONE = (
    "small-injury", "osteoporosis", "steroids", "new-pain", "under-20", "over-50",
    "began-before-45", "morning-stiffness", "better-moving", "second-half-of-night",
    "osteoporosis+steroids", "under-20+over-50", "began-before-45+second-half-of-night", "small-injury+new-pain",
)  # fmt: skip
"""Signs that mean nothing by themselves."""


def answering(signs: str) -> Profile:
    """Someone otherwise well who says yes to these questions."""
    return well(answers=dict(WELL.answers) | dict.fromkeys(signs.split("+"), True))


@pytest.mark.parametrize("signs", TABLE)
def test_each_row_of_the_safety_table_has_its_disposition(signs: str) -> None:
    expected, flag = TABLE[signs]
    verdict = screen(answering(signs))
    assert verdict.disposition is expected
    assert flag in {finding.rule for finding in verdict.findings}
    assert (verdict.clearance is None) is (expected >= D.CLINICIAN_FIRST)


def test_the_table_holds_every_flag_and_every_question() -> None:
    assert {flag for _, flag in TABLE.values()} == {flag.code for flag in FLAGS}
    assert {sign for signs in TABLE for sign in signs.split("+")} == {question.code for question in QUESTIONS}


@pytest.mark.parametrize("signs", WEAK_ALONE)
def test_a_weak_sign_alone_raises_nothing(signs: str) -> None:
    assert screen(answering(signs)).findings == ()


@pytest.mark.parametrize(("one", "other"), list(combinations(TABLE, 2)))
def test_of_two_rows_the_more_urgent_wins_and_both_are_told(one: str, other: str) -> None:
    verdict = screen(answering(f"{one}+{other}"))
    rules = [finding.rule for finding in verdict.findings]
    urgencies = [finding.disposition for finding in verdict.findings]
    assert verdict.disposition >= max(TABLE[one][0], TABLE[other][0])
    assert {TABLE[one][1], TABLE[other][1]} <= set(rules)
    assert urgencies == sorted(urgencies, reverse=True)
    assert verdict.disposition is urgencies[0]


@pytest.mark.parametrize("signs", TABLE)
def test_one_more_yes_never_makes_a_verdict_less_urgent(signs: str) -> None:
    before = screen(answering(signs)).disposition
    for question in QUESTIONS:
        assert screen(answering(f"{signs}+{question.code}")).disposition >= before, question.code


@pytest.mark.parametrize("signs", TABLE)
def test_a_question_without_an_answer_raises_no_flag_and_lowers_none(signs: str) -> None:
    only_these = Profile(answers=dict.fromkeys(signs.split("+"), True))
    assert screen(only_these).disposition is TABLE[signs][0]
    assert screen(Profile()).findings == ()


@pytest.mark.parametrize(
    ("age", "is_flagged"), [(19, True), (20, False), (50, False), (51, True), (90, True), (None, False)]
)
def test_a_new_pain_is_seen_first_under_20_and_over_50(age: int | None, is_flagged: bool) -> None:
    profile = well(answers=dict(WELL.answers) | {"new-pain": True}, age_years=age)
    assert (screen(profile).disposition is D.CLINICIAN_FIRST) is is_flagged
    assert screen(well(age_years=age)).disposition is D.GO


def test_osteoporosis_in_the_profile_counts_like_the_answer() -> None:
    fell = dict(WELL.answers) | {"small-injury": True}
    assert screen(well(answers=fell)).disposition is D.GO
    assert screen(well(answers=fell, conditions=frozenset({Condition.OSTEOPOROSIS}))).disposition is D.URGENT


def test_pregnancy_alone_is_no_flag_and_its_complications_are_an_emergency() -> None:
    pregnant = frozenset({Condition.PREGNANCY})
    troubled = dict(WELL.answers) | {"pregnancy-complications": True}
    assert screen(well(conditions=pregnant)).disposition is D.GO
    assert screen(well(conditions=pregnant, answers=troubled)).disposition is D.EMERGENCY


LIFTED = {
    "cancer-history",
    "no-better-month",
    "new-pain+over-50",
    "new-pain+under-20",
    "new-pain+over-50+no-better-month",
}
"""Lasting facts, which a clinician who has ruled out red flags has settled."""


@pytest.mark.parametrize("signs", TABLE)
def test_a_clinicians_word_settles_lasting_facts_and_no_symptom(signs: str) -> None:
    profile = well(answers=answering(signs).answers, conditions=frozenset({Condition.CLEARED_BY_CLINICIAN}))
    assert screen(profile).disposition is (D.GO if signs in LIFTED else TABLE[signs][0])


def test_a_serious_accident_of_these_days_is_more_urgent_than_one_of_long_ago() -> None:
    fresh, old = screen(answering("fresh-injury")), screen(answering("major-injury"))
    assert fresh.disposition is D.EMERGENCY
    assert old.disposition is D.URGENT
    assert "within the last week" in old.findings[0].words, "also for who did not answer when it was"


def test_an_answer_to_no_question_is_refused_by_name() -> None:
    with pytest.raises(UserError, match="'fevre'"):
        screen(Profile(answers={"fevre": True}))


def test_every_flag_has_words_and_a_source() -> None:
    assert [flag.code for flag in FLAGS if not (flag.words.strip() and flag.source.strip())] == []
    assert len({flag.code for flag in FLAGS}) == len(FLAGS)
