"""A request on one's own machine in, the same request as the local user's out: no password, no account.

Only in for-me mode is this among the middleware; there the server listens on this machine alone, and the request has
named this machine (`ALLOWED_HOSTS`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lowtide.web.accounts.models import User

ADDRESS = "me@this-machine.invalid"
"""RFC 2606: no letter ever goes there, and nobody can sign in with it, for there is no password."""


def whoever_is_here(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Take every request as the local user's."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.user = local_user()
        return get_response(request)

    return answer


def local_user() -> User:
    """Give the local user, made where there is none yet."""
    found = User.objects.filter(is_local=True).first()
    return found or User.objects.get_or_create(email=ADDRESS, defaults={"is_local": True, "password": "!"})[0]
