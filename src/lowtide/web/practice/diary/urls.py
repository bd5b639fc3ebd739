"""The addresses of the diary and of practice outside."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.diary import outside, views

urlpatterns = [
    path("diary/", views.diary, name="diary"),
    path("diary/<uuid:pk>/", views.entry, name="diary-entry"),
    path("diary/<uuid:pk>/forget/", views.forget, name="diary-forget"),
    path("outside/", outside.outside, name="outside"),
    path("outside/<uuid:pk>/", outside.practice, name="outside-practice"),
    path("outside/<uuid:pk>/forget/", outside.forget, name="outside-forget"),
]
