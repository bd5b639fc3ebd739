"""A person and a period in, their report with its charts out. Law: no figure is worked out here; all are the core's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lowtide import content
from lowtide.deliver.charts import Chart, calendar
from lowtide.deliver.report import drawings, sections
from lowtide.deliver.report.sentences import Section
from lowtide.learn.report import CHOSEN
from lowtide.learn.report import report as report_of
from lowtide.learn.trend import own_day
from lowtide.model.belief import Belief
from lowtide.model.report import PainRating, Report
from lowtide.model.report.comparison import Outcome
from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.accounts.models import Person
from lowtide.web.practice import records
from lowtide.web.practice.comparing.lots import outcomes_of
from lowtide.web.practice.history.month import practised_on

PERIODS = {"4": "4 weeks", "8": "8 weeks", "12": "12 weeks", "26": "Half a year", "all": "Everything"}
USUAL = "8"
"""As long as a course."""
TO_YOU = {
    CHOSEN: "You chose most of these sessions yourself. One chooses what will do one good that day, so techniques can "
    "not be compared fairly from them; a fair comparison can."
}
"""What the report says of a person, as it is said to them."""
MOST_CALENDAR_DAYS = 26 * 7
"""A longer calendar is only scrolled past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What can be said of a period."""

    report: Report
    outcomes: tuple[Outcome, ...]
    names: dict[str, str]
    practice: Chart
    """The days with practice."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Everything in words, said to the person; the pages for a clinician speak of them."""
        told = sections(self.report, self.names, self.outcomes)
        return tuple(replace(one, sentences=tuple(TO_YOU.get(said, said) for said in one.sentences)) for one in told)

    @property
    def charts(self) -> dict[str, Chart]:
        """The drawings, by what they are of."""
        drawn = drawings(self.report, self.names)
        return {"pain" if chart.title == "Pain by week" else "effects": chart for chart in drawn}


def told_of(person: Person, period: str, now: datetime) -> Told | None:
    """Say what can be said; None where nothing was practised or rated in this time."""
    today = records.timing_of(person, now).day
    belief, ratings = records.belief_of(person), records.ratings_of(person)
    begun = _first_day(person, belief, ratings)
    if begun is None:
        return None
    last = records.day_number(today)
    first = min(begun, last) if period == "all" else max(begun, last - int(period) * 7 + 1)
    told = report_of(
        belief, ratings, first_day=first, last_day=last, day_begins_minute=person.day_starts_minute
    )  # fmt: skip
    if told is None:
        return None
    names = {one.name: one.title for one in content.techniques()}
    practice = _practice(person, records.day_from(first), today)
    return Told(report=told, outcomes=outcomes_of(person, now), names=names, practice=practice)


def _first_day(person: Person, belief: Belief, ratings: tuple[PainRating, ...]) -> int | None:
    """Give the day of the first practice or rating; None where there is none."""
    told = [(one.began_ms, one.utc_offset_minutes) for one in belief.counted.values()]
    told += [(one.at_ms, one.utc_offset_minutes) for one in ratings]
    return min((own_day(at_ms, offset, person.day_starts_minute) for at_ms, offset in told), default=None)


def _practice(person: Person, first: date, last: date) -> Chart:
    first = max(first, last - timedelta(days=MOST_CALENDAR_DAYS - 1))
    practised = practised_on(person, first, last)
    minutes = {records.day_number(day): ms / MS_PER_MINUTE for day, ms in practised.items()}
    return calendar(minutes, first=records.day_number(first), last=records.day_number(last), name="practice")
