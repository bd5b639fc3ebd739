"""Looking back: a month, a day, and what was said put right or taken back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.practice.models import Preferences, Ratings, Session, UnwellReport
from lowtide.web.practice.records import belief_of, harm_of, timing_of
from web.conftest import browser, person_with_account
from weeks_lived import practised, walked, wrote


@pytest.fixture
def me(for_me: Client) -> Person:
    for_me.get("/history/")
    return Person.objects.get()


def text(client: Client, address: str) -> str:
    """What is read on a page, without its tags."""
    page = client.get(address)
    assert page.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1]).split())


def day_address(row: Session) -> str:
    return f"/history/{row.day}/"


def test_whoever_is_new_is_welcomed_and_not_shown_an_empty_calendar(for_me: Client) -> None:
    page = for_me.get("/history/").content.decode()
    assert "first footprint" in page
    assert "<table" not in page


def test_a_day_counts_what_was_practised_here_and_elsewhere(for_me: Client, me: Person) -> None:
    now = timezone.now()
    practised(me, now, heard_ms=270_000)
    walked(me, now, 20)
    page = text(for_me, "/history/")
    day = timing_of(me, now).day
    assert f"{day.day} {day:%B}: 25 minutes" in page
    assert f'href="/history/{timing_of(me, now).day}/"' in for_me.get("/history/").content.decode()


def test_a_session_left_after_some_seconds_says_what_was_heard_and_not_what_could_have_been(
    for_me: Client, me: Person
) -> None:
    row = practised(me, timezone.now(), length_ms=300_000, heard_ms=9_400)
    month = text(for_me, "/history/")
    assert "9 seconds of 5 minutes" in month
    assert f"{row.day:%B}: 9 seconds" in month  # the calendar, as it is read aloud
    assert " <1 " in unescape(month)
    assert "9 seconds of 5 minutes heard" in text(for_me, day_address(row))
    assert "9 seconds in all" in unescape(text(for_me, "/progress/"))


def test_one_minute_is_one_everywhere(for_me: Client, me: Person) -> None:
    practised(me, timezone.now(), length_ms=60_000, heard_ms=60_000)
    walked(me, timezone.now() - timedelta(days=40), 1)
    for address in ("/history/", f"/history/{timing_of(me, timezone.now()).day}/", "/progress/?weeks=all"):
        page = text(for_me, address)
        assert "1 minute" in page, address
        assert not re.search(r"\b1 (minutes|days|sessions|weeks)|\b1 of them left", page), address


def test_a_session_that_was_never_begun_is_shown_and_not_counted(for_me: Client, me: Person) -> None:
    practised(me, timezone.now(), None, None, begun_at=None, heard_ms=0)
    page = text(for_me, "/history/")
    assert "not begun" in page
    assert "minutes of practice" in page
    assert " 10 minutes How" not in page
    assert not re.search(r"\d minutes \d", page)


def test_a_month_leads_to_the_one_before_as_far_back_as_there_is_something(for_me: Client, me: Person) -> None:
    now = timezone.now()
    practised(me, now - timedelta(days=70))
    address, seen = "/history/", 0
    while found := re.search(r'href="(\?month=[\d-]+)">←', for_me.get(address).content.decode()):
        address, seen = f"/history/{found[1]}", seen + 1
    assert seen in (2, 3)
    assert "Body scan" in text(for_me, address)
    for strange in ("9999-12", "0000-00", "x", "2026-02-01", "-1"):
        assert for_me.get("/history/", {"month": strange}).status_code == 200


def test_days_in_a_row_are_counted_only_for_who_wants_it(for_me: Client, me: Person) -> None:
    for days in (0, 1, 2):
        practised(me, timezone.now() - timedelta(days=days))
    assert "in a row" not in text(for_me, "/history/")
    Preferences.objects.update_or_create(person=me, defaults={"shows_streaks": True})
    assert "3 days in a row" in text(for_me, "/history/")


def test_a_day_shows_all_of_it_in_the_order_of_the_clock(for_me: Client, me: Person) -> None:
    noon = datetime(2026, 3, 3, 12).astimezone()
    practised(me, noon, 6, 4)
    wrote(me, noon - timedelta(hours=3), 7, "Stiff.")
    walked(me, noon + timedelta(hours=3), 40)
    page = text(for_me, "/history/2026-03-03/")
    assert page.index("Stiff.") < page.index("Body scan") < page.index("A walk")
    assert "Before Lower back 6" in page
    assert "After Lower back 4" in page
    assert "10 minutes heard" in page


def test_a_quiet_day_is_nothing_to_be_sorry_about(for_me: Client, me: Person) -> None:
    assert "A quiet day" in text(for_me, "/history/2026-03-03/")
    assert for_me.get("/history/2026-02-30/").status_code == 404


def test_what_was_said_before_and_after_can_be_put_right(for_me: Client, me: Person) -> None:
    session = practised(me, timezone.now(), 6, 9)
    address = f"/history/sessions/{session.pk}/"
    assert 'name="after-pain-lower-back" value="9" checked' in for_me.get(address).content.decode()
    told = {"before-pain-lower-back": "6", "after-pain-lower-back": "4", "after-pleasantness": "8", "after-note": "So."}
    assert for_me.post(address, told).headers["Location"] == day_address(session)
    after = session.ratings.get(moment="after")
    assert (after.pains.get().intensity, after.pleasantness, after.note) == (4, 8, "So.")
    checkin = belief_of(me).counted[str(session.pk)]
    assert (checkin.before.pain, checkin.after.pain) == (6.0, 4.0)


def test_a_rating_that_was_a_slip_can_be_left_out_again(for_me: Client, me: Person) -> None:
    session = practised(me, timezone.now(), 6, 4)
    for_me.post(f"/history/sessions/{session.pk}/", {"before-pain-lower-back": "6"})
    assert belief_of(me).counted[str(session.pk)].after.pain is None


def test_a_number_beyond_the_scale_is_refused(for_me: Client, me: Person) -> None:
    session = practised(me, timezone.now())
    assert for_me.post(f"/history/sessions/{session.pk}/", {"after-mood": "11"}).status_code == 422


def test_a_session_that_is_deleted_is_gone_with_all_that_was_said_and_learned(for_me: Client, me: Person) -> None:
    session, other = practised(me, timezone.now()), practised(me, timezone.now() - timedelta(days=1))
    assert for_me.get(f"/history/sessions/{session.pk}/forget/").status_code == 405
    for_me.post(f"/history/sessions/{session.pk}/forget/")
    assert list(Session.objects.all()) == [other]
    assert set(Ratings.objects.values_list("session", flat=True)) == {other.pk}
    assert set(belief_of(me).counted) == {str(other.pk)}


def test_a_slip_on_i_dont_feel_right_can_be_taken_back(for_me: Client, me: Person) -> None:
    now = timezone.now()
    session = practised(me, now)
    report = UnwellReport.objects.create(person=me, session=session, at=now, day=session.day)
    assert harm_of(me, now).is_distressed
    assert "It did not feel right" in text(for_me, day_address(session))
    for_me.post(f"/history/unwell/{report.arrival}/forget/")
    assert not harm_of(me, now).is_distressed


def test_what_was_said_without_a_session_is_there_too(for_me: Client, me: Person) -> None:
    for_me.post("/today/", {"arrival": str(uuid4()), "pain-lower-back": "8", "minutes": "10"})
    told = Ratings.objects.get()
    assert "Lower back 8" in text(for_me, f"/history/{told.day}/")
    for_me.post(f"/history/told/{told.arrival}/", {"before-pain-lower-back": "3"})
    assert told.pains.get().intensity == 3
    for_me.post(f"/history/told/{told.arrival}/forget/")
    assert not Ratings.objects.exists()


@pytest.mark.parametrize("who", ["clinician", "stranger", "administrator"])
def test_nobody_else_looks_back_or_changes_anything(accounts: None, who: str) -> None:
    patient, now = person_with_account("patient@example.org"), timezone.now()
    session = practised(patient, now, title="Zaphira's own")
    report = UnwellReport.objects.create(person=patient, session=session, at=now, day=session.day)
    loose = Ratings.objects.create(person=patient, moment="before", at=now, day=session.day, note="Zaphira")
    is_admin = who == "administrator"
    user = (
        User.objects.create_superuser("a@example.org") if is_admin else person_with_account(f"{who}@example.org").owner
    )
    first_person(user)
    other = browser(user)
    for address in (f"/history/sessions/{session.pk}/", f"/history/told/{loose.arrival}/"):
        assert other.get(address).status_code == 404
        assert other.post(address, {"after-mood": "1"}).status_code == 404
        assert other.post(f"{address}forget/").status_code == 404
    assert other.post(f"/history/unwell/{report.arrival}/forget/").status_code == 404
    for address in ("/history/", day_address(session)):
        assert "Zaphira" not in other.get(address).content.decode()
    assert "Zaphira" in browser(patient.owner).get(day_address(session)).content.decode()
    assert Session.objects.count() == 1
    assert UnwellReport.objects.count() == 1
