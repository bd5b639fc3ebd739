"""What every page has in common: a request in, a refusal or a response with its headers out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
OWN = ("same-origin", "none", "")
"""What browsers say of a request from our own pages, from the address line, and where they say nothing."""
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
        response.headers.setdefault("Cache-Control", "private, no-store" if _is_page(response) else "private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return answer


def _is_page(response: HttpResponseBase) -> bool:
    return isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html")
