"""Tells Django about reminders: their rows, and what else has to know when something changes."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class Reminders(AppConfig):
    """Reminders."""

    name = "lowtide.web.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Say what counts as practised, and be told when somebody's zone or day changes."""
        from lowtide.web.accounts.models import Person
        from lowtide.web.reminders.practised import in_the_app, register

        register(in_the_app)
        post_save.connect(_reckon, sender=Person, dispatch_uid="lowtide.reminders.reckon")


def _reckon(instance: Any, created: bool, raw: bool, **_more: object) -> None:
    from lowtide.web.reminders.actions import reckon

    if not (created or raw):
        reckon(instance)
