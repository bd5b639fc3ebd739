"""From the first page to a session, by taps."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lowtide.screen import QUESTIONS
from lowtide.web.practice.models import Session


def test_who_comes_for_the_first_time_is_welcomed(for_me: Client) -> None:
    page = for_me.get("/", follow=True)
    assert page.redirect_chain == [("/begin/", 302)]
    assert "Just begin" in page.content.decode()


def test_three_taps_lead_from_the_first_page_to_a_session(for_me: Client) -> None:
    assert 'href="/begin/now/"' in for_me.get("/begin/").content.decode()
    assert for_me.get("/begin/now/").status_code == 200
    answer = for_me.post("/begin/now/", {"anything_new": "no"})
    made = Session.objects.get()
    assert answer.headers["Location"] == f"/sessions/{made.uuid}/"
    assert made.length_ms == 600_000


def test_a_first_session_without_a_single_answer_only_imagines(for_me: Client) -> None:
    from lowtide.model.movement import MOVING
    from lowtide.pipeline import clear
    from lowtide.web.practice.records import order_of

    for_me.post("/begin/now/", {})
    clearance = clear(order_of(Session.objects.get()).profile).clearance
    assert clearance is not None
    assert not clearance.allowed & MOVING


def test_how_long_is_asked_before_the_button_that_plays(for_me: Client) -> None:
    page = for_me.get("/begin/now/").content.decode()
    asked = [page.index(words) for words in ("How long do you have?", "How would you like to be?", "No, play")]
    assert asked == sorted(asked)


def test_who_has_a_file_from_before_brings_it_back_from_the_first_page(for_me: Client) -> None:
    for_me.post("/outside/", {"arrival": str(uuid4()), "own": "A walk by the sea", "minutes": "25"})
    taken = for_me.get("/takeout/lowtide.zip").content
    for_me.post("/takeout/delete/", {"words": "delete everything"})
    assert 'href="/takeout/bring/"' in for_me.get("/begin/").content.decode()
    form = for_me.get("/takeout/bring/").content.decode()
    assert 'type="file"' in form
    assert "Delete everything" not in form
    new = {"new": "yes", "file": SimpleUploadedFile("lowtide.zip", taken)}
    page = for_me.post("/takeout/read/", new, follow=True)
    assert page.redirect_chain == [("/today/", 302)]
    assert "Read in:" in page.content.decode()
    assert "A walk by the sea" in for_me.get("/outside/").content.decode()


@pytest.mark.parametrize(
    ("name", "file", "line"),
    [
        ("holiday.jpg", b"\xff\xd8\xff", "This is not a file of ours."),
        ("steps.csv", b"day,steps\n1,2\n", "steps.csv is not a table of ours."),
        ("empty.zip", b"", "This file is empty."),
        ("", b"", "Choose a file first."),
    ],
)
def test_a_wrong_file_is_said_in_one_line_on_the_page_it_was_chosen_on(
    for_me: Client, name: str, file: bytes, line: str
) -> None:
    sent = {"file": SimpleUploadedFile(name, file)} if name else {}
    answer = for_me.post("/takeout/read/", {"new": "yes", **sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Welcome back" in page
    assert line in page
    assert page.split("<main")[1].count("<li>") == 1


@pytest.mark.parametrize("address", ["/begin/", "/begin/now/", "/begin/safety/1/", "/begin/safety/8/", "/begin/body/",
                                     "/begin/worse/", "/begin/conditions/", "/begin/positions/", "/begin/likes/",
                                     "/begin/ready/", "/today/", "/today/choose/?length_ms=600000", "/history/",
                                     "/me/", "/me/person/", "/me/sound/", "/people/", "/takeout/bring/"])  # fmt: skip
def test_every_page_opens(for_me: Client, address: str) -> None:
    page = for_me.get(address)
    assert page.status_code == 200
    assert page.content.decode().count("<h1>") == 1


def test_nobody_has_to_answer_anything(for_me: Client) -> None:
    address = "/begin/safety/1/"
    seen = []
    while address.startswith("/begin/") and address != "/begin/ready/":
        seen.append(address)
        answer = for_me.post(address, {"skip": "1"})
        assert answer.status_code == 302
        address = answer.headers["Location"]
    assert len(seen) == 14
    page = for_me.get(address).content.decode()
    assert "every movement is only imagined" in page


def test_all_the_safety_questions_can_be_answered_with_a_tap_a_screen(for_me: Client) -> None:
    from django.utils import timezone

    from lowtide.web.accounts.models import Person
    from lowtide.web.practice.records import answers_of

    for group in range(1, 10):
        assert for_me.post(f"/begin/safety/{group}/", {"rest-no": "1"}).status_code == 302
    assert answers_of(Person.objects.get(), timezone.now()) == {question.code: False for question in QUESTIONS}
