"""What every address tells the browser; the addresses are read from the app, so that a new one is tried at once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.models import Person, User
from lowtide.web.practice.models import Session
from lowtide.web.practice.records import profile_row, timing_of, wish_row

SHARED = ("favicon.ico", "manifest.webmanifest", "service-worker.js", "offline/shell/", "api/openapi.json")
"""What is nobody's, and may be kept."""
KNOWN = {"day:day": "2026-03-21", "int:group": "1", "int:pk": "1"}
FOR_ITSELF = ("sound.mp3", "cover.png")
"""What a player may keep for a while: private, and named by what it is made of."""


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from () if route.startswith("admin/") else routes(one, route)
        elif "^" not in route:
            yield route


ROUTES = sorted(set(routes(get_resolver("lowtide.web.project.urls_accounts"))))


def filled(route: str, session: Session) -> str:
    known = KNOWN | {"uuid:pk": str(session.pk), "uuidstr:pk": str(session.pk)}
    for name, value in known.items():
        route = route.replace(f"<{name}>", value)
    return "/" + route.replace("<", "").replace(">", "")


@pytest.fixture
def visitors(accounts: None) -> tuple[Session, list[Client]]:
    """A session, and the browsers of its patient and of nobody."""
    person, now = Person.objects.create(owner=User.objects.create_user("ana@example.org")), timezone.now()
    session = Session.objects.create(
        uuid=uuid4(), person=person, made_at=now, day=timing_of(person, now).day, profile=profile_row(Profile()),
        wish=wish_row(Wish(length_ms=600_000, technique="body-scan")), technique="body-scan", title="Body scan",
        length_ms=600_000, voice="silent:calm",
    )  # fmt: skip
    patient = Client(HTTP_HOST="127.0.0.1:8000")
    patient.force_login(person.owner)
    return session, [patient, Client(HTTP_HOST="127.0.0.1:8000")]


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.endswith("sound.mp3")])
def test_every_address_keeps_other_sites_and_other_scripts_out(
    visitors: tuple[Session, list[Client]], route: str
) -> None:
    session, browsers = visitors
    for browser in browsers:
        answer = browser.get(filled(route, session))
        assert answer.status_code < 500
        guarded(answer)
        if not route.startswith((*SHARED, "accounts/")):
            alone(answer, may_be_kept=route.endswith(FOR_ITSELF))


def guarded(answer: HttpResponseBase) -> None:
    """Expect everything that keeps a page by itself."""
    headers = answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["worker-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


def alone(answer: HttpResponseBase, *, may_be_kept: bool) -> None:
    """Expect that nobody on the way keeps it, and that the browser keeps no page."""
    kept = answer.headers["Cache-Control"]
    assert "private" in kept
    assert may_be_kept or "no-store" in kept
