"""Where I am: the programmes to choose from, or the course that runs, with today's practices one tap away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.profile import SEVERE_PAIN
from lowtide.model.programme import Began, Pace, Programme, State, Why
from lowtide.plan.programme.standing import PAUSE_WORDS
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.course import actions, daily
from lowtide.web.course.meetings.shown import next_meetings, own_clock_said
from lowtide.web.course.pages import shown
from lowtide.web.course.pages.forms import PACES, BeginForm, PlayForm, wanted
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice import records
from lowtide.web.practice.begin.first import First, first_of
from lowtide.web.practice.begin.wording import POSITIONS
from lowtide.web.practice.reading.length import reading_minutes
from lowtide.web.practice.rituals.offering import found as ritual
from lowtide.web.practice.today.actions import Told, tell_before
from lowtide.web.practice.today.views import stopped, what_is_new
from lowtide.web.reminders.ways import nowhere_said

GENTLE = "flare"
"""The ritual for hard days: nothing in it is moved, and a voice stays near."""
asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@for_person
def course(request: PersonRequest) -> HttpResponse:
    """Show the course that runs, and play what is tapped; or what there is to choose from."""
    now, person = timezone.now(), request.person
    running = course_of(person, now)
    actions.keep_end(running, now)
    if running is None or not running.is_open:
        first = _first(person, now)
        return _stopped(request, first) if first and first.is_now else _shelf(request, running)
    of = daily.whole(person, now)
    if of.clearance is None and running.standing.is_asking:  # also where it has only run out
        actions.pause(running, Why.SAFETY, now)
        return redirect("course")
    if of.clearance is None:
        return _stopped(request, _first(person, now), PAUSE_WORDS[Why.SAFETY])
    if running.standing.state is not State.UNDER_WAY:
        return _waits(request, running, now)
    return _home(request, running, of, now)


def _first(person: Person, now: datetime) -> First | None:
    return first_of(records.verdict_of(person, now))


def _stopped(request: PersonRequest, first: First | None, waits: str = "") -> HttpResponse:
    """Say what comes first, as the page of it does, and nothing milder."""
    return render(request, "course/stopped.html", {"first": first, "waits": waits})


def _waits(request: PersonRequest, running: Course, now: datetime) -> HttpResponse:
    wished = next((one.pace for one in reversed(running.log) if isinstance(one, Began)), running.standing.pace)
    is_hard = running.standing.paused_why in (Why.FLARE, Why.RELAPSE)
    told = {"wished": wished, "gentle": ritual(GENTLE) if is_hard else None}
    return render(request, "course/waiting.html", _frame(running, now) | told)


def _home(request: PersonRequest, running: Course, of: daily.Whole, now: datetime) -> HttpResponse:
    person = request.person
    form = PlayForm(_places(person, now), sent(request))
    failure: UserError | None = None
    if form.is_valid():
        try:
            return _played(request, running, form, of, now)
        except UserError as error:
            failure = error
    asked, info = daily.asked_today(running, of)
    told = {
        "form": form, "failure": failure, "asked": shown.shown(asked), "info": info,
        "offered_break": daily.break_offered(running, info),
        "anything_new": what_is_new(person, now),
        "harm": of.harm, "why": records.why_again_of(person, now),
        "positions": {one.value: one.text for one in POSITIONS}, "is_told": bool(form.errors),
    }  # fmt: skip
    is_wrong = bool(form.errors) or failure is not None
    return render(request, "course/home.html", _frame(running, now) | told, status=422 if is_wrong else 200)


def _played(request: PersonRequest, running: Course, form: PlayForm, of: daily.Whole, now: datetime) -> HttpResponse:
    person = request.person
    was_hard = (of.profile.worst or 0) >= SEVERE_PAIN
    told = Told(arrival=form.cleaned_data["arrival"], pains=form.pains(), measures=form.measures())
    before = tell_before(person, told, now)
    elsewhere = stopped(request, form.cleaned_data["anything_new"], now)
    if elsewhere is not None:
        return elsewhere
    week, practice, length_ms = wanted(form.cleaned_data["play"])
    if not length_ms or (not was_hard and max(told.pains.values(), default=0) >= SEVERE_PAIN):
        messages.success(request, "Kept.")
        return redirect("course")  # where a break is offered first, and all is gentler
    as_told = daily.whole(person, now)  # what was said on this page counts already
    asked, _ = daily.asked_today(running, as_told)
    one = next((one for one in asked if (one.week, one.practice) == (week, practice) and one.guided), None)
    if one is None:
        return redirect("course")
    made = daily.play(running, as_told, one, length_ms, now, before.arrival if before else None)
    return redirect("player", pk=made.pk)


def _places(person: Person, now: datetime) -> Any:
    return records.body_pains(person, day_of(person, now))


def _frame(running: Course, now: datetime) -> dict[str, Any]:
    """Give what every page of a course that runs shows."""
    here, person = running.standing, running.enrolment.person
    routine = person.routines.filter(about=actions.ABOUT).first()
    minute = routine.times[0] if routine and routine.times else None
    return {
        "course": running, "here": here, "week": running.week, "path": shown.path(running),
        "next": shown.next_said(running), "readings": shown.readings_of(running.week),
        "paces": paces(running.programme),
        "nowhere": "" if minute is None else nowhere_said(person, actions.ABOUT),
        "remind": "" if minute is None else f"{minute // 60:02}:{minute % 60:02}",
        "reading": reading_minutes(running.week.text), "meetings": next_meetings(person, now),
        "clock": own_clock_said(person, now),
        "notes": running.info.notes, "begins": shown.day_said(running.enrolment.first_day),
    }  # fmt: skip


def paces(programme: Programme) -> list[dict[str, str]]:
    """Give the ways in which weeks may open, in words."""
    return [
        {"value": value, "name": name, "text": text.format(days=programme.days_for_next)} for value, name, text in PACES
    ]


def _shelf(request: PersonRequest, past: Course | None) -> HttpResponse:
    if request.method == "POST":
        return redirect("course")
    actions.know(request.person, timezone.now())
    offered = [{"programme": one, "time": shown.how_much(one)} for one in content.programmes()]
    told = {"offered": offered, "past": past, "days": len(past.standing.weeks) if past else 0}
    return render(request, "course/shelf.html", told)


@require_safe
@for_person
def programme(request: PersonRequest, name: str) -> HttpResponse:
    """Say of one programme what it is, for whom and how much, and ask when to begin."""
    first = _first(request.person, timezone.now())
    if first and first.is_now:
        return _stopped(request, first)
    return _programme_page(request, _found(name))


@asks
@for_person
def begin(request: PersonRequest, name: str) -> HttpResponse:
    """Begin a programme."""
    found, now = _found(name), timezone.now()
    if request.method != "POST":
        return redirect("course-programme", name=name)
    form = BeginForm(day_of(request.person, now), found.pace, request.POST)
    if not form.is_valid():
        return _programme_page(request, found, form)
    if records.verdict_of(request.person, now).clearance is None:
        return redirect("first")
    told = form.cleaned_data
    try:
        actions.begin(
            request.person, found, Pace(told["pace"]), told["first_day"], now, remind_minute=form.remind_minute()
        )
    except UserError as error:
        messages.error(request, str(error))
    if nowhere := nowhere_said(request.person, actions.ABOUT):
        messages.info(request, f"The reminder is kept. {nowhere}")
    return redirect("course")


def _programme_page(request: PersonRequest, found: Programme, form: BeginForm | None = None) -> HttpResponse:
    now = timezone.now()
    today = day_of(request.person, now)
    running = course_of(request.person, now)
    told = {
        "programme": found, "form": form or BeginForm(today, found.pace), "today": today, "paces": paces(found),
        "time": shown.how_much(found), "running": running if running and running.is_open else None,
        "weeks": [{"week": one, "minutes": shown.minutes_a_day(one)} for one in found.weeks],
        "first": _first(request.person, now),
    }  # fmt: skip
    return render(request, "course/programme.html", told, status=422 if form and form.errors else 200)


def _found(name: str) -> Programme:
    try:
        return content.programme(name)
    except UserError:
        raise Http404 from None
