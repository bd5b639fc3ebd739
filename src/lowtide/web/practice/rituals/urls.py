"""The addresses of rituals."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.rituals import views

urlpatterns = [
    path("rituals/", views.rituals, name="rituals"),
    path("rituals/<slug:name>/", views.ritual, name="ritual"),
]
