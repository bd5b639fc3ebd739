"""Tells Django about taking along: its page. It stands above every room that has rows, for it must know each table."""

from __future__ import annotations

from django.apps import AppConfig


class Takeout(AppConfig):
    """Taking along, bringing back, deleting."""

    name = "lowtide.web.takeout"
    label = "takeout"
