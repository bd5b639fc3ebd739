"""The addresses of the first steps."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.begin import views

urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("begin/safety/", views.safety_first, name="safety-first"),
    path("begin/safety/<int:group>/", views.safety, name="safety"),
    path("begin/body/", views.body, name="body"),
    path("begin/worse/", views.worse, name="worse"),
    path("begin/conditions/", views.conditions, name="conditions"),
    path("begin/positions/", views.positions, name="positions"),
    path("begin/likes/", views.likes, name="likes"),
    path("begin/ready/", views.ready, name="begin-ready"),
    path("begin/first/", views.first, name="first"),
]
