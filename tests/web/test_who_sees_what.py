"""Nobody sees another's data: every address is tried by the patient, their clinician, a stranger and an administrator.

The addresses are read from the app itself, so that a new page is tried the day it is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from lowtide.model.movement import Position
from lowtide.model.profile import Profile, Wish
from lowtide.web.accounts.models import Person, User
from lowtide.web.practice.models import Session
from lowtide.web.practice.records import profile_row, timing_of, wish_row

OPEN = ("theme/", "accounts/", "admin/", "favicon.ico", "manifest.webmanifest", "service-worker.js", "offline/shell/",
        "api/openapi.json", "api/docs", "takeout/gone/")  # fmt: skip
"""What is there for everybody, holds nobody's data, or is guarded by its own tests."""
OTHERS = ("clinician", "stranger", "administrator")
SENT = {"at_ms": "1000", "heard_ms": "1000", "ended": "stopped", "to": "imagine", "voice_db": "-6"}
"""What the player's own messages say: refused for whom it is, not for how it is written."""
METHODS = ("get", "post", "put", "delete")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, route)
        elif not route.startswith(OPEN):
            yield route


def all_addresses() -> list[str]:
    return sorted(set(addresses(get_resolver("lowtide.web.project.urls_accounts"))))


OF_A_SESSION = [route for route in all_addresses() if "<uuid:" in route]
OF_ONESELF = [route for route in all_addresses() if "<" not in route]


class Browsers(dict[str, Client]):
    """Somebody's browser, signed in when it is first asked for; nobody's is not."""

    def __init__(self, users: dict[str, User]) -> None:
        super().__init__(nobody=Client(HTTP_HOST="127.0.0.1:8000"))
        self.users = users

    def __missing__(self, who: str) -> Client:
        self[who] = browser = Client(HTTP_HOST="127.0.0.1:8000", raise_request_exception=False)
        browser.force_login(self.users[who])
        return browser


@dataclass(frozen=True)
class Cast:
    """A patient's session, and everybody's browsers."""

    session: Session
    browsers: Browsers


@pytest.fixture
def cast(accounts: None) -> Cast:
    from django.utils import timezone

    users = {name: User.objects.create_user(f"{name}@example.org") for name in ("patient", "clinician", "stranger")}
    users["administrator"] = User.objects.create_superuser("administrator@example.org")
    person, now = Person.objects.create(owner=users["patient"], name="Zaphira"), timezone.now()
    wish = Wish(length_ms=600_000, technique="body-scan", position=Position.LYING)
    session = Session.objects.create(
        person=person, made_at=now, day=timing_of(person, now).day, profile=profile_row(Profile(name="Zaphira")),
        wish=wish_row(wish), technique="body-scan", title="Body scan", length_ms=600_000,
    )  # fmt: skip
    return Cast(session=session, browsers=Browsers(users))


def ask(browser: Client, method: str, address: str) -> int:
    status: int = getattr(browser, method)(address, SENT if method == "post" else None).status_code
    return status


def at(route: str, cast: Cast) -> str:
    return "/" + route.replace("<uuid:pk>", str(cast.session.pk)).replace("<uuid:uuid>", str(cast.session.pk))


def test_the_addresses_are_found() -> None:
    assert "sessions/<uuid:pk>/" in OF_A_SESSION
    assert "sessions/<uuid:pk>/after/" in OF_A_SESSION
    assert {"", "today/", "me/", "history/", "begin/body/"} <= set(OF_ONESELF)


@pytest.mark.parametrize("route", OF_A_SESSION)
def test_a_session_is_there_for_its_patient_alone(cast: Cast, route: str) -> None:
    for who in OTHERS:
        answers = {method: ask(cast.browsers[who], method, at(route, cast)) for method in METHODS}
        assert set(answers.values()) <= {404, 405, 400}, f"{who}: {answers}"
        assert 404 in answers.values(), f"{who}: {answers}"
    cast.session.refresh_from_db()
    assert (cast.session.heard_ms, cast.session.ended, cast.session.switches) == (0, "", [])


@pytest.mark.parametrize("route", [*OF_A_SESSION, *OF_ONESELF])
def test_nobody_is_asked_to_sign_in_in_vain_or_let_in_without(cast: Cast, route: str) -> None:
    for method in ("get", "post"):
        answer = getattr(cast.browsers["nobody"], method)(at(route, cast))
        assert answer.status_code in (302, 401, 403, 405), f"{method}: {answer.status_code}"
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_the_patient_sees_their_own(cast: Cast) -> None:
    browser = cast.browsers["patient"]
    assert browser.get(f"/sessions/{cast.session.pk}/after/").status_code == 200
    assert "Body scan" in browser.get("/history/").content.decode()
    assert "Zaphira" in browser.get("/me/").content.decode()


@pytest.mark.parametrize("route", OF_ONESELF)
def test_on_every_page_of_others_the_patient_is_not_found(cast: Cast, route: str) -> None:
    for who in OTHERS:
        content = cast.browsers[who].get(at(route, cast), follow=True).content  # of a page, or of a file
        assert b"Zaphira" not in content, who
        assert str(cast.session.pk).encode() not in content, who


def test_an_administrator_sees_accounts_and_nobodys_health(cast: Cast) -> None:
    browser = cast.browsers["administrator"]
    index = browser.get("/admin/").content.decode()
    assert "/admin/accounts/user/" in index
    assert "/admin/practice/" not in index
    assert "/admin/mfa/" not in index
    assert "patient@example.org" in browser.get("/admin/accounts/user/").content.decode()
    assert browser.get("/admin/practice/session/").status_code == 404


@pytest.mark.parametrize("who", ["patient", "clinician", "stranger", "nobody"])
def test_nobody_else_comes_to_the_pages_of_administration(cast: Cast, who: str) -> None:
    answer = cast.browsers[who].get("/admin/accounts/user/")
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_each_account_is_one_person_and_there_is_no_switch(cast: Cast) -> None:
    assert cast.browsers["patient"].get("/people/").status_code == 404
