"""Every address on a machine of one's own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from lowtide.web.project import views

shared = [
    path("", include("lowtide.web.practice.urls")),
    path("", include("lowtide.web.reminders.pages.urls")),
    path("", include("lowtide.web.course.urls")),
    path("", include("lowtide.web.takeout.urls")),
    path("", include("lowtide.web.project.urls_api")),
    path("theme/", views.theme, name="theme"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}project/icons/favicon-32.png")),
]
if settings.DEBUG:
    shared.append(path("look/", TemplateView.as_view(template_name="look.html"), name="look"))

urlpatterns = [*shared, path("people/", include("lowtide.web.accounts.urls"))]
handler404 = views.not_found
handler500 = views.broken
