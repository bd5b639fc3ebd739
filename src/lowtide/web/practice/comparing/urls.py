"""The addresses of fair comparisons."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.comparing import views

urlpatterns = [
    path("comparison/", views.comparison, name="comparison"),
    path("comparison/stop/", views.stop, name="comparison-stop"),
]
