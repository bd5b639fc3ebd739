"""The addresses of today."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.today import views

urlpatterns = [
    path("begin/now/", views.quick, name="quick"),
    path("today/", views.today, name="today"),
    path("today/choose/", views.choose, name="choose"),
    path("sessions/", views.sessions, name="sessions"),
]
