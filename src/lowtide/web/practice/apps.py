"""Tells Django about the practice: its rows, templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class Practice(AppConfig):
    """The practice."""

    name = "lowtide.web.practice"
    label = "practice"
