"""A person and a moment in, the comparison that runs, today's lot and what the past ones have shown out.

Called by the pages of comparing, of today and of how it goes. Law: while one runs, nothing of it is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lowtide import content
from lowtide.learn import house_prior
from lowtide.learn.comparison import outcome
from lowtide.model.report.comparison import Comparison as Design
from lowtide.model.report.comparison import Outcome, Standing
from lowtide.web.accounts.models import Person
from lowtide.web.practice import records
from lowtide.web.practice.models import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison, and how far it is."""

    row: Comparison
    design: Design
    outcome: Outcome

    @property
    def is_running(self) -> bool:
        """True where there are days to come."""
        return self.outcome.standing is Standing.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What today's practice is."""

    technique: str
    length_ms: int
    day: int
    """Which day of the comparison it is, from 1."""
    days: int


def comparisons_of(person: Person, now: datetime) -> tuple[Compared, ...]:
    """Give every comparison of a person, in order."""
    rows = list(Comparison.objects.filter(person=person))
    if not rows:
        return ()
    checkins, prior = records.checkins_of(person), house_prior()
    today = records.day_number(records.timing_of(person, now).day)
    names = {one.name: one.title for one in content.techniques()}
    found = []
    for row in rows:
        design = records.comparison_of(row)
        until = today if row.stopped_at is None else min(today, _day(person, row.stopped_at))
        shown = outcome(
            design, checkins, prior, today=until, is_stopped=row.stopped_at is not None, names=names,
            day_begins_minute=person.day_starts_minute,
        )  # fmt: skip
        found.append(Compared(row=row, design=design, outcome=shown))
    return tuple(found)


def outcomes_of(person: Person, now: datetime) -> tuple[Outcome, ...]:
    """Give what each comparison has shown, for the report."""
    return tuple(one.outcome for one in comparisons_of(person, now))


def running(person: Person, now: datetime) -> Compared | None:
    """Give the comparison that runs; None where none does."""
    return next((one for one in comparisons_of(person, now) if one.is_running), None)


def lot_of(person: Person, now: datetime) -> Lot | None:
    """Give today's lot; None where none is due: only the first session of a day counts."""
    found = running(person, now)
    if found is None:
        return None
    day = records.timing_of(person, now).day
    technique = found.design.on(records.day_number(day))
    if not technique or person.sessions.filter(day=day, begun_at__isnull=False).exists():
        return None
    passed = records.day_number(day) - found.design.first_day + 1
    return Lot(
        technique=technique, length_ms=found.design.length_ms, day=passed, days=len(found.design.schedule)
    )  # fmt: skip


def _day(person: Person, at: datetime) -> int:
    return records.day_number(records.timing_of(person, at).day)
