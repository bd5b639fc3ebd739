"""What two devices, two tabs or two fingers send at the same moment is kept once and whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings

from lowtide.web.accounts.models import Person, User
from lowtide.web.practice.models import BodyMap, Ratings, Session
from lowtide.web.project.environment.mode import Mode, settings_of

DEVICES = 4


@pytest.fixture
def machine(committed: str) -> Iterator[None]:
    with override_settings(**settings_of(Mode.FOR_ME)):
        yield


def at_once(act: Callable[[Client], int]) -> list[int]:
    """Let several browsers do the same thing at the same moment; give the status of each answer."""
    together = threading.Barrier(DEVICES)

    def one(_number: int) -> int:
        browser = Client(HTTP_HOST="127.0.0.1:8000")
        together.wait()
        try:
            return act(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(DEVICES) as devices:
        return list(devices.map(one, range(DEVICES)))


def test_on_a_new_machine_there_is_one_user_and_one_person(machine: None) -> None:
    assert at_once(lambda browser: browser.get("/begin/").status_code) == [200] * DEVICES
    assert (User.objects.count(), Person.objects.count()) == (1, 1)


def test_one_tap_that_arrives_several_times_is_one_session(machine: None) -> None:
    name = str(uuid4())
    wished = {"length_ms": "600000", "technique": "body-scan", "session": name}
    Client(HTTP_HOST="127.0.0.1:8000").get("/begin/")
    assert at_once(lambda browser: browser.post("/sessions/", wished).status_code) == [302] * DEVICES
    assert str(Session.objects.get().pk) == name


def test_one_page_of_ratings_that_arrives_several_times_is_one(machine: None) -> None:
    told = {"arrival": str(uuid4()), "pain-lower-back": "6", "mood": "4"}
    Client(HTTP_HOST="127.0.0.1:8000").get("/begin/")
    assert at_once(lambda browser: browser.post("/today/", told).status_code) == [302] * DEVICES
    assert [pain.intensity for pain in Ratings.objects.get().pains.all()] == [6]


def test_one_check_in_that_arrives_several_times_is_one(machine: None) -> None:
    browser = Client(HTTP_HOST="127.0.0.1:8000")
    browser.post("/begin/now/", {})
    address, arrival = f"/sessions/{Session.objects.get().pk}/after/", str(uuid4())
    told = {"arrival": arrival, "pain-lower-back": "6", "unwell": "on"}
    assert at_once(lambda browser: browser.post(address, told).status_code) == [302] * DEVICES
    row = Ratings.objects.get(moment="after")
    assert row.pains.count() == 1
    assert row.session is not None
    assert row.session.unwell_reports.count() == 1


def test_two_tabs_that_draw_a_map_leave_two_whole_maps(machine: None) -> None:
    Client(HTTP_HOST="127.0.0.1:8000").get("/begin/")
    drawn = {"asked-neck": "1", "pain-neck": "3", "asked-left-hip": "1", "pain-left-hip": "5"}
    assert at_once(lambda browser: browser.post("/begin/body/", drawn).status_code) == [302] * DEVICES
    assert [body_map.pains.count() for body_map in BodyMap.objects.all()] == [2] * DEVICES
