"""One reminder: what it invites to, with one tap to begin; putting it off; and one to try whether it comes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lowtide.model.routine import SNOOZES
from lowtide.remind import is_quiet
from lowtide.web.accounts.days import clock_of, day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice.rituals.offering import found
from lowtide.web.practice.rituals.views import invited
from lowtide.web.reminders import records
from lowtide.web.reminders.actions import Snoozed, Wished, keep_routine, snooze
from lowtide.web.reminders.breaks import silencing
from lowtide.web.reminders.channels import channels
from lowtide.web.reminders.models import Pause, QuietHours, Reminder
from lowtide.web.reminders.pages.forms import SnoozeForm
from lowtide.web.reminders.practised import RITUAL
from lowtide.web.reminders.subjects import TEST, subject_of
from lowtide.web.reminders.ways import ways_of

SAID_OF_SNOOZES = {10: "10 minutes", 30: "Half an hour", 60: "An hour"}


@require_safe
@for_person
def reminder(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show what a reminder invites to."""
    row = _row(request, pk)
    subject, about = subject_of(row.routine.about), row.routine.about
    if subject is None:
        raise Http404
    shown: dict[str, Any] = {"reminder": row, "subject": subject, "snoozes": [(n, SAID_OF_SNOOZES[n]) for n in SNOOZES]}
    ritual = found(about.removeprefix(RITUAL)) if about.startswith(RITUAL) else None
    if ritual is not None:
        invitation = invited(request.person, ritual)
        if invitation is None:
            return redirect("first")
        shown |= invitation
    return render(request, "reminders/reminder.html", shown | {"is_test": about == TEST})


@require_POST
@for_person
def put_off(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Put it off for a while; say when it comes again, or that it does not."""
    row, form = _row(request, pk), SnoozeForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    comes = snooze(row, form.cleaned_data["minutes"])
    messages.success(request, _said(request.person, comes))
    return (
        HttpResponse(status=204) if "application/json" in request.headers.get("Accept", "") else redirect("reminders")
    )


def _said(person: Person, comes: Snoozed) -> str:
    at = f"{clock_of(person, comes.at):%H:%M}"
    if comes.is_quiet:
        return f"At {at} your quiet hours have begun, so it does not come again. Tomorrow is another day."
    return f"It comes again at {at}."


@require_POST
@for_person
def test(request: PersonRequest) -> HttpResponse:
    """Send one now, by every way there is."""
    now, person = timezone.now(), request.person
    ways = [one for one in channels() if person.pk in one.destinations([person.pk])]
    quiet = records.quiet_of(QuietHours.objects.filter(person=person).first())
    if not ways:
        messages.info(request, f"There is nowhere to send it to yet. {_of_sending(person)}")
    elif Pause.objects.filter(silencing(TEST), person=person).exists():
        messages.info(request, "You are having a break, so nothing is sent.")
    elif is_quiet(now, quiet, records.clock_of(person)):
        messages.info(request, "These are your quiet hours, so nothing is sent: that works.")
    else:
        _make_test(person)
        messages.success(request, "It is on its way: give it a few seconds.")
    return redirect("reminders")


def _of_sending(person: Person) -> str:
    ways = ways_of(person)
    return replace(ways, has_calendar=True).advice  # a calendar asks by itself: nothing is sent to it


@transaction.atomic
def _make_test(person: Person) -> Reminder:
    now = timezone.now()
    row = keep_routine(person, TEST, Wished(by_push=True, by_mail=True))
    clock = clock_of(person, now)
    key = {"day": day_of(person, now), "minute": clock.hour * 60 + clock.minute}
    last = Reminder.objects.filter(routine=row, **key).aggregate(last=Max("snooze"))["last"]
    return Reminder.objects.create(routine=row, **key, snooze=0 if last is None else last + 1, due_at=now)


def _row(request: PersonRequest, pk: UUID) -> Reminder:
    rows = Reminder.objects.filter(routine__person=request.person).select_related("routine__person")
    return get_object_or_404(rows, pk=pk)
