"""Tells Django about users and persons."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """Users and persons."""

    name = "lowtide.web.accounts"
    label = "accounts"
    verbose_name = "Accounts"
