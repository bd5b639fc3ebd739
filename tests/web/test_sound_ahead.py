"""Sound ahead of the tap: once a session is in the database it is made, and its first seconds are rendered."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client, TestCase

from lowtide import speak
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Preferences, Session
from lowtide.web.practice.player import found
from lowtide.web.practice.records import order_of
from lowtide.web.practice.sound.studio import OPENING_MS, Studio

WAIT_S = 60


@pytest.fixture
def own(for_me: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A studio with nothing in it, and a voice that needs no speaking."""
    made = Studio(speak.Cache(tmp_path / "clips"), None, threads=1)
    monkeypatch.setattr(found, "studio", lambda: made)
    for_me.get("/today/")
    Preferences.objects.update_or_create(person=Person.objects.get(), defaults={"voice": "silent:calm"})
    return made


def choose(browser: Client) -> Session:
    told = {"arrival": str(uuid4()), "minutes": "10", "position": "", "anything_new": "no"}
    page = browser.get(browser.post("/today/", told).headers["Location"]).content.decode()
    offered = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("<h2>", 1)[0]))
    return Session.objects.get(pk=browser.post("/sessions/", offered).headers["Location"].split("/")[2])


def test_a_session_that_was_chosen_begins_at_once_when_its_page_is_there(for_me: Client, own: Studio) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        session = choose(for_me)
        digest = order_of(session).digest
        assert own.find(digest) is None, "before it is in the database another process could not find it"
    ahead = own.find(digest)
    assert ahead is not None
    recording = ahead.recording.result(WAIT_S)
    own.pool.submit(lambda: None, float("inf")).result.result(WAIT_S)  # whatever was waiting is done
    opening = [piece for piece in recording.pieces(0, recording.size) if piece.at_ms < OPENING_MS]
    assert all(recording.at_hand(piece) for piece in opening)


def test_a_session_that_could_not_be_kept_is_not_made(for_me: Client, own: Studio) -> None:
    with TestCase.captureOnCommitCallbacks(execute=False):
        session = choose(for_me)
    assert own.find(order_of(session).digest) is None
