"""The addresses of the check-in."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.checkin import views

urlpatterns = [
    path("sessions/<uuid:pk>/after/", views.after, name="after"),
    path("sessions/<uuid:pk>/thanks/", views.thanks, name="thanks"),
]
