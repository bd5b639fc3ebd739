"""The addresses of certificates."""

from __future__ import annotations

from django.urls import path

from lowtide.web.course.certificate import views

urlpatterns = [
    path("course/certificate/", views.certificates, name="certificates"),
    path("course/certificate/<uuid:pk>/", views.one, name="certificate"),
]
