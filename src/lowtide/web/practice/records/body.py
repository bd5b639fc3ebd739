"""A person and a day in, where it hurts that day out; and a body map, drawn, into rows.

Law: places are known from the last body map, however old; how strong it is there only from the day itself. A number of
yesterday is not today's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from lowtide.model.profile import Pain
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import BodyMap, BodyMapPain, DiaryPain, RatedPain
from lowtide.web.practice.records.nouns import pain_of


def body_pains(person: Person, day: date) -> tuple[Pain, ...]:
    """Give every place that hurts, the worst of today first, with the number that was last said today."""
    drawn = person.body_maps.prefetch_related("pains").last()
    if drawn is None:
        return ()
    today = _said_on(person, day, drawn.at)
    if drawn.day == day:
        today = {one.region: one.intensity for one in drawn.pains.all()} | today
    pains = [pain for row in drawn.pains.all() if (pain := pain_of(row)) is not None]
    return _worst_first(_with_number(pain, today.get(pain.region)) for pain in pains)


def _said_on(person: Person, day: date, since: datetime) -> dict[str, int | None]:
    """Give the number that was last said of each place, before or after a session or in the diary."""
    rated = RatedPain.objects.filter(ratings__person=person, ratings__day=day, ratings__at__gte=since)
    written = DiaryPain.objects.filter(entry__person=person, entry__day=day, entry__at__gte=since)
    said = [
        *rated.values_list("ratings__at", "pk", "region", "intensity"),
        *written.values_list("entry__at", "pk", "region", "intensity"),
    ]
    return {
        region: intensity for _, _, region, intensity in sorted(said, key=lambda one: one[:2]) if intensity is not None
    }


def _with_number(pain: Pain, intensity: int | None) -> Pain:
    return Pain(region=pain.region, intensity=intensity, quality=pain.quality, injured=pain.injured)


def _worst_first(pains: Iterable[Pain]) -> tuple[Pain, ...]:
    return tuple(sorted(pains, key=lambda one: -1 if one.intensity is None else one.intensity, reverse=True))


@transaction.atomic
def keep_body_map(person: Person, pains: Iterable[Pain], at: datetime) -> BodyMap:
    """Keep where it hurts; from now on this map holds."""
    drawn = BodyMap.objects.create(person=person, at=at, day=day_of(person, at))
    BodyMapPain.objects.bulk_create(
        BodyMapPain(
            body_map=drawn, region=one.region, intensity=one.intensity, quality=one.quality, injured=one.injured
        )
        for one in pains
    )
    return drawn
