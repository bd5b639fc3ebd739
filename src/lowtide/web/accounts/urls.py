"""The addresses of the switch between people, on a machine of one's own."""

from __future__ import annotations

from django.urls import path

from lowtide.web.accounts import views

urlpatterns = [
    path("", views.people, name="people"),
    path("add/", views.add, name="people-add"),
    path("<int:pk>/", views.switch, name="people-switch"),
]
