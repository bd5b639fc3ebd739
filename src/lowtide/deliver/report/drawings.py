"""A report in, its charts out: pain by week, and what each technique did, for pages, files and the PDF."""

from __future__ import annotations

from lowtide.deliver.charts import Chart, Dot, Reading, effects, line
from lowtide.deliver.report.sentences import Names, change_in_words
from lowtide.model.report import IMPORTANT_POINTS, Report

MIDDLE_OF_WEEK = 3
"""A week's mean is drawn on its fourth day."""
MOST_TECHNIQUES = 8
"""Rows that fit on half a page: those that were practised most, whatever they did."""


def drawings(report: Report, names: Names) -> tuple[Chart, ...]:
    """Draw what there is to draw: nothing for a report in which nothing was rated."""
    weeks = [(week.first_day, week.pain) for week in report.weeks if week.pain is not None]
    charts = []
    if weeks:
        readings = [
            Reading(day=day + MIDDLE_OF_WEEK, value=pain.value, low=pain.low, high=pain.high) for day, pain in weeks
        ]
        said = change_in_words(report.change) if report.change else "Each dot is a week's mean, with its interval."
        charts.append(line(readings, title="Pain by week", important=IMPORTANT_POINTS, name="pain", said=said))
    shown = sorted(report.effects, key=lambda one: -one.sessions)[:MOST_TECHNIQUES]
    if shown:
        dots = [
            Dot(name=names.get(one.technique, one.technique), change=-one.mean, low=-one.high, high=-one.low,
                sessions=one.sessions, is_claimed=one.is_claimed)
            for one in shown
        ]  # fmt: skip
        charts.append(effects(dots, title="Pain after each technique, against the others", name="effects"))
    return tuple(charts)
