"""The event calendars: one moment looked at closely, in one's own words; each can be corrected and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.accounts.waited import waited_since
from lowtide.web.course.models import EventEntry, EventKind
from lowtide.web.course.pages.forms import WORDS, EventForm
from lowtide.web.course.records import course_of

MOST_SHOWN = 60
asks = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a calendar asks."""

    title: str
    lede: str
    happened: str
    body: str
    mind: str
    now: str


ASKED = {
    EventKind.PLEASANT: Asked(
        title="A pleasant moment", lede="However small: warm water, a face, a minute without hurry.",
        happened="What was it?", body="How did the body feel while it lasted?",
        mind="Which mood came with it, and which thoughts?", now="And now, while you write it down?",
    ),
    EventKind.UNPLEASANT: Asked(
        title="An unpleasant moment", lede="An ordinary one will do. It need not be the worst of the day.",
        happened="What was it?", body="Where in the body was it, and how?",
        mind="Which mood came with it, and which thoughts?", now="And now, while you write it down?",
    ),
    EventKind.COMMUNICATION: Asked(
        title="A conversation that was not easy", lede="A few words were enough: at home, at work, at the doctor’s.",
        happened="With whom, about what? What did you want, and what do you think they wanted?",
        body="What did the body do meanwhile?", mind="What did you feel and think, and what did you say?",
        now="And now, while you write it down?",
    ),
}  # fmt: skip
"""What each calendar asks, in words of our own."""


@asks
@for_person
def calendar(request: PersonRequest) -> HttpResponse:
    """Ask about one moment, and show what was written."""
    kind = _kind(request)
    form = EventForm(request.person, sent(request), at=waited_since(request), initial={"kind": kind.value})
    if form.is_valid():
        _keep(request.person, form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect(f"{request.path}?kind={form.cleaned_data['kind']}")
    rows = request.person.event_entries.order_by("-at")[:MOST_SHOWN]
    return _page(request, form, kind, {"rows": rows})


@asks
@for_person
def entry(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one, to be corrected."""
    row = get_object_or_404(request.person.event_entries, arrival=pk)
    said = {name: getattr(row, name) for name in (*WORDS, "kind", "arrival")}
    form = EventForm(request.person, sent(request), at=row.at, initial=said)
    if form.is_valid():
        _keep(request.person, form.cleaned_data | {"arrival": row.arrival})
        messages.success(request, "Kept.")
        return redirect("course-calendar")
    return _page(request, form, EventKind(row.kind), {"row": row})


@require_POST
@for_person
def forget(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take one back."""
    get_object_or_404(request.person.event_entries, arrival=pk).delete()
    messages.success(request, "It is gone.")
    return redirect("course-calendar")


def keep(person: Person, arrival: UUID, at: datetime, kind: str, words: dict[str, str]) -> EventEntry:
    """Keep one, or correct the one that was sent by the same name."""
    running = course_of(person, timezone.now())
    told = {"at": at, "day": day_of(person, at), "kind": kind, **words}
    return EventEntry.objects.update_or_create(
        person=person, arrival=arrival, defaults=told,
        create_defaults=told | {"enrolment": running.enrolment if running else None},
    )[0]  # fmt: skip


def _keep(person: Person, told: dict[str, Any]) -> None:
    keep(person, told["arrival"], told["at"], told["kind"], {name: told[name] for name in WORDS})


def _kind(request: PersonRequest) -> EventKind:
    """Give the calendar that is asked for, else the present week's, else the first."""
    told = request.POST.get("kind") or request.GET.get("kind", "")
    if told in EventKind.values:
        return EventKind(told)
    return _asked_this_week(request) or EventKind.PLEASANT


def _asked_this_week(request: PersonRequest) -> EventKind | None:
    running = course_of(request.person, timezone.now())
    return EventKind(running.week.events.value) if running and running.is_open and running.week.events else None


def _page(request: PersonRequest, form: EventForm, kind: EventKind, shown: dict[str, Any]) -> HttpResponse:
    fields = [{"field": form[name], "label": getattr(ASKED[kind], name)} for name in WORDS]
    first = _asked_this_week(request)
    shown |= {"form": form, "kind": kind, "asked": ASKED[kind], "fields": fields,
              "kinds": sorted(EventKind, key=lambda one: one is not first), "asks": first,
              "has_course": request.person.enrolments.exists()}  # fmt: skip
    template = "course/entry.html" if "row" in shown else "course/calendar.html"
    return render(request, template, shown, status=422 if form.errors else 200)
