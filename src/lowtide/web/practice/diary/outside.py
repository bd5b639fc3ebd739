"""Practice that Lowtide did not guide, entered by hand: it counts as well."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.accounts.waited import waited_since
from lowtide.web.practice.diary import actions
from lowtide.web.practice.diary.forms import MINUTES, OUTSIDE, OutsideForm
from lowtide.web.practice.models import OutsidePractice

MOST_SHOWN = 12
"""The last ones; older ones are found in the calendar."""
asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@for_person
def outside(request: PersonRequest) -> HttpResponse:
    """Ask what was practised, and show the last practices."""
    form = OutsideForm(request.person, sent(request), at=waited_since(request))
    if form.is_valid():
        kept = _keep(request, form)
        messages.success(request, f"Kept: {kept.what}, {kept.minutes} min.")
        return redirect("outside")
    rows = request.person.outside_practice.order_by("-at")[:MOST_SHOWN]
    return _page(request, form, "practice/diary/outside.html", {"rows": rows})


@asks
@for_person
def practice(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one practice, to be corrected."""
    row = get_object_or_404(request.person.outside_practice, arrival=pk)
    form = OutsideForm(request.person, sent(request), at=row.at, initial=_said(row))
    if form.is_valid():
        form.cleaned_data["arrival"] = row.arrival
        kept = _keep(request, form)
        messages.success(request, "Kept.")
        return redirect("history-day", day=kept.day.isoformat())
    return _page(request, form, "practice/diary/practice.html", {"row": row})


@require_POST
@for_person
def forget(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a practice back."""
    get_object_or_404(request.person.outside_practice, arrival=pk).delete()
    messages.success(request, "It is gone.")
    return redirect("outside")


def _said(row: OutsidePractice) -> dict[str, Any]:
    is_usual, is_tapped = row.what in OUTSIDE, row.minutes in MINUTES
    return {
        "arrival": row.arrival, "note": row.note,
        "what": row.what if is_usual else "", "own": "" if is_usual else row.what,
        "minutes": row.minutes if is_tapped else None, "other_minutes": None if is_tapped else row.minutes,
    }  # fmt: skip


def _keep(request: PersonRequest, form: OutsideForm) -> OutsidePractice:
    told = form.cleaned_data
    kept = actions.Practised(
        arrival=told["arrival"], at=told["at"], what=told["what"], minutes=told["minutes"], note=told["note"]
    )
    return actions.tell_outside(request.person, kept)


def _page(request: PersonRequest, form: OutsideForm, template: str, shown: dict[str, Any]) -> HttpResponse:
    shown |= {"form": form, "usual": OUTSIDE, "lengths": MINUTES}
    return render(request, template, shown, status=422 if form.errors else 200)
