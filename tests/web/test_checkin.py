"""Afterwards: told once, whole or not, and what did not go well changes what comes next."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from lowtide.pipeline import clear
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Ratings, Session, UnwellReport
from lowtide.web.practice.records import checkins_of, harm_of, order_of, profile_of


def lived(browser: Client, *, before: str = "", heard_ms: int = 600_000) -> Session:
    address = browser.post("/today/", {"arrival": str(uuid4()), "minutes": "10", "pain-lower-back": before})
    query = dict(part.split("=") for part in address.headers["Location"].split("?")[1].split("&"))
    made = browser.post("/sessions/", query | {"technique": "body-scan"}).headers["Location"].split("/")[2]
    Session.objects.filter(pk=made).update(heard_ms=heard_ms, begun_at=timezone.now())
    return Session.objects.get(pk=made)


def tell(browser: Client, session: Session, **more: object) -> int:
    return browser.post(f"/sessions/{session.pk}/after/", {"arrival": str(uuid4())} | more).status_code


def test_the_same_is_asked_as_before_and_how_pleasant_it_was(for_me: Client) -> None:
    session = lived(for_me, before="6")
    page = for_me.get(f"/sessions/{session.pk}/after/").content.decode()
    for name in ("pain-lower-back", "tension", "stress", "mood", "pleasantness", "note"):
        assert f'name="{name}"' in page
    told = {"pain-lower-back": "4", "tension": "2", "stress": "1", "mood": "8", "pleasantness": "9", "note": "Warm."}
    assert tell(for_me, session, **told) == 302
    after = session.ratings.get(moment="after")
    assert (after.pleasantness, after.note, after.mood) == (9, "Warm.", 8)
    (noun,) = checkins_of(Person.objects.get())
    assert (noun.before.pain, noun.after.pain, noun.after.tension, noun.pleasantness) == (6.0, 4.0, 2.0, 9.0)


def test_told_twice_counts_once(for_me: Client) -> None:
    session = lived(for_me)
    arrival = str(uuid4())
    for mood in ("3", "9"):
        for_me.post(f"/sessions/{session.pk}/after/", {"arrival": arrival, "mood": mood})
    tell(for_me, session, mood="1")
    assert Ratings.objects.get(moment="after").mood == 3


def test_a_part_of_a_session_counts(for_me: Client) -> None:
    session = lived(for_me, heard_ms=120_000)
    assert "A part of it counts as well" in for_me.get(f"/sessions/{session.pk}/after/").content.decode()
    tell(for_me, session, mood="5")
    session.refresh_from_db()
    assert session.ended == "stopped"
    assert checkins_of(Person.objects.get())[0].heard_ms == 120_000


def test_a_session_that_was_heard_to_the_end_is_finished_by_telling_of_it(for_me: Client) -> None:
    session = lived(for_me)
    tell(for_me, session)
    session.refresh_from_db()
    assert session.ended == "finished"


def test_the_check_in_waits_in_the_history_until_it_is_told(for_me: Client) -> None:
    session = lived(for_me)
    link = f'href="/sessions/{session.pk}/after/"'
    assert link in for_me.get("/history/").content.decode()
    tell(for_me, session)
    assert link not in for_me.get("/history/").content.decode()
    assert for_me.get(f"/sessions/{session.pk}/after/").headers["Location"] == f"/sessions/{session.pk}/thanks/"


def test_a_note_that_is_too_long_is_not_lost(for_me: Client) -> None:
    session = lived(for_me)
    page = for_me.post(f"/sessions/{session.pk}/after/", {"arrival": str(uuid4()), "note": "ä" * 4001, "mood": "3"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "ä" * 4001 in text
    assert 'name="mood" value="3" checked' in text
    assert "up to 4000 letters" in text


def test_a_rating_beyond_the_scale_is_refused(for_me: Client) -> None:
    session = lived(for_me)
    assert tell(for_me, session, mood="11") == 422
    assert tell(for_me, session, mood="-1") == 422
    assert not Ratings.objects.filter(moment="after").exists()


def test_what_is_written_is_shown_as_text_and_never_run(for_me: Client) -> None:
    for_me.post("/begin/likes/", {"name": "<script>alert(1)</script>"})
    page = for_me.get("/me/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_after_it_did_not_feel_right_the_next_session_is_another(for_me: Client) -> None:
    session = lived(for_me)
    page = for_me.post(
        f"/sessions/{session.pk}/after/", {"arrival": str(uuid4()), "unwell": "on", "feelings": ["fear or panic"]},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "gentler for a while" in page
    assert UnwellReport.objects.get().feelings == ["fear or panic"]
    clearance = clear(order_of(lived(for_me)).profile).clearance
    assert clearance is not None
    assert clearance.other_anchor
    assert clearance.eyes_open
    assert 'name="minutes" value="10" checked' in for_me.get("/today/").content.decode()


def test_the_second_time_says_to_talk_to_a_professional(for_me: Client) -> None:
    for _ in range(2):
        tell(for_me, lived(for_me), unwell="on")
    assert "Please talk to a doctor" in for_me.get("/today/").content.decode()


def test_pain_that_rose_twice_by_two_does_the_same(for_me: Client) -> None:
    tell(for_me, lived(for_me, before="3"), **{"pain-lower-back": "5"})
    assert not harm_of(Person.objects.get(), timezone.now()).is_distressed
    tell(for_me, lived(for_me, before="3"), **{"pain-lower-back": "6"})
    assert harm_of(Person.objects.get(), timezone.now()).needs_professional


def test_after_a_month_sessions_are_as_before(for_me: Client) -> None:
    tell(for_me, lived(for_me), unwell="on")
    person, now = Person.objects.get(), timezone.now()
    assert profile_of(person, now).had_distress
    assert not profile_of(person, now + timedelta(days=31)).had_distress


def test_nothing_of_it_is_said_twice_where_it_was_told_in_the_player(for_me: Client) -> None:
    session = lived(for_me)
    for_me.post(f"/sessions/{session.pk}/unwell", {"arrival": str(uuid4()), "at_ms": "1000"})
    tell(for_me, session, unwell="on", feelings=["very sad"])
    assert UnwellReport.objects.get().feelings == ["very sad"]
    assert harm_of(Person.objects.get(), timezone.now()).effects == 1
