"""A report in, what it says in plain sentences out: the one place where its numbers are put into words.

Called by `text`, `pdf` and the app. Law: a number is never said without its interval or its limits, nothing is ranked,
and what is not known is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from lowtide.model.belief import Effect
from lowtide.model.report import IMPORTANT_POINTS, IMPORTANT_SHARE, Change, Estimate, Report, Unwanted, Verdict
from lowtide.model.report.comparison import Outcome
from lowtide.model.time import EPOCH, counted, lasted

Names = Mapping[str, str]
"""What to call each technique: its controlled name → `Body scan`."""


class Heading(StrEnum):
    """The parts of a report, in order."""

    PAIN = "Pain"
    PRACTICE = "Practice"
    SESSIONS = "Before and after"
    TECHNIQUES = "Techniques"
    COMPARISONS = "Fair comparisons"
    UNWANTED = "Unwanted effects"
    CAUTIONS = "How to read this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a report."""

    heading: Heading
    sentences: tuple[str, ...]


def sections(report: Report, names: Names, comparisons: tuple[Outcome, ...] = ()) -> tuple[Section, ...]:
    """Put a report into words; `names` says what to call the techniques. Parts with nothing to say are left out."""
    said = {
        Heading.PAIN: (*_pain(report), *_change(report.change)),
        Heading.PRACTICE: _practice(report),
        Heading.SESSIONS: _relief(report),
        Heading.TECHNIQUES: _techniques(report.effects, names),
        Heading.COMPARISONS: tuple(one.sentence for one in comparisons),
        Heading.UNWANTED: tuple(_unwanted(one, names) for one in report.unwanted) or ("None were recorded.",),
        Heading.CAUTIONS: report.cautions,
    }
    return tuple(Section(heading=heading, sentences=sentences) for heading, sentences in said.items() if sentences)


def period(report: Report) -> str:
    """Say which days a report is of, as `4 October to 22 November 2026`."""
    first, last = EPOCH + timedelta(days=report.first_day), EPOCH + timedelta(days=report.last_day)
    if first == last:
        return f"{last.day} {last:%B} {last.year}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B} {last.year}"


def _pain(report: Report) -> tuple[str, ...]:
    rated = sum(week.rated_days for week in report.weeks)
    if not rated:
        return ("Pain was not rated before a session or in the diary in this time.",)
    days = f"Pain was rated on {counted(rated, 'day')} of {report.last_day - report.first_day + 1}, from 0 to 10."
    if report.trend is None:
        return (days, "That is too few to tell a trend.")
    one = report.trend
    if one.low <= 0 <= one.high:
        return (days, f"There is no clear trend: {_between(one)} points a month.")
    way = "falling" if one.value < 0 else "rising"
    return (days, f"It has been {way} by about {abs(one.value):.1f} points a month, {_between(one)}.")


def _change(change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ()
    if change.verdict is Verdict.TOO_FEW:
        return (change_in_words(change),)
    limit = f"A change matters from {IMPORTANT_POINTS:g} points or {IMPORTANT_SHARE:.0%} on (Farrar 2001; Ostelo 2008)."
    return (change_in_words(change), limit)


def change_in_words(change: Change) -> str:
    """Say how the last week differs from the first."""
    if change.verdict is Verdict.TOO_FEW:
        return "The first and the last week have too few ratings to compare."
    weeks = f"The first week's mean was {change.before:.1f}, the last week's {change.now:.1f}"
    by = f"a change of {_signed(change.points.value)} points, {_between(change.points)}"
    return f"{weeks}: {by}. In words: {change.verdict}."


def _practice(report: Report) -> tuple[str, ...]:
    dose = report.dose
    if not dose.sessions:
        return ("Nothing was practised in this time.",)
    some = f"{dose.partial} of them " if dose.sessions > 1 else ""
    counts = "counts" if dose.partial == 1 else "count"
    partial = f", {some}left before the end, which {counts} as well" if dose.partial else ""
    a_week = f", about {dose.minutes_a_week:.0f} a week" if round(dose.minutes_a_week) else ""
    in_all = f"{lasted(dose.heard_ms)} in all{a_week}"
    return (f"{counted(dose.sessions, 'session')} on {counted(dose.days, 'day')}{partial}: {in_all}.",)


def _relief(report: Report) -> tuple[str, ...]:
    if report.relief is None:
        return ()
    one = report.relief
    if one.low <= 0 <= one.high:
        return (f"From before a session to after it, pain did not clearly change: {_between(one)} points easier.",)
    way = "easier" if one.value > 0 else "worse"
    first = f"Pain was {abs(one.value):.1f} points {way} after a session than before it, {_between(one)}."
    if one.value <= 0:
        return (first,)
    itself = f"About {report.eased_by_itself:.1f} of that is what any quiet quarter of an hour does (Garland 2017)."
    return (first, itself)


def _techniques(effects: tuple[Effect, ...], names: Names) -> tuple[str, ...]:
    claimed = [one for one in effects if one.is_claimed]
    if not effects:
        return ()
    if not claimed:
        return ("There is not enough data yet to say that any technique helps more than the others.",)
    return tuple(
        f"{names.get(one.technique, one.technique)} eased {one.measure} more than the other techniques did: by "
        f"{one.mean:.1f} points, likely between {one.low:.1f} and {one.high:.1f}, "
        f"over {counted(one.sessions, 'session')}."
        for one in claimed
    )


def _unwanted(one: Unwanted, names: Names) -> str:
    parts = []
    if one.unwell:
        parts.append(f'"I don\'t feel right" was pressed {_times(one.unwell)}')
    if one.worse:
        parts.append(f"pain was at least {IMPORTANT_POINTS:g} points higher afterwards {_times(one.worse)}")
    of = counted(one.sessions, "session")
    return f"{names.get(one.technique, one.technique)}: {' and '.join(parts)}, of {of}."


def _between(one: Estimate) -> str:
    return f"likely between {_signed(one.low)} and {_signed(one.high)}"


def _signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
