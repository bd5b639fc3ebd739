"""Every address of a server with accounts."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from lowtide.web.project import views
from lowtide.web.project.urls import shared

admin.site.site_header = admin.site.site_title = "Lowtide: accounts"
urlpatterns = [*shared, path("accounts/", include("allauth.urls")), path("admin/", admin.site.urls)]
handler404 = views.not_found
handler500 = views.broken
