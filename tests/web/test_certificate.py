"""The certificate of a course: its numbers are those of the log, it is there at the end alone, and for one person."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from lowtide import content
from lowtide.model.programme import Pace
from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import first_person
from lowtide.web.course import actions
from lowtide.web.course.certificate import views
from lowtide.web.course.certificate.counting import record_of
from lowtide.web.course.models import Attendance, Enrolment
from lowtide.web.course.records import read
from lowtide.web.practice.models import OutsidePractice, Session
from remembering import HandClock
from web.conftest import browser, person_with_account
from weeks_lived import practised, walked

DAY = timedelta(days=1)


@pytest.fixture
def hands(db: str, monkeypatch: pytest.MonkeyPatch) -> HandClock:
    hand = HandClock(datetime(2026, 3, 2, 18, tzinfo=UTC))
    monkeypatch.setattr(timezone, "now", hand)
    return hand


def lived(person: Person, hands: HandClock, days: int) -> Enrolment:
    """Begin a gentle start by the calendar, and do something on most days: heard, told afterwards, or a walk."""
    programme = content.programme("gentle-start")
    enrolment = actions.begin(person, programme, Pace.CALENDAR, day_of(person, hands()), hands())
    for day in range(days):
        course = read(enrolment, day_of(person, hands()))
        assert course is not None
        if course.is_open and day % 5 != 4:
            _one_day(enrolment, course.week.name, course.practices[0].name, day, hands)
        hands.at += DAY
    return enrolment


def _one_day(enrolment: Enrolment, week: str, practice: str, day: int, hands: HandClock) -> None:
    person = enrolment.person
    if day % 3 == 0:
        actions.count(enrolment, walked(person, hands(), 7 + day, "By myself"), week, practice, hands())
    elif day % 3 == 1:
        heard = practised(person, hands(), heard_ms=130_000 + day * 1000, technique="something-else")
        actions.count(enrolment, heard, week, practice, hands())
    else:  # a browser that does not tell how much was heard
        told = practised(person, hands(), heard_ms=0, ended="finished", ended_at=hands(), technique="something-else")
        actions.count(enrolment, told, week, practice, hands())


def person() -> Person:
    return first_person(local_user())


def words(file: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(file)).pages[0].extract_text().split())


def test_its_numbers_are_those_of_the_log(for_me: Client, hands: HandClock) -> None:
    for_me.get("/course/")
    enrolment = lived(person(), hands, 29)
    course = read(enrolment, day_of(person(), hands()))
    record = record_of(enrolment, day_of(person(), hands()))
    assert course is not None
    assert record is not None
    assert record.is_finished
    heard = sum(person().sessions.values_list("heard_ms", flat=True))
    by_hand = sum(OutsidePractice.objects.values_list("minutes", flat=True)) * MS_PER_MINUTE
    unheard = sum(Session.objects.filter(heard_ms=0).values_list("length_ms", flat=True))
    assert (record.heard_ms, record.told_ms) == (heard, by_hand + unheard)
    assert record.heard_ms + record.told_ms == course.standing.practised_ms
    days = {*Session.objects.values_list("day", flat=True), *OutsidePractice.objects.values_list("day", flat=True)}
    assert record.practice_days == course.standing.practised_days == len(days)
    file = for_me.post(f"/course/certificate/{enrolment.pk}/", {"name": "Zoë"})
    assert file.headers["Content-Type"] == "application/pdf"
    said = words(file.content)
    assert f"{len(days)} days with practice" in said
    assert f"{heard // MS_PER_MINUTE} minutes heard" in said
    assert f"{(by_hand + unheard) // MS_PER_MINUTE} minutes told by hand" in said
    assert "Certificate of practice Zoë went through A gentle start 2 March 2026 to" in said


def test_meetings_count_that_fell_into_the_course_and_belong_to_it(for_me: Client, hands: HandClock) -> None:
    for_me.get("/course/")
    first = hands()
    enrolment = lived(person(), hands, 29)
    for programme, at in (
        ("gentle-start", first + 3 * DAY), ("", first + 10 * DAY), ("mbsr-style", first + 11 * DAY),
        ("gentle-start", first - 3 * DAY), ("gentle-start", first + 60 * DAY),
    ):  # fmt: skip
        Attendance.objects.create(person=person(), at=at, programme=programme)
    record = record_of(enrolment, day_of(person(), hands()))
    assert record is not None
    assert record.meetings == 2


def test_while_a_course_goes_on_there_is_none(for_me: Client, hands: HandClock) -> None:
    for_me.get("/course/")
    enrolment = lived(person(), hands, 9)
    assert for_me.get(f"/course/certificate/{enrolment.pk}/").status_code == 404
    assert for_me.post(f"/course/certificate/{enrolment.pk}/", {"name": ""}).status_code == 404
    assert "When a course is over" in for_me.get("/course/certificate/").content.decode()


def test_who_left_gets_a_record_and_the_way_to_it(for_me: Client, hands: HandClock) -> None:
    for_me.get("/course/")
    enrolment = lived(person(), hands, 9)
    for_me.post("/course/leave/")
    address = f"/course/certificate/{enrolment.pk}/"
    assert address in for_me.get("/course/").content.decode()
    assert address in for_me.get("/course/certificate/").content.decode()
    assert "You left in week 2 of 4" in for_me.get(address).content.decode()
    said = words(for_me.post(address, {"name": ""}).content)
    assert "Record of practice A gentle start" in said
    assert "left in week 2 of 4" in said


def test_a_name_that_can_not_be_written_is_said_and_never_bent(for_me: Client, hands: HandClock) -> None:
    for_me.get("/course/")
    enrolment = lived(person(), hands, 29)
    answer = for_me.post(f"/course/certificate/{enrolment.pk}/", {"name": "渡辺 <b>"})
    assert answer.status_code == 422
    assert "write the name on paper by hand" in answer.content.decode()
    assert b"<b>" not in answer.content


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Ελένη", "Дмитрий"])
def test_a_name_stands_there_in_its_own_letters(for_me: Client, hands: HandClock, name: str) -> None:
    for_me.get("/course/")
    enrolment = lived(person(), hands, 29)
    assert name in words(for_me.post(f"/course/certificate/{enrolment.pk}/", {"name": name}).content)


def test_a_title_that_can_not_be_written_is_said_before_anything_is_asked(
    for_me: Client, hands: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for_me.get("/course/")
    enrolment = lived(person(), hands, 29)
    record = record_of(enrolment, date(2026, 6, 1))
    assert record is not None
    monkeypatch.setattr(views, "record_of", lambda *_: replace(record, programme="瞑想"))
    address = f"/course/certificate/{enrolment.pk}/"
    for answer in (for_me.get(address), for_me.post(address)):
        assert "can not write the letters of its title" in answer.content.decode()
        assert "Get it as a PDF" not in answer.content.decode()


@pytest.mark.parametrize("who", ["stranger", "clinician", "administrator"])
def test_nobody_else_gets_it(accounts: None, hands: HandClock, who: str) -> None:
    patient = person_with_account("patient@example.org")
    enrolment = lived(patient, hands, 29)
    is_admin = who == "administrator"
    other = User.objects.create_superuser("a@example.org") if is_admin else person_with_account("o@example.org").owner
    address = f"/course/certificate/{enrolment.pk}/"
    assert browser(patient.owner).get(address).status_code == 200
    for method in ("get", "post"):
        assert getattr(browser(other), method)(address).status_code == 404
        assert getattr(browser(), method)(address).status_code == 302
    assert address not in browser(other).get("/course/certificate/").content.decode()
