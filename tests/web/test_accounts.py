"""With accounts: signing up and in, a second factor, passkeys, and no guessing of passwords."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings

from lowtide.web.accounts.models import Person, User
from lowtide.web.project.environment.mode import Mode, settings_of

ADDRESS, PASSWORD = "ana@example.org", "a long walk by the sea"
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))|<style|\bstyle=|(?<![-\w])on[a-z]+=", re.IGNORECASE)


@pytest.fixture
def browser(accounts: None) -> Client:
    return Client(HTTP_HOST="127.0.0.1:8000")


def sign_up(browser: Client) -> None:
    told = {"email": ADDRESS, "password1": PASSWORD, "password2": PASSWORD}
    assert browser.post("/accounts/signup/", told).status_code == 302


def test_without_an_account_every_page_asks_to_sign_in(browser: Client) -> None:
    assert browser.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_an_address_and_a_password_are_enough(browser: Client) -> None:
    sign_up(browser)
    assert "Just begin" in browser.get("/", follow=True).content.decode()
    assert Person.objects.get().owner.email == ADDRESS


def test_whoever_signs_out_and_in_finds_their_own(browser: Client) -> None:
    sign_up(browser)
    browser.post("/begin/likes/", {"name": "Ana"})
    browser.post("/accounts/logout/")
    assert browser.get("/me/").status_code == 302
    browser.post("/accounts/login/", {"login": ADDRESS.upper(), "password": PASSWORD})
    assert "<h1>Ana</h1>" in browser.get("/me/").content.decode()


@pytest.mark.parametrize("password", ["short", "password123456", "1234567890", "ana@example.org"])
def test_a_weak_password_is_refused(browser: Client, password: str) -> None:
    page = browser.post("/accounts/signup/", {"email": ADDRESS, "password1": password, "password2": password})
    assert page.status_code == 200
    assert not User.objects.exists()


def test_passwords_can_not_be_guessed_for_long(browser: Client) -> None:
    sign_up(browser)
    browser.post("/accounts/logout/")
    pages = [browser.post("/accounts/login/", {"login": ADDRESS, "password": f"guess {n}"}) for n in range(12)]
    assert any("Too many attempts" in page.content.decode() or page.status_code == 429 for page in pages)
    browser.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert browser.get("/me/").status_code == 302, "and not with the right one either, for a while"


def test_guesses_are_counted_where_every_machine_sees_them(browser: Client) -> None:
    sign_up(browser)
    browser.post("/accounts/logout/")
    browser.post("/accounts/login/", {"login": ADDRESS, "password": "a guess"})
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from lowtide_counts")
        assert cursor.fetchone()[0] > 0


def test_behind_a_proxy_one_guesser_does_not_lock_the_others_out(db: str) -> None:
    def guess(address: str, name: str) -> str:
        page = Client(HTTP_HOST="127.0.0.1:8000").post(
            "/accounts/login/", {"login": name, "password": "x"}, secure=True, HTTP_X_FORWARDED_FOR=address
        )
        return page.content.decode() if page.status_code == 200 else str(page.status_code)

    with override_settings(**settings_of(Mode.ACCOUNTS)):
        for number in range(30):
            guesser = guess("203.0.113.7", f"{number}@example.org")
        assert "Too many" in guesser or guesser == "429"
        assert "Too many" not in guess("203.0.113.8", ADDRESS)


def test_nobody_learns_whose_address_has_an_account(browser: Client) -> None:
    sign_up(browser)
    browser.post("/accounts/logout/")
    answers = {
        address: browser.post("/accounts/password/reset/", {"email": address}).headers["Location"]
        for address in (ADDRESS, "nobody@example.org")
    }
    assert len(set(answers.values())) == 1
    assert len(mail.outbox) == 2, "both get a letter; only one can change anything"


def test_nobody_can_sign_in_as_the_local_user(browser: Client) -> None:
    from lowtide.web.accounts.local import local_user

    local = local_user()
    for password in ("", "!", "x"):
        browser.post("/accounts/login/", {"login": local.email, "password": password})
    assert browser.get("/me/").status_code == 302


@pytest.mark.parametrize("address", ["login/", "signup/", "password/reset/", "logout/", "email/", "password/change/",
                                     "2fa/", "2fa/webauthn/", "2fa/recovery-codes/", "reauthenticate/"])  # fmt: skip
def test_the_pages_of_accounts_look_like_the_others_and_need_no_inline_script(browser: Client, address: str) -> None:
    if address not in ("login/", "signup/", "password/reset/"):
        sign_up(browser)
    page = browser.get(f"/accounts/{address}", follow=True)
    text = page.content.decode()
    assert page.status_code in (200, 404) if "recovery" in address else page.status_code == 200
    assert "project/css/tokens.css" in text
    assert INLINE.search(text) is None
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*', text) == []


def test_a_second_factor_can_be_set_up_and_is_then_asked_for(browser: Client) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    sign_up(browser)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})  # what guards the account asks once more
    text = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", text)
    assert secret
    code = format_hotp_value(hotp_value(secret[0], next(yield_hotp_counters_from_time())))
    browser.post("/accounts/2fa/totp/activate/", {"code": code})
    browser.post("/accounts/logout/")
    answer = browser.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/me/").status_code == 302


def test_a_passkey_is_offered(browser: Client) -> None:
    assert "passkey" in browser.get("/accounts/login/").content.decode().lower()
