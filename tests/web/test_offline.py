"""What is installed and kept, seen from the server: the manifest, the worker, and messages that have waited."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import first_person
from lowtide.web.accounts.waited import NOBODY, PERSON, key_of
from lowtide.web.practice.models import DiaryEntry, Moment, OutsidePractice, Ratings, Session, UnwellReport
from lowtide.web.practice.offline import files
from lowtide.web.practice.records import profile_row, timing_of, wish_row
from web.conftest import browser, person_with_account

LONGEST_SCRIPT_LINES = 150
"""HOUSE-STYLE: one custom element per file, 150 lines at most."""


@pytest.fixture
def session(for_me: Client) -> Session:
    person, now = first_person(local_user()), timezone.now() - timedelta(days=2)
    return Session.objects.create(
        person=person, made_at=now, day=timing_of(person, now).day, profile=profile_row(Profile()),
        wish=wish_row(Wish(length_ms=600_000, technique="body-scan")), technique="body-scan", title="Body scan",
        length_ms=600_000,
    )  # fmt: skip


def waited(person: Person, minutes: float) -> dict[str, str]:
    """What a device says of a message that it has kept for so long."""
    at = timezone.now() - timedelta(minutes=minutes)
    return {PERSON: key_of(person), "Lowtide-At": str(int(at.timestamp() * 1000))}


def test_it_can_be_installed_with_icons_that_are_there(for_me: Client) -> None:
    answer = for_me.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert for_me.get(icon["src"]).status_code == 200


def test_the_worker_is_one_script_from_the_root_and_everything_that_it_keeps_is_there(for_me: Client) -> None:
    answer = for_me.get("/service-worker.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert re.search(r"^(import|export)\b", text, re.MULTILINE) is None
    assert files.version() in text
    for address in [*files.addresses(first=True), "/offline/shell/"]:
        assert for_me.get(address).status_code == 200, address
    listed = for_me.get("/offline/files.json").json()
    assert set(files.addresses(first=True)) < set(listed["files"])


def test_another_state_of_the_files_has_another_name(monkeypatch: pytest.MonkeyPatch, folder: object) -> None:
    from pathlib import Path

    assert isinstance(folder, Path)
    before, known = files.version(), dict(files.paths())
    name, path = next(iter(known.items()))
    changed = folder / "changed"
    changed.write_bytes(path.read_bytes() + b" ")
    monkeypatch.setattr(files, "paths", lambda: known | {name: changed})
    assert files.version.__wrapped__() != before


def test_no_script_of_the_browser_is_longer_than_a_reader_can_hold() -> None:
    scripts = [path for name, path in files.paths().items() if "/offline/" in name and name.endswith(".js")]
    assert scripts
    assert [path.name for path in scripts if len(path.read_text().splitlines()) > LONGEST_SCRIPT_LINES] == []


def test_a_check_in_that_has_waited_keeps_its_time_and_arrives_once(for_me: Client, session: Session) -> None:
    told = {"arrival": str(uuid4()), "pain-lower-back": "3", "mood": "6"}
    for _ in range(2):
        answer = for_me.post(f"/sessions/{session.pk}/after/", told, headers=waited(session.person, 90))
        assert answer.status_code == 302
    row = Ratings.objects.get(moment=Moment.AFTER)
    assert row.arrival == UUID(told["arrival"])
    assert timedelta(minutes=89) < timezone.now() - row.at < timedelta(minutes=91)


def test_where_a_session_was_left_and_that_it_felt_wrong_keep_their_time(for_me: Client, session: Session) -> None:
    headers = waited(session.person, 60)
    for_me.post(f"/sessions/{session.pk}/position", {"at_ms": "5000", "heard_ms": "4000"}, headers=headers)
    for_me.post(f"/sessions/{session.pk}/unwell", {"at_ms": "5000", "arrival": str(uuid4())}, headers=headers)
    session.refresh_from_db()
    assert session.begun_at is not None
    assert timezone.now() - session.begun_at > timedelta(minutes=59)
    assert timezone.now() - UnwellReport.objects.get().at > timedelta(minutes=59)


def test_the_diary_and_practice_elsewhere_keep_their_time_and_arrive_once(for_me: Client, session: Session) -> None:
    entry = {"arrival": str(uuid4()), "pain-lower-back": "4", "date": "", "time": ""}
    walk = {"arrival": str(uuid4()), "what": "A walk", "minutes": "20"}
    for _ in range(2):
        for_me.post("/diary/", entry, headers=waited(session.person, 45))
        for_me.post("/outside/", walk, headers=waited(session.person, 45))
    for row in (DiaryEntry.objects.get(), OutsidePractice.objects.get()):
        assert timedelta(minutes=44) < timezone.now() - row.at < timedelta(minutes=46)


@pytest.mark.parametrize("at", ["", "soon", "-5", "9" * 14, "0"])
def test_a_clock_that_can_not_be_right_is_not_believed(for_me: Client, session: Session, at: str) -> None:
    headers = {PERSON: key_of(session.person), "Lowtide-At": at}
    for_me.post("/diary/", {"arrival": str(uuid4()), "pain-lower-back": "4"}, headers=headers)
    assert abs(timezone.now() - DiaryEntry.objects.get().at) < timedelta(minutes=1)


def test_what_one_person_has_written_is_never_taken_as_anothers(for_me: Client, session: Session) -> None:
    for_me.post("/people/add/", {"name": "Ben"})
    answer = for_me.post("/diary/", {"arrival": str(uuid4()), "note": "Ana's"}, headers=waited(session.person, 5))
    assert answer.status_code == 409
    assert not DiaryEntry.objects.exists()


def test_what_has_waited_is_not_sent_to_the_door_where_one_signs_in(accounts: None) -> None:
    person = person_with_account("ana@example.org")
    answer = browser().post("/diary/", {"note": "x"}, headers=waited(person, 5))
    assert answer.status_code == 401


def test_a_page_says_whose_it_is_without_saying_who(for_me: Client) -> None:
    first = for_me.get("/today/")[PERSON]
    assert first == key_of(Person.objects.get())
    assert for_me.get("/me/")[PERSON] == first
    for_me.post("/people/add/", {"name": "Ben"})
    assert for_me.get("/today/")[PERSON] not in (first, NOBODY)
    assert PERSON not in for_me.get("/offline/shell/")


def test_a_page_for_nobody_says_so(accounts: None) -> None:
    assert browser().get("/accounts/login/")[PERSON] == NOBODY
    person = person_with_account("ana@example.org")
    assert browser(person.owner).get("/today/")[PERSON] == key_of(person)


def test_the_page_without_a_network_is_nobodys(for_me: Client) -> None:
    for_me.post("/people/add/", {"name": "Zaphira"})
    text = for_me.get("/offline/shell/").content.decode()
    assert "Zaphira" not in text
    assert key_of(Person.objects.latest("pk")) not in text


def test_a_device_is_told_who_is_here_and_how_to_be_let_in(for_me: Client, session: Session) -> None:
    told = for_me.get("/offline/here.json").json()
    assert told["whose"] == key_of(session.person)
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")
    token = strict.get("/offline/here.json").json()["token"]
    headers = waited(session.person, 5) | {"X-CSRFToken": token}
    strict.post("/diary/", {"arrival": str(uuid4()), "note": "kept"}, headers=headers)
    assert DiaryEntry.objects.get().note == "kept"
