"""The addresses of how it goes."""

from __future__ import annotations

from django.urls import path

from lowtide.web.practice.progress import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("progress/report.pdf", views.report_pdf, name="report-pdf"),
]
