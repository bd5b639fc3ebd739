"""With accounts, in a browser: a password, an app that shows codes, recovery codes and a passkey; and every page of it
for everyone's use."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import App, Visit, axe, served, visiting

PASSWORD = "a long walk by the sea"  # noqa: S105 (nobody's)
STEP_SECONDS, DIGITS = 30, 6
"""RFC 6238: what authenticator apps do."""
OUTSIDE = ("login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/1-gone/")
INSIDE = (
    "logout/", "email/", "password/change/", "reauthenticate/", "2fa/", "2fa/reauthenticate/", "2fa/totp/deactivate/",
    "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/webauthn/", "2fa/webauthn/add/",
    "2fa/webauthn/reauthenticate/", "2fa/webauthn/keys/KEY/edit/", "2fa/webauthn/keys/KEY/remove/",
)  # fmt: skip
AMERICAN = re.compile(
    r"\b(?:Sign (?:In|Up|Out)|Email|Security [Kk]ey|Passwordless|authenticate|Two-Factor|Are you sure)\b"
)
"""What allauth would say in its own words."""
WIDTHS = (320, 390, 1280)


def code_of(secret: str) -> str:
    """Give what an authenticator app shows now (RFC 6238 over RFC 4226)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // STEP_SECONDS), hashlib.sha1)
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A server with accounts, tried on its own machine."""
    with served(tmp_path_factory.mktemp("clinic"), mode="--accounts", LOWTIDE_HTTPS="0") as running:
        yield replace(running, url=running.url.replace("127.0.0.1", "localhost"))  # a passkey belongs to a name


@pytest.fixture
def address() -> str:
    """An address that nobody has used here."""
    return f"ana-{uuid4().hex}@example.org"


@pytest.fixture
def ana(chromium: Browser, clinic: App, address: str) -> Iterator[Visit]:
    """Somebody who has just made an account, with a device that can keep passkeys."""
    with visiting(chromium, clinic, service_workers="block") as visit:
        keep_passkeys(visit)
        page = visit.go("/accounts/signup/")
        page.get_by_label("E-mail").fill(address)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("The same password once more").fill(PASSWORD)
        page.get_by_role("button", name="Make my account").click()
        page.wait_for_url("**/begin/")
        yield visit


def keep_passkeys(visit: Visit) -> None:
    """Give the browser a device of its own that keeps passkeys and knows its owner."""
    device = visit.context.new_cdp_session(visit.page)
    device.send("WebAuthn.enable")
    can = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **can}},
    )


def prove(page: Page) -> None:
    """Prove once more who one is, where it is asked."""
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="It is me").click()
        page.wait_for_url(lambda url: "reauthenticate" not in url)


def set_up_app(visit: Visit) -> str:
    """Set up an app that shows codes; give its secret."""
    page = visit.go("/accounts/2fa/totp/activate/")
    prove(page)
    secret = page.get_by_label("Or type this secret into the app").input_value()
    enter_code(page, "The code that the app shows", secret, "Switch it on")
    page.wait_for_url("**/recovery-codes/")
    return secret


def enter_code(page: Page, label: str, secret: str, button: str) -> None:
    """Write the code; once more where it has just run out, as anybody would."""
    here = page.url
    for _ in range(2):
        page.get_by_label(label).fill(code_of(secret))
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        if page.url != here or not page.locator(".error").is_visible():
            return


def add_passkey(visit: Visit) -> None:
    """Add a passkey of this device."""
    page = visit.go("/accounts/2fa/webauthn/add/")
    prove(page)
    page.get_by_label("What you call it").fill("my phone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: "/add/" not in url)


def sign_out(visit: Visit) -> None:
    page = visit.go("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


def sign_in(page: Page, address: str) -> None:
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_whoever_has_set_up_an_app_signs_in_with_its_code_and_not_without(ana: Visit, address: str) -> None:
    secret = set_up_app(ana)
    sign_out(ana)
    page = ana.page
    sign_in(page, address)
    page.wait_for_url("**/2fa/authenticate/")
    page.get_by_label("Code").fill("12345x")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This code is not right")).to_be_visible()
    enter_code(page, "Code", secret, "Sign in")
    page.wait_for_url("**/begin/")


def test_a_recovery_code_lets_in_once(ana: Visit, address: str) -> None:
    set_up_app(ana)
    code = ana.page.get_by_label("Keep them where only you find them").input_value().split()[0]
    for is_first in (True, False):
        sign_out(ana)
        sign_in(ana.page, address)
        ana.page.get_by_label("Code").fill(code)
        ana.page.get_by_role("button", name="Sign in").click()
        if is_first:
            ana.page.wait_for_url("**/begin/")
            continue
        expect(ana.page.get_by_text("This code is not right")).to_be_visible()
        return


def test_a_passkey_lets_in_without_a_password(ana: Visit) -> None:
    add_passkey(ana)
    page = ana.go("/accounts/2fa/webauthn/")
    expect(page.get_by_role("listitem").filter(has_text="my phone")).to_contain_text("A passkey")
    sign_out(ana)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/begin/")


def test_who_has_no_passkey_on_this_device_is_told_in_one_line(chromium: Browser, clinic: App) -> None:
    with visiting(chromium, clinic, service_workers="block") as visit:
        keep_passkeys(visit)
        page = visit.go("/accounts/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert")).to_have_text("That was not finished. Please try once more.")


@dataclass
class Faults:
    """What is wrong with a page."""

    visit: Visit
    wrong: list[str]

    def look(self, path: str) -> None:
        """Look at a page as axe does, at each width, and for words that are not ours."""
        page = self.visit.go(path)
        assert page.locator("h1").count() == 1, path
        found = axe(page)
        self.wrong += [f"{path} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
        self.wrong += [f"{path}: “{word}”" for word in AMERICAN.findall(page.locator("body").inner_text())]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.wrong.append(f"{path} is wider than {width} px")


def test_every_page_of_accounts_is_for_everyone_and_in_our_own_words(ana: Visit, address: str) -> None:
    faults = Faults(visit=ana, wrong=[])
    ana.go("/accounts/2fa/totp/activate/")
    prove(ana.page)
    for scheme in ("light", "dark"):
        ana.page.emulate_media(color_scheme=scheme)
        faults.look("/accounts/2fa/totp/activate/")
    set_up_app(ana)
    add_passkey(ana)
    key = re.search(r"/keys/(\d+)/", ana.go("/accounts/2fa/webauthn/").content())
    assert key
    for scheme in ("light", "dark"):
        ana.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in INSIDE:
            faults.look(f"/accounts/{path.replace('KEY', key[1])}")
    sign_out(ana)
    for scheme in ("light", "dark"):
        ana.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in OUTSIDE:
            faults.look(f"/accounts/{path}")
        ana.go("/accounts/login/")
        sign_in(ana.page, address)
        ana.page.wait_for_url("**/2fa/authenticate/")
        faults.look("/accounts/2fa/authenticate/")
    assert faults.wrong == []
