"""Tells Django about reminders: their rows, and what else has to know when something changes."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class Reminders(AppConfig):
    """Reminders."""

    name = "lowtide.web.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Say what counts as practised, which ways there are, and be told when somebody's zone or day changes."""
        from lowtide.web.accounts.models import Person
        from lowtide.web.reminders import channels, subjects
        from lowtide.web.reminders.channels.mail import Mail
        from lowtide.web.reminders.channels.push import Push
        from lowtide.web.reminders.practised import in_the_app, register

        register(in_the_app)
        subjects.register_our_own()
        channels.register(Push())
        channels.register(Mail())
        post_save.connect(_reckon, sender=Person, dispatch_uid="lowtide.reminders.reckon")
        post_migrate.connect(_make_keys, sender=self, dispatch_uid="lowtide.reminders.keys")


def _reckon(instance: Any, created: bool, raw: bool, **_more: object) -> None:
    from lowtide.web.reminders.actions import reckon

    if not (created or raw):
        reckon(instance)


def _make_keys(**_more: object) -> None:
    from lowtide.web.reminders.push.keys import keys

    keys()
