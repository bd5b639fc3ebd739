"""What was said, corrected or taken back: ratings, sessions, and that something did not feel right."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.practice.history.forms import SaidForm
from lowtide.web.practice.models import RatedPain, Ratings, Session
from lowtide.web.practice.records import profile_from

asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@for_person
def of_session(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Correct what was said before and after a session."""
    session = get_object_or_404(request.person.sessions, pk=pk)
    rows = list(session.ratings.prefetch_related("pains"))
    known = [one.region for one in profile_from(session.profile).pains]
    return _corrected(request, rows, known, session.day, session)


@asks
@for_person
def of_ratings(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Correct what was said of a moment."""
    row = get_object_or_404(request.person.ratings.prefetch_related("pains"), arrival=pk, session__isnull=True)
    return _corrected(request, [row], [], row.day, None)


@require_POST
@for_person
def forget_session(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a session back, with all that was said of it."""
    session = get_object_or_404(request.person.sessions, pk=pk)
    session.delete()
    return _gone(request, session.day)


@require_POST
@for_person
def forget_ratings(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take back what was said of a moment."""
    row = get_object_or_404(request.person.ratings, arrival=pk)
    row.delete()
    return _gone(request, row.day)


@require_POST
@for_person
def forget_unwell(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take back that something did not feel right."""
    row = get_object_or_404(request.person.unwell_reports, arrival=pk)
    row.delete()
    return _gone(request, row.day)


def _corrected(
    request: PersonRequest, rows: list[Ratings], known: list[str], day: date, session: Session | None
) -> HttpResponse:
    rated = [one.region for row in rows for one in row.pains.all()]
    form = SaidForm(rows, [*rated, *known], sent(request))
    if form.is_valid():
        _keep(form)
        messages.success(request, "Kept.")
        return redirect("history-day", day=day)
    reports = session.unwell_reports.all() if session else ()
    shown = {"form": form, "session": session, "row": rows[0] if rows else None, "day": day, "reports": reports}
    return render(request, "practice/history/said.html", shown, status=422 if form.errors else 200)


@transaction.atomic
def _keep(form: SaidForm) -> None:
    for row in form.rows:
        Ratings.objects.filter(pk=row.pk).update(**form.measures(row))
        told = form.pains(row)
        row.pains.filter(region__in=form.places).exclude(region__in=told).delete()
        for region, intensity in told.items():
            RatedPain.objects.update_or_create(ratings=row, region=region, defaults={"intensity": intensity})


def _gone(request: PersonRequest, day: date) -> HttpResponse:
    messages.success(request, "It is gone.")
    return redirect("history-day", day=day)
