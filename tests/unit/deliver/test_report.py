"""A report as a patient reads it, and as a clinician prints it."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from lowtide.deliver.report import drawings, pdf, sections, text
from lowtide.deliver.report.sentences import Heading
from lowtide.model.belief import Effect
from lowtide.model.checkin import Measure
from lowtide.model.report import Change, Dose, Estimate, Report, Unwanted, Verdict, Week
from lowtide.model.report.comparison import Outcome, Standing

FIRST_DAY = 20_700
NAMES = {"pmr": "Muscle relaxation", "kindness": "Kindness"}
EFFECT = Effect(
    technique="pmr", measure=Measure.PAIN, mean=1.6, low=1.0, high=2.1, sure=0.99, sessions=15, is_claimed=True
)
REPORT = Report(
    first_day=FIRST_DAY, last_day=FIRST_DAY + 27,
    weeks=tuple(
        Week(first_day=FIRST_DAY + 7 * week, pain=Estimate(value=6 - week, low=5 - week, high=7 - week), rated_days=6,
             sessions=5, heard_ms=3_000_000)
        for week in range(4)
    ),
    trend=Estimate(value=-1.2, low=-2.0, high=-0.4),
    change=Change(before=6, now=3.5, points=Estimate(value=-2.5, low=-3.4, high=-1.6), verdict=Verdict.BETTER),
    relief=Estimate(value=1.5, low=1.1, high=1.9), eased_by_itself=0.5, began_high=None,
    effects=(EFFECT, replace(EFFECT, technique="kindness", mean=-0.2, low=-1, high=0.6, is_claimed=False)),
    dose=Dose(sessions=20, partial=1, days=18, heard_ms=12_000_000, minutes_a_week=50),
    unwanted=(Unwanted(technique="kindness", sessions=6, unwell=1, worse=2),),
    cautions=("There is no comparison group here.",),
)  # fmt: skip
OUTCOME = Outcome(standing=Standing.FINISHED, arms=(), differences=(), by_chance=None, sentence="It was a draw.")


def _said(report: Report) -> str:
    return " ".join(text(report, NAMES, (OUTCOME,)).split())


def test_a_report_says_what_a_patient_would_tell_their_doctor() -> None:
    said = _said(REPORT)
    for words in (
        "falling by about 1.2 points a month, likely between −2.0 and −0.4",
        "better by as much as matters",
        "20 sessions on 18 days, 1 of them left before the end, which counts as well",
        "Muscle relaxation eased pain more than the other techniques did",
        'Kindness: "I don\'t feel right" was pressed once and pain was at least 2 points higher afterwards twice',
        "It was a draw.",
        "There is no comparison group here.",
    ):
        assert words in said


def test_a_single_session_left_after_some_seconds_is_told_in_the_singular() -> None:
    dose = Dose(sessions=1, partial=1, days=1, heard_ms=9_400, minutes_a_week=0.16)
    said = _said(replace(REPORT, dose=dose))
    assert "1 session on 1 day, left before the end, which counts as well: 9 seconds in all." in said


def test_nothing_is_claimed_of_a_technique_before_the_data_allow_it() -> None:
    said = _said(replace(REPORT, effects=tuple(replace(one, is_claimed=False) for one in REPORT.effects)))
    assert "not enough data yet" in said
    assert "Muscle relaxation" not in said


def test_a_change_that_may_be_chance_is_not_called_one() -> None:
    unsure = Change(before=6, now=5, points=Estimate(value=-1, low=-2.5, high=0.5), verdict=Verdict.NO_CLEAR_CHANGE)
    said = _said(replace(REPORT, change=unsure, trend=Estimate(value=-0.5, low=-1.5, high=0.5)))
    assert "no clear change" in said
    assert "There is no clear trend" in said


def test_getting_worse_is_said_as_plainly() -> None:
    said = _said(
        replace(REPORT, trend=Estimate(value=0.9, low=0.2, high=1.6), relief=Estimate(value=-1, low=-2, high=-0.2))
    )
    assert "rising by about 0.9" in said
    assert "1.0 points worse after a session" in said


def test_parts_without_anything_to_say_are_left_out_but_unwanted_effects_never_are() -> None:
    bare = replace(REPORT, weeks=(), trend=None, change=None, relief=None, effects=(), unwanted=(), cautions=())
    headings = [section.heading for section in sections(bare, NAMES)]
    assert headings == [Heading.PAIN, Heading.PRACTICE, Heading.UNWANTED]


def _pages(report: Report) -> list[str]:
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(pdf(report, NAMES))).pages]


def test_the_pdf_is_two_pages_with_pain_first_and_how_to_read_it_last() -> None:
    first, second = _pages(REPORT)
    assert "Pain Pain was rated on 24 days of 28" in first
    assert "How to read this" in second
    assert "not a medical device" in first
    assert "likely between" in first


def test_the_pdf_stays_two_pages_however_much_there_is_to_say() -> None:
    many = tuple(replace(REPORT.unwanted[0], technique=f"technique-{number}") for number in range(40))
    effects = tuple(replace(EFFECT, technique=f"technique-{number}") for number in range(40))
    pages = _pages(replace(REPORT, unwanted=many, effects=effects))
    assert len(pages) == 2
    assert "And 34 more" in pages[1]
    assert "not a medical device" in pages[1]


def test_no_name_stands_in_the_pdf_but_a_line_to_write_one_on() -> None:
    file = PdfReader(io.BytesIO(pdf(REPORT, NAMES)))
    assert "Name: ____" in _pages(REPORT)[0]
    assert not {"/Author", "/Creator"} & set(file.metadata or {})


def test_the_same_report_is_the_same_file() -> None:
    assert pdf(REPORT, NAMES) == pdf(REPORT, NAMES)


@pytest.mark.parametrize("report", [REPORT, replace(REPORT, effects=())])
def test_charts_are_drawn_for_what_there_is(report: Report) -> None:
    charts = drawings(report, NAMES)
    assert len(charts) == 1 + bool(report.effects)
    assert all(re.match(r"<svg[^>]*viewBox", chart.alone) for chart in charts)


def test_the_chart_of_pain_is_described_by_the_same_words_as_the_report() -> None:
    assert "better by as much as matters" in drawings(REPORT, NAMES)[0].said
