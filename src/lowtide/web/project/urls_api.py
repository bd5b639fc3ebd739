"""The addresses of the API: every room's routers behind one door. A room with something to tell adds its own here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import PathConverter

from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.course.api import router as course
from lowtide.web.practice.api import choosing, person, playing, telling
from lowtide.web.practice.api.door import api, not_there
from lowtide.web.takeout.api import router as takeout

api.add_router("", person.router)
api.add_router("", choosing.router)
api.add_router("/sessions", playing.router)
api.add_router("", telling.router)
api.add_router("", course)
api.add_router("", takeout)


class Whatever(PathConverter):
    """Whatever follows, a line break too, which `<path:…>` does not take."""

    regex = "(?s:.+)"


register_converter(Whatever, "whatever")


@for_person
def root(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 (a view is given a request)
    """Lead to what says everything else."""
    return redirect("api:openapi-json")


def nothing(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 (where it led does not matter)
    """Say in the API's own way that an address leads nowhere."""
    return not_there(request, Http404())


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", root, name="api"),
    path("api/", api.urls),
    path("api/<whatever:rest>", nothing),
]
