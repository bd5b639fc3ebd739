"""A course is its person's alone: each page and each call is tried by the patient, their clinician, a stranger, an
administrator, and by nobody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lowtide import content
from lowtide.model.programme import Pace
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person, User
from lowtide.web.course import actions
from lowtide.web.course.models import Enrolment, EventEntry, LogLine
from lowtide.web.course.records import course_of
from web.conftest import browser, person_with_account

WORDS = "Zaphira walked by"
PAGES = ("/course/", "/course/programmes/mbsr-style/", "/course/week/2/", "/course/week/6/day/", "/course/own/",
         "/course/done/", "/course/calendar/", "/course/calendar/?kind=unpleasant")  # fmt: skip
CHANGES = ("pause", "resume", "stay", "leave", "pace", "remind", "again")
OTHERS = ("clinician", "stranger", "administrator")


@pytest.fixture
def patient(accounts: None) -> Person:
    person, now = person_with_account("patient@example.org"), timezone.now()
    actions.begin(person, content.programme("mbsr-style"), Pace.CALENDAR, day_of(person, now), now)
    EventEntry.objects.create(
        person=person, at=now, day=day_of(person, now), kind="pleasant", happened=WORDS, arrival=uuid4()
    )
    return person


@pytest.fixture
def cast(patient: Person) -> dict[str, Client]:
    users = {name: User.objects.create_user(f"{name}@example.org") for name in ("clinician", "stranger")}
    users["administrator"] = User.objects.create_superuser("administrator@example.org")
    return {name: browser(user) for name, user in users.items()} | {"patient": browser(patient.owner)}


def asked(who: Client, method: str, address: str, sent: Any = None) -> Any:
    answer = who.generic(method, f"/api/{address}", json.dumps(sent or {}), content_type="application/json")
    return answer.status_code, json.loads(answer.content) if answer.content else None


def test_the_patient_sees_their_course_and_what_they_wrote(cast: dict[str, Client]) -> None:
    for address in PAGES:
        assert cast["patient"].get(address).status_code == 200, address
    assert WORDS in cast["patient"].get("/course/calendar/").content.decode()
    assert "you are here" in cast["patient"].get("/course/").content.decode()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_it_or_changes_it(cast: dict[str, Client], patient: Person, who: str) -> None:
    for address in PAGES:
        content_of_page = cast[who].get(address, follow=True).content.decode()
        assert WORDS not in content_of_page, address
        assert "you are here" not in content_of_page, address
    for change in CHANGES:
        assert cast[who].post(f"/course/{change}/", {"pace": "practice"}).status_code == 302
    entry = patient.event_entries.get()
    assert cast[who].get(f"/course/calendar/{entry.arrival}/").status_code == 404
    assert cast[who].post(f"/course/calendar/{entry.arrival}/forget/").status_code == 404
    sent = {"arrival": str(entry.arrival), "kind": "pleasant", "happened": "mine"}
    cast[who].post("/course/calendar/", sent)
    assert patient.event_entries.get().happened == WORDS, "the same name is another entry of another person"
    found = course_of(patient, timezone.now())
    assert found is not None
    assert (found.standing.is_asking, found.standing.pace) == (True, Pace.CALENDAR)


def test_who_is_not_signed_in_is_asked_to(cast: dict[str, Client]) -> None:
    for address in PAGES:
        assert browser().get(address).headers["Location"].startswith("/accounts/login/?next=")
    for change in CHANGES:
        assert browser().post(f"/course/{change}/").headers["Location"].startswith("/accounts/login/")
    assert asked(browser(), "GET", "course")[0] == 401


def test_a_program_follows_the_course_pauses_it_and_keeps_what_was_done(cast: dict[str, Client]) -> None:
    who = cast["patient"]
    status, now = asked(who, "GET", "course")
    assert (status, now["state"], now["number"], now["of"]) == (200, "under-way", 1, 8)
    assert now["today"][0]["parts_ms"]
    name = uuid4()
    for minutes in (10, 12):
        told = {"practice": now["today"][0]["practice"], "minutes": minutes}
        status, after = asked(who, "PUT", f"course/practised/{name}", told)
        assert status == 200, after
    assert after["today"][0]["done_ms"] == 12 * 60_000
    assert asked(who, "PUT", f"course/practised/{name}", {"practice": "levitation", "minutes": 5})[0] == 422
    assert asked(who, "POST", "course/pause", {"why": "flare"})[1]["paused_why"] == "flare"
    assert asked(who, "GET", "course")[1]["today"] == []
    assert asked(who, "POST", "course/resume")[1]["state"] == "under-way"
    moment = {"kind": "unpleasant", "happened": "Rain", "at": datetime(2026, 3, 2, tzinfo=UTC).isoformat()}
    assert asked(who, "PUT", f"events/{uuid4()}", moment)[0] == 200
    assert {one["happened"] for one in asked(who, "GET", "events")[1]} == {"Rain", WORDS}
    assert asked(cast["stranger"], "GET", "events")[1] == []
    assert asked(cast["stranger"], "GET", "course") == (200, None)
    assert asked(cast["stranger"], "POST", "course/pause")[0] == 422


def test_what_was_written_goes_with_the_person(cast: dict[str, Client], patient: Person) -> None:
    from lowtide.web.takeout.deletion import delete_everything

    delete_everything(patient, patient.owner)
    assert not EventEntry.objects.exists()
    assert not Enrolment.objects.exists()
    assert not LogLine.objects.exists()
