"""A comparison begun and ended: each in one transaction, never two at a time."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from lowtide.errors import UserError
from lowtide.learn.comparison import design
from lowtide.model.checkin import Measure
from lowtide.web.accounts.models import Person
from lowtide.web.practice import records
from lowtide.web.practice.comparing.lots import running
from lowtide.web.practice.models import Comparison

SEED_BITS = 63


@transaction.atomic
def begin(
    person: Person, techniques: Sequence[str], *, weeks: int, length_ms: int, measure: Measure, at: datetime
) -> Comparison:
    """Draw the lots, from today on; from tomorrow where today has had its session.

    Raises `UserError` where one is under way, or for too few or too many techniques or weeks.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if running(person, at) is not None:
        raise UserError("A comparison is under way.", hint="It is never changed; it can be ended.")
    today = records.timing_of(person, at).day
    is_begun = person.sessions.filter(day=today, begun_at__isnull=False).exists()
    drawn = design(
        str(uuid.uuid4()), tuple(techniques), weeks, length_ms, measure=measure, seed=secrets.randbits(SEED_BITS),
        first_day=records.day_number(today + timedelta(days=1) if is_begun else today),
    )  # fmt: skip
    return records.keep_comparison(person, drawn, at)


@transaction.atomic
def end(person: Person, at: datetime) -> bool:
    """End the comparison that runs, for good; False where none does."""
    Person.objects.select_for_update().get(pk=person.pk)
    found = running(person, at)
    if found is None:
        return False
    Comparison.objects.filter(pk=found.row.pk).update(stopped_at=at)
    return True
