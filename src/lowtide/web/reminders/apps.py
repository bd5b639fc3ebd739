"""Tells Django about reminders: their rows, and what else has to know when something changes."""

from __future__ import annotations

from django.apps import AppConfig


class Reminders(AppConfig):
    """Reminders."""

    name = "lowtide.web.reminders"
    label = "reminders"
