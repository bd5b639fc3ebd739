"""One week: its why, its practices, its readings and meeting; its day of practice; and the week of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide.errors import UserError
from lowtide.model.programme import State, Week
from lowtide.plan.programme import choices
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.course import actions, daily
from lowtide.web.course.pages import shown
from lowtide.web.course.pages.forms import OwnForm, wanted
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice.begin.wording import POSITIONS

asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_person
def week(request: PersonRequest, number: int) -> HttpResponse:
    """Show a week, also one that is still to come: nothing is secret."""
    running = _running(request)
    found = _week(running, number)
    entries = running.enrolment.event_entries.filter(kind=found.events.value) if found.events else []
    told = {
        "course": running, "week": found, "number": number, "here": running.standing,
        "practices": shown.practices_of(found), "readings": shown.readings_of(found), "entries": list(entries),
        "done": running.standing.done(found.name), "minutes": shown.minutes_a_day(found),
        "before": number - 1, "after": number + 1 if number < len(running.programme.weeks) else 0,
        "is_here": number == running.standing.number and running.standing.is_asking,
    }  # fmt: skip
    return render(request, "course/week.html", told)


@asks
@for_person
def day(request: PersonRequest, number: int) -> HttpResponse:
    """Show a week's day of practice with its parts; the present week's can be played one by one."""
    running, now = _running(request), timezone.now()
    found = _week(running, number)
    if found.day is None:
        raise Http404
    is_here = number == running.standing.number and running.standing.is_asking
    of = daily.whole(request.person, now)
    asked, info = daily.asked_of_day(running, of) if is_here else ((), None)
    failure: UserError | None = None
    if request.method == "POST" and is_here:
        week_name, name, length_ms = wanted(request.POST.get("play", ""))
        one = next((one for one in asked if (one.week, one.practice) == (week_name, name) and one.guided), None)
        try:
            if one is not None and length_ms:
                return redirect("player", pk=daily.play(running, of, one, length_ms, now).pk)
        except UserError as error:
            failure = error
    told = {
        "course": running, "week": found, "day": found.day, "number": number, "asked": shown.shown(asked), "info": info,
        "parts": shown.listed(found.day.parts), "failure": failure, "is_here": is_here,
        "positions": {one.value: one.text for one in POSITIONS},
        "time": shown.long_said(round(sum(one.minutes for one in found.day.parts))),
    }  # fmt: skip
    return render(request, "course/day.html", told, status=422 if failure else 200)


@asks
@for_person
def own(request: PersonRequest) -> HttpResponse:
    """Put together the week that is one's own, from everything that was practised in the weeks before."""
    running = _running(request)
    offered = list(_offered(running))
    form = OwnForm([(one["of"], one["title"]) for one in offered], sent(request),
                   initial={"practices": list(running.standing.own)})  # fmt: skip
    if form.is_valid() and running.standing.state is State.UNDER_WAY:
        actions.choose_own(running, form.cleaned_data["practices"], timezone.now())
        messages.success(request, "Kept. This is your week.")
        return redirect("course")
    told = {"course": running, "offered": offered, "form": form, "chosen": form["practices"].value() or []}
    return render(request, "course/own.html", told, status=422 if form.errors else 200)


def _offered(running: Course) -> Iterator[dict[str, Any]]:
    """Give each practice of the course once."""
    for name, one in choices(running.programme):
        of = running.programme.week(name.partition("/")[0])
        yield {"of": name, "title": shown.called(one), "minutes": round(one.minutes), "week": of.title if of else ""}


def _running(request: PersonRequest) -> Course:
    running = course_of(request.person, timezone.now())
    if running is None:
        raise Http404
    return running


def _week(running: Course, number: int) -> Week:
    if not 1 <= number <= len(running.programme.weeks):
        raise Http404
    return running.programme.weeks[number - 1]
