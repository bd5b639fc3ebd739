"""What every page has in common: a request in, a refusal or a response with its headers out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase

from lowtide.web.accounts.waited import NOBODY, PERSON, key_of

Answer = Callable[[HttpRequest], HttpResponseBase]
OWN = ("same-origin", "none", "")
"""What browsers say of a request from our own pages, from the address line, and where they say nothing."""
BROKEN = 500
"""From here on the database may be what is broken: nothing is asked of it."""
POLICY = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


def same_origin(get_response: Answer) -> Answer:
    """Refuse what another site's page asks for, all but following a link: so it can not read data out."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        site = request.headers.get("Sec-Fetch-Site", "")
        is_link = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
        if site not in OWN and not (is_link and request.headers.get("Sec-Fetch-Dest", "document") == "document"):
            return HttpResponseForbidden("Another site asked for this page, so it is not shown.")
        return get_response(request)

    return answer


def private_pages(get_response: Answer) -> Answer:
    """Tell browsers and caches that a page is this person's alone."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")  # who may be kept for a while says so itself
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", POLICY)
        if _is_page(response) and response.status_code < BROKEN and (whose := _whose(request)):
            response.headers.setdefault(PERSON, whose)
        return response

    return answer


def _is_page(response: HttpResponseBase) -> bool:
    return isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html")


def _whose(request: HttpRequest) -> str:
    """Say whose page it is, for a browser that keeps sessions; empty where the page does not know."""
    person, user = getattr(request, "person", None), getattr(request, "user", None)
    if person is not None:
        return key_of(person)
    return NOBODY if user is not None and not user.is_authenticated else ""
