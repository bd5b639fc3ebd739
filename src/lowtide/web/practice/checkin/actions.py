"""What a person tells after a session, kept: once, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lowtide.web.accounts.people import in_turn
from lowtide.web.practice import records
from lowtide.web.practice.models import Ended, Moment, RatedPain, Ratings, Session, UnwellReport
from lowtide.web.practice.today.actions import Told

HEARD_TO_THE_END = 0.95
"""From here on a session counts as heard to the end: the last seconds are its close, without words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAfter(Told):
    """How it was, as it was said on one page."""

    pleasantness: int | None = None
    note: str = ""
    feelings: tuple[str, ...] = ()
    """What did not feel right; empty where nothing did."""
    is_unwell: bool = False
    """True where it did not feel right."""


@transaction.atomic
def tell_after(session: Session, told: ToldAfter, at: datetime) -> bool:
    """Keep how it is after a session; False, and nothing changes, where that has been told already.

    A session that was not ended by then is ended by it, heard to the end or not: a partial one counts as well.
    """
    in_turn(session.person)
    session = Session.objects.select_for_update().get(pk=session.pk)
    own = Ratings.objects.filter(person=session.person_id)
    if own.filter(session=session, moment=Moment.AFTER).exists() or own.filter(arrival=told.arrival).exists():
        return False
    row = Ratings.objects.create(
        person=session.person, session=session, arrival=told.arrival, moment=Moment.AFTER, at=at,
        day=records.timing_of(session.person, at).day, pleasantness=told.pleasantness, note=told.note, **told.measures,
    )  # fmt: skip
    RatedPain.objects.bulk_create(
        RatedPain(ratings=row, region=place, intensity=intensity) for place, intensity in told.pains.items()
    )
    if told.is_unwell:
        _tell_unwell(session, told, at)
    _end(session, told, at)
    return True


def _tell_unwell(session: Session, told: ToldAfter, at: datetime) -> None:
    # Told in the middle already, it is the same effect, now with its words.
    report = session.unwell_reports.last() or UnwellReport(
        person=session.person,
        session=session,
        arrival=told.arrival,
        at=at,
        day=records.timing_of(session.person, at).day,
    )
    report.feelings = list(told.feelings)
    report.save()


def _end(session: Session, told: ToldAfter, at: datetime) -> None:
    if session.ended:
        return
    is_whole = session.heard_ms >= HEARD_TO_THE_END * session.length_ms
    session.ended = Ended.UNWELL if told.is_unwell else Ended.FINISHED if is_whole else Ended.STOPPED
    session.ended_at = at
    session.begun_at = session.begun_at or session.made_at
    session.save(update_fields=["ended", "ended_at", "begun_at"])
