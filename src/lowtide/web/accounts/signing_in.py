"""What allauth says in its own words in, the same in ours out: what is wrong, and how to prove who one is.

Named in the settings of a server with accounts (`project.environment.mode`); the pages themselves are templates of
`project`.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

WRONG = {
    "account_inactive": "This account is switched off.",
    "cannot_remove_primary_email": "Letters go to this address, so it can not be removed: choose another one first.",
    "duplicate_email": "This address is yours already.",
    "email_password_mismatch": "The address and the password do not belong together. Try once more.",
    "email_taken": "There is an account with this address already. Sign in, or ask for a new password.",
    "enter_current_password": "This is not your password. Try once more.",
    "incorrect_code": "This code is not right, or no longer. Wait for the next one and try that.",
    "incorrect_password": "This is not your password. Try once more.",
    "invalid_or_expired_key": "This link has been used already, or is too old.",
    "invalid_login": "The address and the password do not belong together. Try once more.",
    "invalid_password_reset": "This link has been used already, or is too old.",
    "max_email_addresses": "There can be %d addresses at most. Remove one first.",
    "rate_limited": "Too many attempts. It works again in a few minutes.",
    "same_as_current": "This is what it is already.",
    "select_only_one": "Choose one of them.",
    "too_many_login_attempts": "Too many attempts. It works again in a few minutes.",
    "unknown_email": "There is no account with this address.",
    "unverified_primary_email": "Confirm this address first.",
}
WRONG_FACTOR = {
    "add_email_blocked": "While there is a second factor no address can be added. Switch it off first.",
    "cannot_delete_authenticator": "This second factor can not be removed.",
    "cannot_generate_recovery_codes": "Set up an app or a key first; recovery codes come with it.",
    "incorrect_code": WRONG["incorrect_code"],
    "unverified_email": "Confirm your address first: follow the link in the letter.",
}
WAYS = {
    "reauthenticate": "With your password",
    "mfa_reauthenticate": "With a code",
    "mfa_reauthenticate:webauthn": "With a passkey or a key",
}


class Account(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in with a password."""

    error_messages = DefaultAccountAdapter.error_messages | WRONG

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways in which somebody can prove who they are."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS.get(way["id"], way["description"])} for way in ways]

    def format_email_subject(self, subject: str) -> str:
        """Say in a letter's subject where it comes from."""
        return f"Lowtide: {subject}"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in with a second factor or a passkey."""

    error_messages = DefaultMFAAdapter.error_messages | WRONG_FACTOR

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 (allauth's own name)
        """Propose what a new key may be called."""
        return "another device" if user.authenticator_set.filter(type=type).exists() else "this device"
