"""All that is wished and what came of it, on one page; quiet hours and the day's end; and a break from everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lowtide.model.routine import MINUTES_OF_DAY, Quiet
from lowtide.web.accounts.days import wall_of, zones
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.reminders.actions import keep_quiet_hours, pause, resume, snoozed
from lowtide.web.reminders.leaving import browser_of
from lowtide.web.reminders.models import CalendarAddress, Pause, PauseWhy, QuietHours, Routine
from lowtide.web.reminders.pages.calendar import address_said
from lowtide.web.reminders.pages.forms import HoursForm, minute_of
from lowtide.web.reminders.pages.said import lately, time_said, when_said
from lowtide.web.reminders.push.keys import public_key
from lowtide.web.reminders.records import quiet_of
from lowtide.web.reminders.subjects import TEST, Subject, offered_to, subject_of
from lowtide.web.reminders.ways import NOWHERE, Ways, ways_of
from lowtide.web.reminders.work.loop import is_silent

USUAL_QUIET = Quiet(from_minute=22 * 60, to_minute=7 * 60)
"""Proposed to who has none; kept only where it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that somebody is, or may be, reminded of."""

    about: str
    subject: Subject
    is_on: bool
    when: str
    """Empty where nothing was ever wished."""
    ways: tuple[str, ...]
    may_change: bool


@require_safe
@for_person
def overview(request: PersonRequest) -> HttpResponse:
    """Show it all."""
    now, person = timezone.now(), request.person
    quiet = quiet_of(QuietHours.objects.filter(person=person).first())
    ways = ways_of(person)
    wishes = wishes_of(person, ways)
    shown = {
        "wishes": wishes, "lately": lately(person, now), "is_silent": is_silent(now),
        "pauses": set(Pause.objects.filter(person=person).values_list("why", flat=True)),
        "snoozed": [(subject_of(one.routine.about), wall_of(person, one.due_at)) for one in snoozed(person)],
        "quiet": quiet and (time_said(quiet.from_minute), time_said(quiet.to_minute)),
        "day_ends": time_said(person.day_starts_minute),
        "key": public_key(), "ways": ways, "reaches_nowhere": any(one.is_on and NOWHERE in one.ways for one in wishes),
        "is_here": person.push_subscriptions.filter(browser=browser_of(request)).exists(),
        "calendar": address_said(CalendarAddress.objects.filter(person=person).first()),
        "is_sqlite": settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    }  # fmt: skip
    return render(request, "reminders/overview.html", shown)


def wishes_of(person: Person, ways: Ways) -> tuple[Wish, ...]:
    """Give everything that this person is or may be reminded of, in the order of a page."""
    rows = {row.about: row for row in Routine.objects.filter(person=person).select_related("person")}
    offered = offered_to(person)
    others = [about for about in rows if about not in offered and about != TEST]
    known = ((about, subject_of(about), rows.get(about)) for about in (*offered, *others))
    return tuple(
        _wish(about, subject, row, ways, may_change=about in offered) for about, subject, row in known if subject
    )


def _wish(about: str, subject: Subject, row: Routine | None, ways: Ways, *, may_change: bool) -> Wish:
    return Wish(
        about=about, subject=subject, is_on=bool(row and row.is_on), when=when_said(row) if row else "",
        ways=ways.of(row) if row else (), may_change=may_change,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def hours(request: PersonRequest) -> HttpResponse:
    """Change quiet hours, and when a day ends."""
    person = request.person
    form = HoursForm(sent(request), initial=_hours_now(person))
    if form.is_valid():
        keep_quiet_hours(person, form.quiet())
        person.day_starts_minute = minute_of(form.cleaned_data["day_ends"]) % MINUTES_OF_DAY
        person.save(update_fields=["day_starts_minute"])
        messages.success(request, "Kept.")
        return redirect("reminders")
    shown = {"form": form, "is_zone_known": person.time_zone in zones()}
    return render(request, "reminders/hours.html", shown, status=422 if form.errors else 200)


def _hours_now(person: Person) -> dict[str, Any]:
    quiet = quiet_of(QuietHours.objects.filter(person=person).first())
    hours = quiet or USUAL_QUIET
    return {
        "is_quiet": quiet is not None, "quiet_from": time_said(hours.from_minute),
        "quiet_to": time_said(hours.to_minute), "day_ends": time_said(person.day_starts_minute),
    }  # fmt: skip


@require_POST
@for_person
def take_a_break(request: PersonRequest) -> HttpResponse:
    """Take a break from all reminders, or go on."""
    if request.POST.get("break") == "end":
        resume(request.person, PauseWhy.OWN)
        messages.success(request, "Reminders go on with the next one.")
    else:
        pause(request.person, PauseWhy.OWN)
        messages.success(request, "Nothing comes until you say so.")
    return redirect("reminders")
