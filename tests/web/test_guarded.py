"""What keeps other sites, other machines and other people's scripts out."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from lowtide.web.accounts.models import Person, User
from lowtide.web.project.environment.mode import Mode, settings_of

PAGES = [
    "/begin/", "/begin/now/", "/begin/safety/1/", "/begin/body/", "/begin/worse/", "/begin/likes/", "/today/",
    "/today/choose/?length_ms=600000", "/history/", "/me/", "/me/person/", "/me/sound/", "/people/", "/nowhere/",
]  # fmt: skip
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_a_script_or_style_in_its_text(for_me: Client, page: str) -> None:
    text = for_me.get(page).content.decode()
    assert INLINE.search(text) is None


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_another_site_for_anything(for_me: Client, page: str) -> None:
    text = for_me.get(page).content.decode()
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', text) == []


def test_the_browser_is_told_to_run_nothing_but_our_own(for_me: Client) -> None:
    headers = for_me.get("/today/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"


ELSEWHERE = ["lowtide.evil.example", "evil.example:8000", "192.168.1.7:8000", "localhost.evil.example"]
STRANGE = ["\x00", "é" * 5000, "'; DROP TABLE practice_session; --", "{{ 7*7 }}", "\u202e\ufeff"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_site_that_points_its_own_name_here_is_refused(for_me: Client, name: str) -> None:
    assert for_me.get("/today/", HTTP_HOST=name).status_code == 400


@pytest.mark.parametrize("name", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_every_name_of_this_machine_is_taken(for_me: Client, name: str) -> None:
    assert for_me.get("/begin/", HTTP_HOST=name).status_code == 200


@pytest.mark.parametrize("asked", [{"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Mode": "cors"},
                                   {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}])  # fmt: skip
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_page_can_not_read_through_a_browser(for_me: Client, site: str, asked: dict[str, str]) -> None:
    assert for_me.get("/today/", headers={"Sec-Fetch-Site": site} | asked).status_code == 403


def test_a_link_from_elsewhere_may_be_followed(for_me: Client) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert for_me.get("/begin/", headers=link).status_code == 200
    assert for_me.post("/begin/now/", headers=link).status_code == 403


@pytest.mark.parametrize("address", ["/begin/now/", "/today/", "/sessions/", "/begin/safety/1/", "/people/add/"])
def test_nothing_is_taken_from_a_form_that_is_not_ours(for_me: Client, address: str) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")
    answer = strict.post(address, {"name": "x"})
    assert answer.status_code == 403
    assert "Please try once more" in answer.content.decode()


def test_a_form_that_is_ours_is_taken(for_me: Client) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get("/begin/now/").content.decode())
    assert token
    assert strict.post("/begin/now/", {"csrfmiddlewaretoken": token[1]}).status_code == 302


def test_cookies_are_not_for_scripts_or_other_sites(for_me: Client) -> None:
    for_me.post("/people/add/", {"name": "Ana"})
    cookie = for_me.cookies["lowtide-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_with_accounts_cookies_only_travel_encrypted(db: str) -> None:
    with override_settings(**settings_of(Mode.ACCOUNTS)):
        browser = Client(HTTP_HOST="127.0.0.1:8000")
        browser.force_login(Person.objects.create(owner=User.objects.create_user("a@example.org")).owner)
        answer = browser.get("/begin/now/", secure=True)
        assert answer.status_code == 200
        assert answer.cookies["lowtide-csrf"]["secure"]
        assert answer.headers["Strict-Transport-Security"] == "max-age=3600"
        assert browser.get("/begin/", secure=False).headers["Location"].startswith("https://")


def test_for_how_long_browsers_come_encrypted_is_for_the_server_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOWTIDE_HSTS_SECONDS", "31536000")
    assert settings_of(Mode.ACCOUNTS)["SECURE_HSTS_SECONDS"] == 31_536_000
    monkeypatch.setenv("LOWTIDE_HTTPS", "0")
    assert settings_of(Mode.ACCOUNTS)["SECURE_HSTS_SECONDS"] == 0


def test_a_server_with_accounts_passes_djangos_own_inspection(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(**settings_of(Mode.ACCOUNTS), DEBUG=False):
        call_command("check", deploy=True, fail_level="DEBUG")


@pytest.mark.parametrize("sent", STRANGE)
def test_strange_text_breaks_nothing(for_me: Client, sent: str) -> None:
    for address in ("/begin/likes/", "/people/add/", "/me/person/"):
        assert for_me.post(address, {"name": sent, "day_starts": sent, "time_zone": sent}).status_code in (302, 422)
    for name in ("length_ms", "position", "before", "technique", "q", "family", "session"):
        asked = {"length_ms": "600000"} | {name: sent}
        assert for_me.get("/today/choose/", asked).status_code in (200, 302)
        assert for_me.post("/sessions/", asked).status_code in (302, 422)
    assert for_me.post("/today/", {"arrival": sent, "pain-lower-back": sent}).status_code == 422
    assert for_me.post("/begin/body/", {"asked-neck": "1", "word-neck": sent, "pain-neck": sent}).status_code in (
        302,
        422,
    )
