"""Afterwards: the same ratings in one screen, how pleasant it was, and a note. It waits until it is told."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide.model.body import REGIONS
from lowtide.model.movement import Position
from lowtide.model.profile import Pain
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.accounts.waited import said_at
from lowtide.web.practice import records
from lowtide.web.practice.checkin import actions
from lowtide.web.practice.checkin.forms import FEELINGS, AfterForm
from lowtide.web.practice.models import Moment, Session
from lowtide.web.practice.today.cards import cards_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def after(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask how it is after a session."""
    session = get_object_or_404(request.person.sessions, pk=pk)
    now = said_at(request)
    if session.ratings.filter(moment=Moment.AFTER).exists():
        return redirect("thanks", pk=pk)
    form = AfterForm(_places(session), sent(request))
    if form.is_valid():
        told = form.cleaned_data
        kept = actions.tell_after(
            session,
            actions.ToldAfter(
                arrival=told["arrival"], pains=form.pains(), measures=form.measures(), note=told["note"],
                pleasantness=told["pleasantness"], is_unwell=told["unwell"] or bool(told["feelings"]),
                feelings=tuple(told["feelings"]),
            ),
            now,
        )  # fmt: skip
        messages.success(request, "Kept. Thank you." if kept else "That was kept already.")
        return redirect("thanks", pk=pk)
    shown = {"form": form, "session": session, "feelings": FEELINGS}
    return render(request, "practice/checkin/after.html", shown, status=422 if form.errors else 200)


@require_safe
@for_person
def thanks(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Say thank you, and what past sessions change where they do."""
    session = get_object_or_404(request.person.sessions, pk=pk)
    now = timezone.now()
    shown = {
        "session": session, "harm": records.harm_of(request.person, now), "cards": cards_of(request.person, now),
        "was_lying": session.wish.get("position") in (Position.LYING, Position.RECLINED),
    }  # fmt: skip
    return render(request, "practice/checkin/thanks.html", shown)


def _places(session: Session) -> list[Pain]:
    """Ask again about the places that were rated before, or about those that were known."""
    before = session.ratings.filter(moment=Moment.BEFORE).first()
    rated = [one.region for one in before.pains.all()] if before else []
    known = rated or [one.region for one in records.profile_from(session.profile).pains]
    return [Pain(region=name) for name in known if name in REGIONS]
