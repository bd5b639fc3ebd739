"""The addresses of this slice."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from lowtide.web.practice.offline import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("offline/shell/", views.shell, name="offline-shell"),
    path("offline/files.json", views.kept_files, name="offline-files"),
    path("offline/here.json", views.here, name="offline-here"),
]
