"""Pages that belong to no slice: what is shown when a form is stale, or something is missing or broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django calls it so)
    """Say that the page was open for too long; what was typed is still there one step back."""
    return render(request, "stale.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django calls it so)
    """Say that there is nothing here, whoever asks: not even that somebody else's data are."""
    return render(request, "missing.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, without asking anything of what has just failed."""
    return render(request, "broken.html", status=500)
