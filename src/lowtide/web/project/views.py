"""Pages that belong to no slice: what is shown when a form is stale, or something is missing or broken."""

from __future__ import annotations

import shutil
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lowtide.web.project.environment.database import says_full

THEMES = ("light", "dark")
"""What may be chosen; anything else means "as the device has it"."""
FULL_BYTES = 2**20
"""With less room than this hardly anything can be kept."""
INSUFFICIENT_STORAGE = 507
"""RFC 4918, 11.5."""
THEME_SECONDS = 400 * 24 * 3600
"""As long as browsers keep a cookie at most (RFC 6265bis, 5.5)."""


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in this browser, and go back to where it was asked; it is no part of a person's data."""
    answer = redirect("me")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(
            "theme", chosen, max_age=THEME_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django calls it so)
    """Say that the page was open for too long; what was typed is still there one step back."""
    return render(request, "stale.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django calls it so)
    """Say that there is nothing here, whoever asks: not even that somebody else's data are."""
    return render(request, "missing.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, without asking anything of what has just failed; or that the disk is full."""
    is_full = says_full(sys.exc_info()[1]) or shutil.disk_usage(settings.DATA_FOLDER).free < FULL_BYTES
    return render(request, "broken.html", {"is_full": is_full}, status=INSUFFICIENT_STORAGE if is_full else 500)
