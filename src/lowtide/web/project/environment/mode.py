"""For one person's own machine, or with accounts: a mode in, the settings in which the two differ out.

Called by the settings and by tests. Law: without accounts nothing is served beyond this machine, and every request must
name this machine (a web page elsewhere that points its own name here is refused: DNS rebinding).
"""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Any

from lowtide.errors import UserError

VARIABLE = "LOWTIDE_MODE"
HOSTS_VARIABLE = "LOWTIDE_HOSTS"
"""The names, separated by commas, under which a server with accounts is reached."""
HTTPS_VARIABLE = "LOWTIDE_HTTPS"
"""0 where a server with accounts is tried on its own machine, without a proxy that does TLS."""
HSTS_VARIABLE = "LOWTIDE_HSTS_SECONDS"
"""For how long browsers are told to come by https only."""
ADDRESS_VARIABLE = "LOWTIDE_ADDRESS"
"""The address that letters lead to, without a slash at its end; `lowtide serve` and the names of hosts say it else."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Every name of this machine that a browser may have in its address line."""
HSTS_SECONDS = 3600
"""An hour: long enough to matter, short enough to mend a certificate that went wrong. A year, once it works."""

COUNTS_TABLE = "lowtide_counts"
"""Where guesses at passwords are counted: in the database, so that many machines count together."""
LONGEST_COOKIE_SECONDS = 400 * 24 * 3600
"""As long as browsers allow: whoever was switched to stays who sits here."""
SIGNED_IN_SECONDS = 14 * 24 * 3600


class Mode(StrEnum):
    """Who is served."""

    FOR_ME = "for-me"
    """Whoever sits at this machine; no password."""
    ACCOUNTS = "accounts"
    """Whoever has an account."""


_BEFORE = (
    "django.middleware.security.SecurityMiddleware",
    "lowtide.web.project.static_files.StaticFiles",
    "lowtide.web.project.middleware.private_pages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lowtide.web.project.middleware.same_origin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
)
_AFTER = (
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def mode() -> Mode:
    """Read the mode from the environment: for me, unless it says otherwise."""
    text = os.environ.get(VARIABLE) or Mode.FOR_ME
    if text not in Mode._value2member_map_:
        raise UserError(f"{VARIABLE} can not be '{text}'.", hint=f"It is one of: {', '.join(Mode)}.")
    return Mode(text)


def settings_of(which: Mode) -> dict[str, Any]:
    """Give the settings that only hold in this mode."""
    return _for_me() if which is Mode.FOR_ME else _accounts()


def _for_me() -> dict[str, Any]:
    return {
        "MODE": Mode.FOR_ME,
        "PUBLIC_ADDRESS": _address("http://127.0.0.1:8000"),
        "ROOT_URLCONF": "lowtide.web.project.urls",
        "ALLOWED_HOSTS": list(LOOPBACK),
        "MIDDLEWARE": [*_BEFORE, "lowtide.web.accounts.local.whoever_is_here", *_AFTER],
        "SESSION_COOKIE_AGE": LONGEST_COOKIE_SECONDS,
        **_https(is_on=False),
    }


def _accounts() -> dict[str, Any]:
    hosts = [host.strip() for host in os.environ.get(HOSTS_VARIABLE, "").split(",") if host.strip()]
    is_https = os.environ.get(HTTPS_VARIABLE, "1") != "0"
    return {
        "MODE": Mode.ACCOUNTS,
        "PUBLIC_ADDRESS": _address(f"http{'s' if is_https else ''}://{(hosts or LOOPBACK)[0]}"),
        "SESSION_COOKIE_AGE": SIGNED_IN_SECONDS,
        "ROOT_URLCONF": "lowtide.web.project.urls_accounts",
        "ALLOWED_HOSTS": hosts or list(LOOPBACK),
        "MIDDLEWARE": [*_BEFORE, *_AFTER],
        "ACCOUNT_ADAPTER": "lowtide.web.accounts.signing_in.Account",
        "MFA_ADAPTER": "lowtide.web.accounts.signing_in.Factors",
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": COUNTS_TABLE}},
        **_https(is_on=is_https),
    }


def _address(usual: str) -> str:
    return (os.environ.get(ADDRESS_VARIABLE) or usual).rstrip("/")


def _https(*, is_on: bool) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_SECURE": is_on,
        "CSRF_COOKIE_SECURE": is_on,
        "SECURE_SSL_REDIRECT": is_on,
        "SECURE_HSTS_SECONDS": _seconds() if is_on else 0,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if is_on else None,
        "ALLAUTH_TRUSTED_PROXY_COUNT": int(is_on),  # TLS is a proxy's work: guesses are counted by whom it names
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if is_on else "http",
    }


def _seconds() -> int:
    text = os.environ.get(HSTS_VARIABLE, str(HSTS_SECONDS))
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise UserError(f"{HSTS_VARIABLE} can not be '{text}'.", hint="Write seconds, such as 31536000 for a year.")
    return int(text)
