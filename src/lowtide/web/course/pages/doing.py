"""Practice without a recording: a plain timer, and what was done written down by hand. It counts as any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lowtide.model.programme import Practice
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.accounts.waited import waited_since
from lowtide.web.course import actions
from lowtide.web.course.pages import shown
from lowtide.web.course.pages.forms import MINUTES, DoneForm
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice.diary.actions import Practised, tell_outside


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def done(request: PersonRequest) -> HttpResponse:
    """Write down what was practised by oneself."""
    now = timezone.now()
    running = course_of(request.person, now)
    if running is None or not running.is_open:
        return redirect("course")
    offered = _offered(running)
    asked = request.GET.get("of", "")
    initial = {"practice": asked if asked in offered else next(iter(offered), "")}
    form = DoneForm(request.person, list(offered.items()), sent(request), at=waited_since(request), initial=initial)
    if form.is_valid():
        _keep(request, running, form.cleaned_data, offered, now)
        messages.success(request, "Kept. It counts.")
        return redirect("course")
    told = {"course": running, "form": form, "offered": offered, "minutes": MINUTES, "one": _practice(running, asked)}
    return render(request, "course/done.html", told, status=422 if form.errors else 200)


def _keep(
    request: PersonRequest, running: Course, told: dict[str, Any], offered: dict[str, str], now: datetime
) -> None:
    week, _, practice = told["practice"].partition("/")
    said = Practised(
        arrival=told["arrival"], at=told["at"], what=offered[told["practice"]][:100], minutes=told["minutes"]
    )
    kept = tell_outside(request.person, said)
    actions.count(running.enrolment, kept, week, practice, now)


def _offered(running: Course) -> dict[str, str]:
    """Give everything that counts for the present week: `WEEK/PRACTICE`, and what it is called."""
    return {f"{running.week.name}/{one.name}": shown.called(one) for one in running.practices}


def _practice(running: Course, name: str) -> Practice | None:
    return next((one for one in running.practices if f"{running.week.name}/{one.name}" == name), None)
