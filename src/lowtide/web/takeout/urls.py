"""The addresses of taking along and deleting."""

from __future__ import annotations

from django.urls import path

from lowtide.web.takeout import views

urlpatterns = [
    path("takeout/", views.takeout, name="takeout"),
    path("takeout/lowtide.zip", views.as_tables, name="takeout-zip"),
    path("takeout/lowtide.json", views.as_document, name="takeout-json"),
    path("takeout/bring/", views.bring, name="bring"),
    path("takeout/read/", views.read_back, name="takeout-read"),
    path("takeout/delete/", views.delete, name="takeout-delete"),
    path("takeout/gone/", views.gone, name="gone"),
]
