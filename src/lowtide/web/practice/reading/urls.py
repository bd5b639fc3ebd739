"""The addresses of reading."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.reading import views

urlpatterns = [
    path("reading/", views.shelf, name="reading"),
    path("reading/<slug:name>/", views.article, name="article"),
]
