"""The addresses of looking back."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.history import views

urlpatterns = [path("history/", views.history, name="history")]
