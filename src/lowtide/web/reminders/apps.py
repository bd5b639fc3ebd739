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
        """Say what counts as practised and which ways there are; be told of zones, days, and who comes and goes."""
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
        _hear_who_comes_and_goes()
        post_migrate.connect(_make_keys, sender=self, dispatch_uid="lowtide.reminders.keys")


def _reckon(instance: Any, created: bool, raw: bool, **_more: object) -> None:
    from lowtide.web.reminders.actions import reckon

    if not (created or raw):
        reckon(instance)


def _hear_who_comes_and_goes() -> None:
    from allauth.account import signals
    from django.contrib.auth.signals import user_logged_in, user_logged_out

    from lowtide.web.accounts.people import switched
    from lowtide.web.reminders import leaving

    user_logged_in.connect(leaving.signed_in, dispatch_uid="lowtide.reminders.signed_in")
    user_logged_out.connect(leaving.signed_out, dispatch_uid="lowtide.reminders.signed_out")
    switched.connect(leaving.switched, dispatch_uid="lowtide.reminders.switched")
    for signal in (signals.password_changed, signals.password_set, signals.password_reset):
        signal.connect(leaving.password_changed, dispatch_uid="lowtide.reminders.password")


def _make_keys(**_more: object) -> None:
    from lowtide.web.reminders.push.keys import keys

    keys()
