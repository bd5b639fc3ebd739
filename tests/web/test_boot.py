"""The app comes up on an empty machine."""

from __future__ import annotations

from django.test import Client


def test_the_first_page_needs_no_account(for_me: Client) -> None:
    assert for_me.get("/", follow=True).status_code == 200
