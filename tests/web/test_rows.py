"""What must hold of the rows holds in the database, whoever writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lowtide.model.audio import Sound, Soundscape
from lowtide.model.movement import Position
from lowtide.model.plan import Change, Switch
from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.models import Person, User
from lowtide.web.practice.models import (
    Answer,
    BodyMap,
    BodyMapPain,
    DiaryEntry,
    DiaryPain,
    OutsidePractice,
    Preferences,
    ProfileVersion,
    RatedPain,
    Ratings,
    Screening,
    Session,
    UnwellReport,
)
from lowtide.web.practice.records import body_pains, order_of, profile_from, profile_row, wish_from, wish_row
from people import AMARA_PREGNANT, BRUNO_DISC, KOFI_NECK, NOBODY_KNOWN, WELL

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def person(db: str) -> Person:
    return Person.objects.create(owner=User.objects.create_user("ana@example.org"))


def session(person: Person, **more: Any) -> Session:
    wish = Wish(length_ms=600_000, technique="body-scan", position=Position.LYING)
    fields: dict[str, Any] = {"person": person, "day": DAY, "profile": profile_row(Profile()), "wish": wish_row(wish),
                              "technique": "body-scan", "title": "Body scan", "length_ms": 600_000}  # fmt: skip
    return Session.objects.create(**(fields | more))


def ratings(person: Person, **more: Any) -> Ratings:
    return Ratings.objects.create(**({"person": person, "moment": "before", "at": AT, "day": DAY} | more))


def diary(person: Person, **more: Any) -> DiaryEntry:
    return DiaryEntry.objects.create(**({"person": person, "at": AT, "day": DAY} | more))


def drawn(person: Person) -> BodyMap:
    return BodyMap.objects.create(person=person, at=AT, day=DAY)


def screening(person: Person, why: str = "NEVER_ASKED") -> Screening:
    return Screening.objects.create(person=person, why=why)


def outside(person: Person, minutes: int) -> OutsidePractice:
    return OutsidePractice.objects.create(person=person, at=AT, day=DAY, minutes=minutes, what="a walk")


def twice(make: Callable[[Person], Any]) -> Callable[[Person], Any]:
    def both(person: Person) -> None:
        make(person)
        make(person)

    return both


NAME = uuid4()
IMPOSSIBLE: dict[str, Callable[[Person], Any]] = {
    "a session without a length": lambda p: session(p, length_ms=0),
    "a session of more than twelve hours": lambda p: session(p, length_ms=43_200_001),
    "a session that resumes after its end": lambda p: session(p, resume_ms=600_001),
    "more heard than there is": lambda p: session(p, heard_ms=600_001),
    "an end without a time": lambda p: session(p, ended="finished"),
    "a time of ending without an end": lambda p: session(p, ended_at=AT),
    "an end of an unknown kind": lambda p: session(p, ended="exploded", ended_at=AT),
    "a volume beyond what can be set": lambda p: session(p, soundscape_db=12.5),
    "a rating above ten": lambda p: ratings(p, mood=11),
    "a rating at an unknown moment": lambda p: ratings(p, moment="during"),
    "ratings after no session": lambda p: ratings(p, moment="after"),
    "two ratings after one session": lambda p: [ratings(p, moment="after", session=s) for s in [session(p)] * 2],
    "ratings that arrive twice": twice(lambda p: ratings(p, arrival=NAME)),
    "a diary entry that arrives twice": twice(lambda p: diary(p, arrival=NAME)),
    "an unwell report that arrives twice": twice(
        lambda p: UnwellReport.objects.create(person=p, at=AT, day=DAY, arrival=NAME)
    ),
    "outside practice that arrives twice": twice(
        lambda p: OutsidePractice.objects.create(person=p, at=AT, day=DAY, minutes=5, what="yoga", arrival=NAME)
    ),
    "outside practice of no time": lambda p: outside(p, 0),
    "outside practice of more than a day": lambda p: outside(p, 1441),
    "stress above ten in the diary": lambda p: diary(p, stress=11),
    "pain above ten on a map": lambda p: BodyMapPain.objects.create(body_map=drawn(p), region="neck", intensity=11),
    "a place twice on a map": lambda p: [BodyMapPain.objects.create(body_map=m, region="neck") for m in [drawn(p)] * 2],
    "pain at no place": lambda p: RatedPain.objects.create(ratings=ratings(p), region="", intensity=3),
    "a place rated twice": lambda p: [RatedPain.objects.create(ratings=r, region="neck") for r in [ratings(p)] * 2],
    "a place twice in an entry": lambda p: [DiaryPain.objects.create(entry=e, region="neck") for e in [diary(p)] * 2],
    "an age of no years": lambda p: ProfileVersion.objects.create(person=p, age_years=0, age_told_on=DAY),
    "an age beyond any": lambda p: ProfileVersion.objects.create(person=p, age_years=121, age_told_on=DAY),
    "an age without its day": lambda p: ProfileVersion.objects.create(person=p, age_years=40),
    "an unknown experience": lambda p: ProfileVersion.objects.create(person=p, experience="guru"),
    "a screening without a reason": lambda p: screening(p, "BECAUSE"),
    "an answer to nothing": lambda p: Answer.objects.create(screening=screening(p), code="", answer=True),
    "a preferred length of nothing": lambda p: Preferences.objects.create(person=p, length_ms=0),
    "a preferred volume that can not be": lambda p: Preferences.objects.create(person=p, bell_db=-61),
    "a day that begins after it ends": lambda p: Person.objects.create(owner=p.owner, day_starts_minute=1440),
    "two users with one address": lambda _p: User.objects.create(email="ANA@example.org"),
    "two local users": lambda _p: [User.objects.create(email=f"{n}@x.org", is_local=True) for n in range(2)],
}  # fmt: skip


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_database_refuses(person: Person, what: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[what](person)


def test_two_people_may_send_the_same_name_for_what_arrives(person: Person) -> None:
    other = Person.objects.create(owner=person.owner)
    ratings(person, arrival=NAME)
    assert ratings(other, arrival=NAME).pk


def test_ratings_before_a_session_is_chosen_are_not_limited(person: Person) -> None:
    ratings(person)
    assert ratings(person).pk


@pytest.mark.parametrize("profile", [NOBODY_KNOWN, WELL, BRUNO_DISC, AMARA_PREGNANT, KOFI_NECK])
def test_a_profile_is_read_as_it_was_kept(person: Person, profile: Profile) -> None:
    row = session(person, profile=profile_row(profile))
    row.refresh_from_db()
    assert profile_from(row.profile) == profile


def test_an_order_is_everything_that_was_chosen(person: Person) -> None:
    wish = Wish(length_ms=450_000, technique="pmr", script="pmr", position=Position.SITTING,
                moment=frozenset({"evening"}), seed=7)  # fmt: skip
    row = session(
        person, profile=profile_row(BRUNO_DISC), wish=wish_row(wish), length_ms=450_000, voice="flite:slt",
        soundscape="rain", voice_db=3.0, soundscape_db=-6.0, bell_db=-60.0,
        switches=[{"to": "imagine", "at_ms": 60_000}],
    )  # fmt: skip
    row.refresh_from_db()
    order = order_of(row)
    assert (order.profile, order.wish, order.voice) == (BRUNO_DISC, wish, "flite:slt")
    assert order.sound == Sound(soundscape=Soundscape.RAIN, voice_db=3.0, soundscape_db=-6.0, bell_db=-60.0)
    assert order.switches == (Switch(to=Change.IMAGINE, at_ms=60_000),)
    assert wish_from(row.wish) == wish


def test_what_a_newer_lowtide_does_not_know_any_more_can_still_be_read(person: Person) -> None:
    kept = profile_row(BRUNO_DISC)
    kept["pains"].append({"region": "tail-fin", "intensity": 3, "quality": "", "injured": False})
    kept["conditions"].append("scales")
    assert profile_from(kept) == BRUNO_DISC
    BodyMapPain.objects.create(body_map=drawn(person), region="tail-fin", intensity=3)
    assert body_pains(person, DAY) == ()


def test_the_worst_place_comes_first_and_unrated_ones_last(person: Person) -> None:
    from lowtide.model.profile import Pain
    from lowtide.web.accounts.days import day_of
    from lowtide.web.practice.records import keep_body_map

    now = timezone.now()
    places = [Pain(region="neck", intensity=2), Pain(region="left-hip"), Pain(region="lower-back", intensity=7)]
    keep_body_map(person, places, now)
    assert [one.region for one in body_pains(person, day_of(person, now))] == ["lower-back", "neck", "left-hip"]


def test_deleting_a_person_leaves_nothing_of_them(person: Person) -> None:
    row = session(person)
    RatedPain.objects.create(ratings=ratings(person, session=row), region="neck", intensity=3)
    DiaryPain.objects.create(entry=diary(person), region="neck")
    BodyMapPain.objects.create(body_map=drawn(person), region="neck")
    Answer.objects.create(screening=screening(person), code="fever", answer=False)
    ProfileVersion.objects.create(person=person)
    Preferences.objects.create(person=person)
    outside(person, 10)
    UnwellReport.objects.create(person=person, at=AT, day=DAY, session=row)
    person.delete()
    from django.apps import apps

    left = {model.__name__: model._default_manager.count() for model in apps.get_app_config("practice").get_models()}
    assert set(left.values()) == {0}
    assert len(left) >= 13, "every table was looked at"
