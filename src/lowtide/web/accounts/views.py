"""The switch between the people of one machine: each has their own data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lowtide.web.accounts.forms import NameForm
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, switch_to


@require_safe
@for_person
def people(request: PersonRequest) -> HttpResponse:
    """Show who there is."""
    return _page(request, NameForm())


@require_POST
@for_person
def add(request: PersonRequest) -> HttpResponse:
    """Make a new person, and let this browser be theirs."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    return _switched(request, Person.objects.create(owner=request.user, name=form.cleaned_data["name"]))


@require_POST
@for_person
def switch(request: PersonRequest, pk: int) -> HttpResponse:
    """Let this browser be another person's."""
    return _switched(request, get_object_or_404(request.user.persons, pk=pk))


def _switched(request: PersonRequest, person: Person) -> HttpResponse:
    switch_to(request, person)
    messages.success(request, f"Hello, {person.name}." if person.name else "Hello.")
    return redirect("/")


def _page(request: PersonRequest, form: NameForm) -> HttpResponse:
    shown = {"persons": request.user.persons.all(), "form": form}
    return render(request, "accounts/people.html", shown, status=422 if form.errors else 200)
