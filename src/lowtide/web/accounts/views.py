"""The switch between the people of one machine."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from lowtide.web.accounts.people import PersonRequest, for_person


@for_person
def people(request: PersonRequest) -> HttpResponse:
    """Show who there is."""
    return render(request, "accounts/people.html", {"persons": request.user.persons.all()})
