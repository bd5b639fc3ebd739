"""The addresses of what is known and wished."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.me import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/person/", views.person, name="me-person"),
    path("me/sound/", views.sound, name="me-sound"),
    path("me/zone/", views.zone, name="me-zone"),
]
