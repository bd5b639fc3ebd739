"""A person's calendar at its address: there for who knows it, gone once revoked, empty while nothing is to come."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from lowtide.web.accounts.models import Person
from lowtide.web.reminders.actions import Wished, drop_routine, keep_quiet_hours, keep_routine, pause, resume
from lowtide.web.reminders.models import CalendarAddress, PauseWhy
from remembering import somebody
from web.conftest import browser


@pytest.fixture
def ana(accounts: None) -> Person:
    person = somebody(name="Zaphira")
    keep_routine(person, "ritual:midday-check-in", Wished(times=(750,), weekdays=frozenset({0, 4})))
    return person


def address_of(person: Person) -> str:
    return f"/calendar/{CalendarAddress.objects.get(person=person).secret}.ics"


def made(person: Person) -> str:
    assert browser(person.owner).post("/reminders/calendar/", {"address": "new"}).status_code == 302
    return address_of(person)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def program() -> Client:
    """A calendar program: nobody is signed in, and it says nothing of where it comes from."""
    return Client(HTTP_HOST="127.0.0.1:8000")


def test_a_calendar_program_reads_it_without_a_sign_in(ana: Person) -> None:
    answer = program().get(made(ana))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer.content)
    assert str(event["SUMMARY"]) == "Midday Check-In"
    assert event["RRULE"]["BYDAY"] == ["MO", "FR"]
    assert (event["DTSTART"].dt.hour, event["DTSTART"].params["TZID"]) == (12, "Europe/Lisbon")
    assert event["URL"].endswith("/rituals/midday-check-in/")
    assert len(event.walk("VALARM")) == 1


def test_nothing_in_it_says_who_it_is_or_how_they_are(ana: Person) -> None:
    text = program().get(made(ana)).content.decode()
    assert "Zaphira" not in text
    assert "example.org" not in text
    assert "pain" not in text.casefold()
    assert "DESCRIPTION:Midday Check-In" in text


def test_its_address_holds_256_bits_of_chance(ana: Person) -> None:
    secrets = set()
    for _ in range(3):
        made(ana)
        secrets.add(CalendarAddress.objects.get().secret)
    assert len(secrets) == 3
    assert min(map(len, secrets)) >= 43, "base64url of 32 bytes"


def test_a_new_address_revokes_the_old_one_and_none_revokes_all(ana: Person) -> None:
    old, new = made(ana), made(ana)
    assert [program().get(one).status_code for one in (old, new)] == [404, 200]
    browser(ana.owner).post("/reminders/calendar/", {"address": "none"})
    assert program().get(new).status_code == 404
    assert program().get("/calendar/x.ics").status_code == 404


def test_it_says_when_nothing_has_changed_and_keeps_nobody_elses_copy(ana: Person) -> None:
    address = made(ana)
    first = program().get(address)
    assert first["Cache-Control"].startswith("private")
    same = program().get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    keep_routine(ana, "diary", Wished(times=(1200,)))
    changed = program().get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, len(events(changed.content))) == (200, 2)


def test_what_is_off_forgotten_or_in_quiet_hours_is_not_in_it(ana: Person) -> None:
    from lowtide.model.routine import Quiet

    address = made(ana)
    keep_quiet_hours(ana, Quiet(from_minute=720, to_minute=780))
    assert events(program().get(address).content) == []
    keep_quiet_hours(ana, None)
    assert len(events(program().get(address).content)) == 1
    keep_routine(ana, "ritual:midday-check-in", Wished(times=(750,), is_on=False))
    assert events(program().get(address).content) == []
    drop_routine(ana, "ritual:midday-check-in")
    assert events(program().get(address).content) == []


def test_it_is_empty_while_somebody_is_signed_out_everywhere_or_has_a_break(ana: Person) -> None:
    address = made(ana)
    for why in (PauseWhy.SIGNED_OUT, PauseWhy.OWN):
        pause(ana, why)
        assert events(program().get(address).content) == []
        resume(ana, why)
        assert len(events(program().get(address).content)) == 1


def test_a_break_of_the_course_takes_the_course_out_of_it_and_nothing_else(ana: Person) -> None:
    address = made(ana)
    keep_routine(ana, "course", Wished(times=(1080,)))
    titles = {str(one["SUMMARY"]) for one in events(program().get(address).content)}
    pause(ana, PauseWhy.COURSE)
    assert titles - {str(one["SUMMARY"]) for one in events(program().get(address).content)} == {"Your course"}
    resume(ana, PauseWhy.COURSE)
    assert {str(one["SUMMARY"]) for one in events(program().get(address).content)} == titles


def test_with_the_person_their_calendar_goes(ana: Person) -> None:
    address = made(ana)
    ana.delete()
    assert program().get(address).status_code == 404


def test_it_changes_nothing_and_is_only_looked_at(ana: Person) -> None:
    assert program().post(made(ana)).status_code == 405


def test_nobody_makes_or_revokes_another_persons_address(ana: Person) -> None:
    address, ben = made(ana), somebody(name="ben")
    browser(ben.owner).post("/reminders/calendar/", {"address": "none"})
    assert program().get(address).status_code == 200
    assert address not in browser(ben.owner).get("/reminders/").content.decode()
    assert address in browser(ana.owner).get("/reminders/").content.decode()
