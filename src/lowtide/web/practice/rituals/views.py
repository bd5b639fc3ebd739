"""Rituals: all of them in the order of a day, and each with one tap to begin it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.library import Ritual
from lowtide.screen import ANYTHING_NEW
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice import records
from lowtide.web.practice.begin.wording import POSITIONS
from lowtide.web.practice.rituals.offering import found, offer_of, offer_or_why
from lowtide.web.practice.today import actions
from lowtide.web.practice.today.views import stopped


class RitualForm(forms.Form):
    """What one tap sends in."""

    anything_new = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)
    minutes = forms.FloatField(required=False, min_value=0)
    session = forms.UUIDField(required=False)


@require_safe
@for_person
def rituals(request: PersonRequest) -> HttpResponse:
    """Show every ritual, in the order of a day."""
    return render(request, "practice/rituals/rituals.html", {"rituals": content.rituals()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def ritual(request: PersonRequest, name: str) -> HttpResponse:
    """Show one ritual; begin it."""
    now, person, one = timezone.now(), request.person, found(name)
    if one is None:
        raise Http404
    error: UserError | None = None
    if request.method == "POST":
        form = RitualForm(request.POST)
        form.is_valid()  # what can not be read is left out
        told = form.cleaned_data
        stop = stopped(request, told.get("anything_new", ""), now)
        if stop:
            return stop
        try:
            return _begun(request, one, told)
        except UserError as failure:
            error = failure
    shown = invited(person, one)
    if shown is None:
        return redirect("first")
    shown["error"] = error or shown["error"]
    return render(request, "practice/rituals/ritual.html", shown, status=422 if error else 200)


def invited(person: Person, one: Ritual) -> dict[str, Any] | None:
    """Give what a page shows of a ritual for a person; None where they have to see someone first."""
    now = timezone.now()
    clearance = records.verdict_of(person, now).clearance
    if clearance is None:
        return None
    offered, error = offer_or_why(person, one, clearance, now)
    lengths = sorted({one.least_minutes, one.most_minutes} - {one.usual_minutes})
    return {
        "ritual": one, "offer": offered, "error": error, "anything_new": ANYTHING_NEW,
        "lengths": [int(each) if each == int(each) else each for each in lengths],
        "positions": {each.value: each.text for each in POSITIONS},
    }  # fmt: skip


def _begun(request: PersonRequest, one: Ritual, told: dict[str, Any]) -> HttpResponse:
    now, person = timezone.now(), request.person
    clearance = records.verdict_of(person, now).clearance
    assert clearance is not None, "whoever has to see someone first was stopped before"
    chosen = offer_of(person, one, clearance, now, told.get("minutes"))
    named = replace(chosen, name=told.get("session") or chosen.name)
    profile = records.profile_of(person, now)
    made = actions.make_session(person, profile, named, now, has_bell=one.has_bell, title=one.title)
    return redirect(f"/sessions/{made.uuid}/")
