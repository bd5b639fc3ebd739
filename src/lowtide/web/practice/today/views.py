"""Today: how it is now, and which session suits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from lowtide.web.accounts.people import PersonRequest, for_person


@for_person
def door(request: PersonRequest) -> HttpResponse:
    """Send to where this person goes on."""
    return render(request, "base.html")
