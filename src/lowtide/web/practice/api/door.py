"""Who may come in and what is said to who may not: a request in, its person or one clear line out.

Called by every address of the API. Laws: whoever comes with a browser's session proves with a token that they mean it;
a session that is not this person's is not there, whatever else is sent; nothing unknown is taken in silence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf
from pydantic import ConfigDict

from lowtide.errors import UserError
from lowtide.web.accounts.people import PersonRequest, person_of
from lowtide.web.accounts.waited import has_waited, is_of

ALONE = "private, no-store"
_PART = re.compile(r"<\w+:(\w+)>")
SAFE = ("GET", "HEAD", "OPTIONS")


class Strict(Schema):
    """A value of the API; a field that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Problem(Strict):
    """What went wrong, and what would work: one line each."""

    message: str
    hint: str


PROBLEMS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 422}): Problem}
"""What every address may answer with, besides what it is for."""


class Here(APIKeyCookie):
    """Lets in whoever is signed in; on a machine of one's own, whoever is here."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)  # asked for below, with words

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 (the session is Django's own)
        """Give the person; the request then has it too."""
        if not request.user.is_authenticated:
            return None
        if request.method not in SAFE and check_csrf(request) is not None:
            raise HttpError(403, "The token is missing or old.")
        person = person_of(request)
        if has_waited(request) and not is_of(request, person):
            raise HttpError(409, "This was written by somebody else.")
        _refuse_unknown(request)
        request.person = person  # type: ignore[attr-defined]  # this makes it a PersonRequest
        return person


def _refuse_unknown(request: HttpRequest) -> None:
    assert request.resolver_match is not None, "an address that leads here was resolved"
    path = "/" + _PART.sub(r"{\1}", request.resolver_match.route)
    unknown = sorted(set(request.GET) - _asked().get((path, (request.method or "").lower()), frozenset()))
    if unknown:
        raise HttpError(422, "There is no such thing to ask for in the address.")


@cache
def _asked() -> dict[tuple[str, str], frozenset[str]]:
    """Give what may be asked for in the address of each path and method."""
    return {
        (path, method): frozenset(one["name"] for one in known.get("parameters", ()) if one["in"] == "query")
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, known in methods.items()
    }


class OfSession(Here):
    """The same, for an address of one session: it is looked up first."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Give the session, among those of this person."""
        person = super().authenticate(request, key)
        if person is None or request.resolver_match is None:
            return None
        return get_object_or_404(person.sessions, pk=request.resolver_match.kwargs["pk"])


class OfRow(Here):
    """The same, for an address of something that was told by its arrival; `of` names the person's rows."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self.of = of

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Give the row, among those of this person."""
        person = super().authenticate(request, key)
        if person is None or request.resolver_match is None:
            return None
        return get_object_or_404(getattr(person, self.of), arrival=request.resolver_match.kwargs["pk"])


class Known(PersonRequest):
    """A request that was let in."""

    auth: Any
    """What its door has found: the person, a session or a row."""


class Api(NinjaAPI):
    """Whose answers are nobody else's."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """Write an answer that no browser and no proxy keeps."""
        response: HttpResponse = super().create_response(request, data, **kwargs)
        response.headers["Cache-Control"] = ALONE
        return response


api = Api(
    title="Lowtide", version="1", docs_url=None, auth=Here(), urls_namespace="api",
    description="The same things as the pages. Ask /api/token first, and send it as X-CSRFToken with whatever changes "
    "something. Times are ISO 8601 with an offset; lengths are milliseconds; ratings go from 0 to 10.",
)  # fmt: skip

HINTS = {
    401: "Sign in first, with a browser's session.",
    403: "Ask /api/token, and send it as X-CSRFToken.",
    404: "",
    422: "See /api/openapi.json for what is taken.",
    409: "Ask again as the person who has written it.",
}


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say why it is not answered."""
    return problem(request, error.status_code, error.message, HINTS.get(error.status_code, "Send JSON."))


@api.exception_handler(AuthenticationError)
def not_known(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 (ninja calls it so)
    """Say that nobody is signed in."""
    return problem(request, 401, "Nobody is signed in.", HINTS[401])


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 (not even why is told)
    """Say that there is nothing here, whoever asks."""
    return problem(request, 404, "There is nothing here.", "See /api/openapi.json for what there is.")


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say what is wrong with what was sent: the first thing, and where."""
    first = error.errors[0]
    inside = first["loc"][2 if first["loc"][0] == "body" else 1 :]  # a body's first part is our own name for it
    where = ".".join(str(part) for part in inside) or "what was sent"
    return problem(request, 422, f"{where}: {first['msg']}.", "See /api/openapi.json for what is taken.")


@api.exception_handler(UserError)
def can_not_be(request: HttpRequest, error: UserError) -> HttpResponse:
    """Say what can not be had, and what can."""
    return problem(request, 422, error.message, error.hint)


def problem(request: HttpRequest, status: int, message: str, hint: str) -> HttpResponse:
    """Write one clear line."""
    return api.create_response(request, {"message": message, "hint": hint}, status=status)
