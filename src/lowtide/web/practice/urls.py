"""The addresses of the practice: one folder for each slice, which keeps its own."""

from __future__ import annotations

from django.urls import include, path

from lowtide.web.practice.today.views import door

urlpatterns = [
    path("", door, name="door"),
    *(
        path("", include(f"lowtide.web.practice.{name}.urls"))
        for name in (
            "begin",
            "today",
            "player",
            "checkin",
            "history",
            "progress",
            "comparing",
            "diary",
            "reading",
            "rituals",
            "offline",
            "me",
        )
    ),
]
