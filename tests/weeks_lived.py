"""Some weeks of a person for the web's tests: sessions, diary and practice elsewhere, at the times they would have."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from lowtide.model.movement import Position
from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import DiaryEntry, DiaryPain, Moment, OutsidePractice, RatedPain, Ratings, Session
from lowtide.web.practice.records import profile_row, timing_of, wish_row

TEN_MINUTES_MS = 600_000


def practised(
    person: Person,
    at: datetime,
    before: int | None = 6,
    after: int | None = 5,
    technique: str = "body-scan",
    **more: object,
) -> Session:
    """A session that was heard, with pain before and after."""
    timing = timing_of(person, at)
    wish = Wish(length_ms=TEN_MINUTES_MS, technique=technique, script="", position=Position.LYING)
    known: dict[str, object] = {
        "person": person, "made_at": at, "day": timing.day, "utc_offset_minutes": timing.utc_offset_minutes,
        "profile": profile_row(Profile(name=person.name)), "wish": wish_row(wish), "technique": technique,
        "title": technique.replace("-", " ").capitalize(), "length_ms": TEN_MINUTES_MS, "begun_at": at,
        "heard_ms": TEN_MINUTES_MS,
    }  # fmt: skip
    session = Session.objects.create(**(known | more))
    for moment, pain, minutes in ((Moment.BEFORE, before, 0), (Moment.AFTER, after, 11)):
        if pain is not None:
            told = Ratings.objects.create(
                person=person, session=session, moment=moment, at=at + timedelta(minutes=minutes), day=timing.day
            )
            RatedPain.objects.create(ratings=told, region="lower-back", intensity=pain)
    return session


def wrote(person: Person, at: datetime, pain: int = 5, note: str = "") -> DiaryEntry:
    """A line in the diary."""
    row = DiaryEntry.objects.create(person=person, at=at, day=timing_of(person, at).day, note=note, arrival=uuid4())
    DiaryPain.objects.create(entry=row, region="lower-back", intensity=pain, quality="dull")
    return row


def walked(person: Person, at: datetime, minutes: int = 30, what: str = "A walk") -> OutsidePractice:
    """A practice elsewhere."""
    return OutsidePractice.objects.create(
        person=person, at=at, day=timing_of(person, at).day, minutes=minutes, what=what, arrival=uuid4()
    )


def some_weeks(person: Person, weeks: int = 4) -> None:
    """A session on every second day, pain that falls by half a point a week, and a line now and then."""
    now = timezone.now()
    for day in range(weeks * 7):
        at = now - timedelta(days=weeks * 7 - day, hours=1)
        pain = max(round(7 - day / 14), 1)
        if day % 2 == 0:
            practised(person, at, pain, pain - 1, ("body-scan", "belly-breathing")[day // 2 % 2])
        else:
            wrote(person, at, pain)
