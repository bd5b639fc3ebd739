"""What is known and wished: looked at, and changed one thing at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lowtide import speak
from lowtide.screen import QUESTIONS
from lowtide.web.accounts.days import zones
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.practice import records
from lowtide.web.practice.begin.wording import (
    CONDITIONS,
    EXPERIENCE,
    FAMILIES,
    POSITIONS,
    TRIGGERS,
    Label,
    text_of,
)
from lowtide.web.practice.body.form import label
from lowtide.web.practice.me import voices
from lowtide.web.practice.me.forms import PersonForm, SoundForm

NO_CONTENT, UNPROCESSABLE = 204, 422


@require_safe
@for_person
def me(request: PersonRequest) -> HttpResponse:
    """Show everything that is known, each with where to change it."""
    now = timezone.now()
    profile, version = records.profile_of(request.person, now), records.latest_version(request.person)
    known = [
        ("Where it hurts", "body", ", ".join(label(one.region) for one in profile.pains)),
        ("What makes it worse", "worse", _said(TRIGGERS, version.worse_with, "nothing does")),
        ("What else is known", "conditions", _said(CONDITIONS, version.conditions, "none of what was asked")),
        ("Positions that work", "positions", _said(POSITIONS, version.positions or None, "")),
        (
            "What you like",
            "likes",
            _said(FAMILIES, version.likes or None, "") or text_of(EXPERIENCE, version.experience),
        ),
    ]
    shown = {
        "known": known, "answered": len(profile.answers), "questions": len(QUESTIONS),
        "why": records.why_again_of(request.person, now),
    }  # fmt: skip
    return render(request, "practice/me/me.html", shown)


def _said(labels: tuple[Label, ...], values: list[str] | None, nothing: str) -> str:
    if values is None:
        return ""
    return ", ".join(text_of(labels, value) for value in values) or nothing


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def person(request: PersonRequest) -> HttpResponse:
    """Change name, time zone and when a day begins."""
    form = PersonForm(sent(request), instance=request.person)
    if form.is_valid():
        form.save()
        return _kept(request)
    return _page(request, "practice/me/person.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def sound(request: PersonRequest) -> HttpResponse:
    """Change voice, soundscape and volumes."""
    there = speak.voices()
    form = SoundForm(voices.labels(voices.here(there)), sent(request), instance=records.preferences_of(request.person))
    if form.is_valid():
        form.save()
        return _kept(request)
    shown = {"form": form, "could_be_natural": voices.could_be_natural(there)}
    return _page(request, "practice/me/sound.html", shown)


@require_POST
@for_person
def zone(request: PersonRequest) -> HttpResponse:
    """Fill in the time zone that a browser knows, where nobody has said one; what was said is never changed."""
    name = request.POST.get("time_zone", "")
    if name not in zones():
        return HttpResponse(status=UNPROCESSABLE)
    Person.objects.filter(pk=request.person.pk, time_zone="").update(time_zone=name)
    return HttpResponse(status=NO_CONTENT)


def _kept(request: PersonRequest) -> HttpResponse:
    messages.success(request, "Kept.")
    return redirect("me")


def _page(request: PersonRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
    return render(request, template, shown, status=422 if shown["form"].errors else 200)
