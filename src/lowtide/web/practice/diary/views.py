"""The pain diary: several times a day, place by place; each entry can be corrected and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lowtide.model.profile import Pain
from lowtide.web.accounts.days import wall_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.accounts.waited import waited_since
from lowtide.web.practice import records
from lowtide.web.practice.body.form import WORDS, lacks_detail, read_pains, spots
from lowtide.web.practice.diary import actions
from lowtide.web.practice.diary.forms import EntryForm
from lowtide.web.practice.diary.said import in_words
from lowtide.web.practice.models import DiaryEntry
from lowtide.web.practice.today.forms import MEASURES, USUAL_PLACE

DAYS_SHOWN = 7
"""Older entries are found in the calendar."""
asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@for_person
def diary(request: PersonRequest) -> HttpResponse:
    """Ask how it is now, and show the last days."""
    known = records.body_pains(request.person, records.timing_of(request.person, timezone.now()).day)
    places = [Pain(region=one.region) for one in known] or [Pain(region=USUAL_PLACE)]
    form = EntryForm(request.person, places, sent(request), at=waited_since(request))
    if _is_told(request, form):
        _keep(request, form)
        return redirect("diary")
    return _page(request, form, "practice/diary/diary.html", {"days": _last_days(request.person)})


@asks
@for_person
def entry(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one entry, to be corrected."""
    row = get_object_or_404(request.person.diary.prefetch_related("pains"), arrival=pk)
    places = [pain for one in row.pains.all() if (pain := records.pain_of(one)) is not None]
    said = {name: getattr(row, name) for name in (*MEASURES, "note", "arrival")}
    form = EntryForm(request.person, places, sent(request), at=row.at, initial=said)
    if _is_told(request, form):
        form.cleaned_data["arrival"] = row.arrival
        return redirect("history-day", day=_keep(request, form).day)
    return _page(request, form, "practice/diary/entry.html", {"row": row})


@require_POST
@for_person
def forget(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take an entry back."""
    get_object_or_404(request.person.diary, arrival=pk).delete()
    messages.success(request, "It is gone.")
    return redirect("diary")


def _is_told(request: PersonRequest, form: EntryForm) -> bool:
    # Without JavaScript a place that was only ticked is asked about first.
    return form.is_valid() and not lacks_detail(request.POST)


def _keep(request: PersonRequest, form: EntryForm) -> DiaryEntry:
    told = form.cleaned_data
    kept = actions.Told(
        arrival=told["arrival"], at=told["at"], pains=form.pains(), measures=form.measures(), note=told["note"]
    )
    messages.success(request, "Kept.")
    return actions.tell(request.person, kept)


def _page(request: PersonRequest, form: EntryForm, template: str, shown: dict[str, Any]) -> HttpResponse:
    told = {one.region: one for one in read_pains(form.data)} if form.is_bound else {}
    places = {one.region: told.get(one.region, one) for one in form.places}
    new = [one for name, one in told.items() if name not in places]
    shown |= {"form": form, "places": spots(places.values()), "new": new, "words": WORDS}
    return render(request, template, shown, status=422 if form.errors else 200)


def _last_days(person: Person) -> list[dict[str, Any]]:
    today = records.timing_of(person, timezone.now()).day
    rows = person.diary.filter(day__gt=today - timedelta(days=DAYS_SHOWN)).order_by("-at").prefetch_related("pains")
    days: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        line = {"row": row, "at": wall_of(person, row.at), "said": in_words(row, row.pains.all())}
        days.setdefault(row.day, []).append(line)
    return [{"day": day, "is_today": day == today, "lines": lines} for day, lines in days.items()]
