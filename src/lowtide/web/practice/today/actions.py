"""What a person tells before a session, kept; and the session itself, made. Each in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from lowtide.model.audio import LEAST_VOLUME_DB
from lowtide.model.profile import Pain, Profile
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import in_turn
from lowtide.web.practice import records
from lowtide.web.practice.models import Moment, Preferences, RatedPain, Ratings, Session
from lowtide.web.practice.player.found import prepared
from lowtide.web.practice.today.offers import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How it is, as it was said on one page."""

    arrival: uuid.UUID
    """Names the page that was sent: the same page sent again corrects it, and is not counted twice."""
    pains: Mapping[str, int]
    measures: Mapping[str, int | None]

    @property
    def is_empty(self) -> bool:
        """True where nothing was said."""
        return not self.pains and all(value is None for value in self.measures.values())


@transaction.atomic
def tell_before(person: Person, told: Told, at: datetime) -> Ratings | None:
    """Keep how it is before a session; None where nothing was said. Sent again, it takes the place of what was sent."""
    if told.is_empty:
        return None
    in_turn(person)
    row, is_new = Ratings.objects.get_or_create(
        person=person,
        arrival=told.arrival,
        defaults={"moment": Moment.BEFORE, "at": at, "day": records.timing_of(person, at).day, **told.measures},
    )
    if not is_new:
        if row.session_id is not None or row.moment != Moment.BEFORE:
            return row  # it belongs to a session that was made of it: that stays as it was
        row.pains.all().delete()
        Ratings.objects.filter(pk=row.pk).update(at=at, **told.measures)
    if not person.body_maps.exists():
        records.keep_body_map(person, [Pain(region=place, intensity=n) for place, n in told.pains.items()], at)
    RatedPain.objects.bulk_create(
        RatedPain(ratings=row, region=place, intensity=intensity) for place, intensity in told.pains.items()
    )
    return row


def remember(person: Person, *, length_ms: int, position: str) -> None:
    """Propose the same the next time."""
    Preferences.objects.update_or_create(person=person, defaults={"length_ms": length_ms, "position": position})


@transaction.atomic
def make_session(
    person: Person,
    profile: Profile,
    chosen: Offer,
    at: datetime,
    *,
    before: uuid.UUID | None = None,
    title: str = "",
    has_bell: bool = True,
) -> Session:
    """Make a session of an offer, with the person as they are now; what was said before it belongs to it.

    An offer that was taken already gives the session that was made of it. `title` is what the person read where that is
    not the technique's own; without `has_bell` none is struck.
    """
    in_turn(person)
    is_anothers = Session.objects.filter(pk=chosen.name).exclude(person=person).exists()
    liked, timing = records.preferences_of(person), records.timing_of(person, at)
    sound = {name: getattr(liked, name) for name in ("voice", "soundscape", "voice_db", "soundscape_db", "bell_db")}
    sound |= {} if has_bell else {"bell_db": LEAST_VOLUME_DB}
    made, is_new = Session.objects.get_or_create(
        uuid=uuid.uuid4() if is_anothers else chosen.name,
        person=person,
        defaults={
            "made_at": at, "day": timing.day, "utc_offset_minutes": timing.utc_offset_minutes,
            "profile": records.profile_row(profile), "wish": records.wish_row(chosen.wish),
            "technique": chosen.technique.name, "title": title or chosen.technique.title,
            "length_ms": chosen.wish.length_ms, "why": list(chosen.why), **_decided(chosen), **sound,
        },
    )  # fmt: skip
    if is_new and before is not None:
        own = Ratings.objects.filter(person=person, arrival=before, moment=Moment.BEFORE, session__isnull=True)
        own.update(session=made)
    if is_new:
        # It is composed, and its first seconds rendered, while the way to its page is still under way.
        transaction.on_commit(partial(prepared, made))
    return made


def _decided(chosen: Offer) -> dict[str, Any]:
    if chosen.drawn is None:
        return {}
    return {"chosen_by": chosen.drawn.by.value, "odds": dict(chosen.drawn.odds)}
