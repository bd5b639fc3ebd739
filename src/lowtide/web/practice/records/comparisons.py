"""A fair comparison as the core designs it in, its row out, and back. Days of the core are numbers, of rows dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lowtide.model.checkin import Measure
from lowtide.model.report.comparison import Comparison as ComparisonNoun
from lowtide.model.time import EPOCH
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Comparison


def day_number(day: date) -> int:
    """Count the days since 1 January 1970.

    >>> day_number(date(1970, 1, 31))
    30
    """
    return (day - EPOCH).days


def day_from(number: int) -> date:
    """Give the date of a number of days since 1 January 1970.

    >>> day_from(30).isoformat()
    '1970-01-31'
    """
    return EPOCH + timedelta(days=number)


def keep_comparison(person: Person, design: ComparisonNoun, at: datetime) -> Comparison:
    """Keep a design, for good."""
    return Comparison.objects.create(
        uuid=design.id, person=person, made_at=at, first_day=day_from(design.first_day),
        techniques=list(design.techniques), schedule=list(design.schedule), measure=design.measure.value,
        length_ms=design.length_ms, seed=design.seed,
    )  # fmt: skip


def comparison_of(row: Comparison) -> ComparisonNoun:
    """Read a design."""
    return ComparisonNoun(
        id=str(row.uuid), techniques=tuple(row.techniques), measure=Measure(row.measure),
        first_day=day_number(row.first_day), schedule=tuple(row.schedule), block=len(row.techniques),
        length_ms=row.length_ms, seed=row.seed,
    )  # fmt: skip
