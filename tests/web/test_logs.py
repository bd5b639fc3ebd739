"""No name, no note, no score and no address of a person is ever written to the log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client, override_settings

from lowtide.web.accounts.models import User
from lowtide.web.practice.models import Session
from lowtide.web.project.environment.logs import LINE, WithoutPersonalData

NAME, NOTE, WORD, ADDRESS, PASSWORD = (
    "Zaphira",
    "quixotic walrus",
    "prickly-zest",
    "zaphira@walrus.example",
    "n0-Such.Zebra!",
)
SCORE_MS = "437219"
"""A length that nothing else is."""
SECRETS = (NAME, NOTE, WORD, ADDRESS, PASSWORD, SCORE_MS, "7:17.219")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that the server writes down, at the loudest level, as the server would write it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutPersonalData(LINE))
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server", "django.db.backends")]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    with override_settings(DEBUG=False):
        yield written
    for logger, level in before:
        logger.removeHandler(handler)
        logger.setLevel(level)


def go_everywhere(browser: Client) -> None:
    browser.post("/begin/likes/", {"name": NAME})
    browser.post("/begin/safety/8/", {"age": "437219"})
    browser.post("/begin/body/", {"asked-neck": "1", "pain-neck": "7", "word-neck": WORD})
    browser.post("/today/", {"arrival": str(uuid4()), "pain-neck": "7", "other": "7:17.219", "stress": "x" + WORD})
    browser.get("/today/choose/", {"length_ms": SCORE_MS, "q": NOTE})
    browser.post("/sessions/", {"length_ms": SCORE_MS, "technique": NOTE})
    browser.post("/sessions/", {"length_ms": SCORE_MS, "technique": "body-scan"})
    session = Session.objects.get()
    for page in ("", "after/", "transcript/", "thanks/"):
        browser.get(f"/sessions/{session.pk}/{page}", {"q": NOTE})
    browser.post(f"/sessions/{session.pk}/after/", {"arrival": str(uuid4()), "note": NOTE, "mood": WORD})
    browser.post(f"/sessions/{session.pk}/after/", {"arrival": str(uuid4()), "note": NOTE, "mood": "3"})
    browser.post("/people/add/", {"name": NAME})
    browser.get(f"/{NAME}/{NOTE}/")
    for page in ("/me/", "/history/", "/today/", "/me/person/", "/me/sound/"):
        browser.get(page)


def test_whoever_goes_everywhere_leaves_no_trace_in_the_log(for_me: Client, log: io.StringIO) -> None:
    go_everywhere(for_me)
    text = log.getvalue()
    assert [secret for secret in SECRETS if secret in text] == []
    assert str(Session.objects.get().pk) not in text


def test_signing_up_and_in_wrongly_leaves_no_trace_in_the_log(accounts: None, log: io.StringIO) -> None:
    browser = Client(HTTP_HOST="127.0.0.1:8000")
    browser.post("/accounts/signup/", {"email": ADDRESS, "password1": PASSWORD, "password2": PASSWORD})
    browser.post("/accounts/logout/")
    browser.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD + "x"})
    browser.post("/accounts/login/", {"login": NAME, "password": PASSWORD})
    browser.post("/accounts/password/reset/", {"email": ADDRESS})
    assert User.objects.filter(email=ADDRESS).exists()
    assert [secret for secret in SECRETS if secret in log.getvalue()] == []


def test_an_error_is_told_with_its_place_and_without_what_was_in_it(
    for_me: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_words: object, **_more: object) -> None:
        raise ValueError(f"could not keep {NAME} {NOTE}")

    monkeypatch.setattr("lowtide.web.practice.begin.actions.call", breaks)
    for_me.raise_request_exception = False
    answer = for_me.post("/begin/likes/", {"name": NAME})
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    text = log.getvalue()
    assert "POST begin/likes/: 500" in text
    assert "begin/views.py" in text, "where it broke is needed to mend it"
    assert "ValueError" in text
    assert NAME not in text
    assert NOTE not in text


def test_the_log_does_not_say_what_a_line_of_any_library_was_given(log: io.StringIO) -> None:
    logging.getLogger("some.library").warning("could not send to %s: %r", ADDRESS, {"name": NAME})
    logging.getLogger("some.library").warning(f"could not send to {ADDRESS}")  # noqa: G004 (as careless code would)
    assert "could not send to …: …" in log.getvalue()
    assert "said at test_logs.py:" in log.getvalue()
    assert NAME not in log.getvalue()
    assert ADDRESS not in log.getvalue()
