"""The addresses of looking back."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from lowtide.web.practice.history import day, said, views


class DayConverter:
    """A day in an address: `2026-03-21`."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> date:
        """Read it; a day that no calendar has leads nowhere."""
        return date.fromisoformat(text)

    def to_url(self, day: date | str) -> str:
        """Write it."""
        return str(day)


register_converter(DayConverter, "day")

urlpatterns = [
    path("history/", views.history, name="history"),
    path("history/<day:day>/", day.day, name="history-day"),
    path("history/sessions/<uuid:pk>/", said.of_session, name="said-of-session"),
    path("history/sessions/<uuid:pk>/forget/", said.forget_session, name="forget-session"),
    path("history/told/<uuid:pk>/", said.of_ratings, name="said"),
    path("history/told/<uuid:pk>/forget/", said.forget_ratings, name="forget-said"),
    path("history/unwell/<uuid:pk>/forget/", said.forget_unwell, name="forget-unwell"),
]
