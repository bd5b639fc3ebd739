"""Tells Django about the frame: its templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class Project(AppConfig):
    """The frame."""

    name = "lowtide.web.project"
    label = "project"
