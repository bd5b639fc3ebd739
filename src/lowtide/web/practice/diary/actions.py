"""What a person tells of their days, kept, corrected and taken back: each once, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lowtide.model.profile import Pain
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import DiaryEntry, DiaryPain, OutsidePractice


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How it was at one time."""

    arrival: uuid.UUID
    """Names the page: what is sent again takes the place of what was sent."""
    at: datetime
    pains: tuple[Pain, ...]
    measures: Mapping[str, int | None]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """What was practised elsewhere."""

    arrival: uuid.UUID
    at: datetime
    what: str
    minutes: int
    note: str = ""


@transaction.atomic
def tell(person: Person, told: Told) -> DiaryEntry:
    """Keep an entry, or correct the one that was sent by the same name."""
    said = {"at": told.at, "day": day_of(person, told.at), "note": told.note, **told.measures}
    row, is_new = DiaryEntry.objects.update_or_create(person=person, arrival=told.arrival, defaults=said)
    if not is_new:
        row.pains.all().delete()
    DiaryPain.objects.bulk_create(
        DiaryPain(entry=row, region=one.region, intensity=one.intensity, quality=one.quality, injured=one.injured)
        for one in told.pains
    )
    return row


@transaction.atomic
def tell_outside(person: Person, told: Practised) -> OutsidePractice:
    """Keep a practice, or correct the one that was sent by the same name."""
    said = {"at": told.at, "day": day_of(person, told.at), "what": told.what, "minutes": told.minutes,
            "note": told.note}  # fmt: skip
    return OutsidePractice.objects.update_or_create(person=person, arrival=told.arrival, defaults=said)[0]
