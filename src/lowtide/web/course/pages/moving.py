"""What a person changes about their course: a break, on again, one more week, the pace, the reminder, the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lowtide.model.programme import Pace, Why
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.course import actions, daily
from lowtide.web.course.pages.forms import PaceForm, RemindForm
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice import records
from lowtide.web.reminders.ways import nowhere_said

Change = Callable[[PersonRequest, Course, datetime], str]
"""Changes a course; gives what is said of it."""


def _changes(change: Change) -> Callable[..., HttpResponseBase]:
    """Make a view of a change to the course that runs; where none does, it leads to the shelf."""

    @require_POST
    @for_person
    def view(request: PersonRequest) -> HttpResponse:
        now = timezone.now()
        running = course_of(request.person, now)
        if running is not None and (running.is_open or change is _again):
            messages.success(request, change(request, running, now))
        return redirect("course")

    view.__doc__ = change.__doc__
    return view


@require_POST
@for_person
def known(request: PersonRequest) -> HttpResponse:
    """Mention courses no more on today's page."""
    actions.know(request.person, timezone.now())
    messages.success(request, "They stand under You, if ever you like.")
    return redirect("today")


def _again(request: PersonRequest, running: Course, now: datetime) -> str:  # noqa: ARG001 (a change is given these)
    """Take up a course again that was left."""
    actions.take_up(running, now)
    return "Welcome back. It goes on where it was."


again = _changes(_again)


@_changes
def pause(request: PersonRequest, running: Course, now: datetime) -> str:
    """Take a break."""
    told = request.POST.get("why", "")
    why = Why(told) if told in (Why.FLARE, Why.RELAPSE, Why.OWN) else Why.OWN
    actions.pause(running, why, now)
    return "The course has a break. It waits for you."


@_changes
def resume(request: PersonRequest, running: Course, now: datetime) -> str:
    """Go on."""
    if records.verdict_of(request.person, now).clearance is None:
        return daily.NOT_CLEARED
    actions.resume(running, now)
    return "Welcome back. It goes on where it was."


@_changes
def stay(request: PersonRequest, running: Course, now: datetime) -> str:  # noqa: ARG001 (a change is given these)
    """Stay one more week in this one."""
    actions.stay(running, now)
    return "One more week of this one. There is time."


@_changes
def leave(request: PersonRequest, running: Course, now: datetime) -> str:  # noqa: ARG001 (a change is given these)
    """Leave the course; what was done stays."""
    actions.leave(running, now)
    return "You have left the course. What you did stays in your history."


@_changes
def pace(request: PersonRequest, running: Course, now: datetime) -> str:
    """Let the weeks open in the other way."""
    form = PaceForm(request.POST)
    if not form.is_valid():
        return "Nothing was changed."
    actions.change_pace(running, Pace(form.cleaned_data["pace"]), now)
    return "Kept."


@_changes
def remind(request: PersonRequest, running: Course, now: datetime) -> str:
    """Be reminded at another time, or not at all."""
    form = RemindForm(request.POST)
    if not form.is_valid():
        return str(form.errors["remind"][0])
    minute = form.remind_minute()
    actions.remind(running.enrolment.person, minute, now)
    nowhere = nowhere_said(running.enrolment.person, actions.ABOUT)
    return "There will be no reminder." if minute is None else f"Kept. {nowhere or 'You will be reminded.'}"
