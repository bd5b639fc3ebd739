"""What a person tells in the first steps, kept: each in one transaction, with when it was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lowtide.screen import Again
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import in_turn
from lowtide.web.practice import signals
from lowtide.web.practice.models import Answer, ProfileVersion, Screening
from lowtide.web.practice.records import latest_version, why_again_of

TOLD = ("worse_with", "conditions", "age_years", "age_told_on", "positions", "experience", "likes")
"""What a version of a profile holds; a change copies the rest."""


@transaction.atomic
def ask_again(person: Person, why: Again, at: datetime) -> Screening:
    """Begin a new time of asking."""
    return Screening.objects.create(person=person, begun_at=at, why=why.name)


@transaction.atomic
def tell_answers(person: Person, answers: Mapping[str, bool | None], at: datetime) -> Screening:
    """Keep answers to safety questions; they belong to the time of asking that is due, or to the last one."""
    in_turn(person)
    due = why_again_of(person, at)
    screening = ask_again(person, due, at) if due else person.screenings.last()
    assert screening is not None, "where nothing is due there has been a screening"
    Answer.objects.bulk_create(
        Answer(screening=screening, code=code, answer=answer, at=at) for code, answer in answers.items()
    )
    signals.told.send(Person, person=person, at=at)
    return screening


@transaction.atomic
def tell(person: Person, at: datetime, **told: Any) -> ProfileVersion:
    """Keep what is known now as a new version; what is not told stays as it was. Nothing new, no new version."""
    in_turn(person)
    old = latest_version(person)
    if "age_years" in told:
        told["age_told_on"] = day_of(person, at) if told["age_years"] is not None else None
        if told["age_years"] == old.age_years:
            told["age_told_on"] = old.age_told_on
    fields = {name: getattr(old, name) for name in TOLD} | told
    if old.pk and all(getattr(old, name) == value for name, value in fields.items()):
        return old
    version = ProfileVersion.objects.create(person=person, made_at=at, **fields)
    signals.told.send(Person, person=person, at=at)
    return version


def call(person: Person, name: str) -> None:
    """Keep what the guide may call the person."""
    person.name = name
    person.save(update_fields=["name"])
