"""One thing to be reminded of: when, on which days and how."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lowtide.model.routine import MOST_TIMES, Style
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.models import Routine
from lowtide.web.reminders.pages.forms import RoutineForm
from lowtide.web.reminders.pages.said import DAYS, time_said
from lowtide.web.reminders.records import weekdays_of
from lowtide.web.reminders.subjects import Subject, offered_to, subject_of
from lowtide.web.reminders.ways import nowhere_said, ways_of

STYLES = ((Style.GENTLE, "A short buzz"), (Style.WORDS, "Words only, without a sound"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def routine(request: PersonRequest, about: str) -> HttpResponse:
    """Change when somebody is reminded of one thing."""
    subject = subject_of(about)
    if subject is None or about not in offered_to(request.person):
        raise Http404
    wished = wished_now(request.person, about, subject)
    form = RoutineForm(sent(request), wished)
    if form.is_valid():
        row = keep_routine(request.person, about, form.wish())
        kept = f"Kept. {nowhere_said(request.person, about)}".strip()
        messages.success(request, kept if row.is_on else "It is off.")
        return redirect("reminders")
    shown = {
        "about": about, "subject": subject, "form": form, "wished": wished, "days": _days(form, wished),
        "times": _times(form, wished), "styles": STYLES, "style": form.data.get("style") or wished.style,
        "ways": ways_of(request.person),
    }  # fmt: skip
    return render(request, "reminders/routine.html", shown, status=422 if form.errors else 200)


def wished_now(person: Person, about: str, subject: Subject) -> Wished:
    """Give what is wished now, or what would be proposed."""
    row = Routine.objects.filter(person=person, about=about).first()
    if row is None:
        return Wished(times=subject.times, by_push=True, by_mail=False)
    return Wished(
        times=tuple(row.times), weekdays=weekdays_of(row.weekdays), by_push=row.by_push, by_mail=row.by_mail,
        style=Style(row.style), is_on=row.is_on,
    )  # fmt: skip


def _times(form: RoutineForm, wished: Wished) -> list[str]:
    """Give the times to show, and one empty place for another."""
    told = form.typed if form.is_bound else [time_said(minute) for minute in wished.times]
    return [*told, ""] if len(told) < MOST_TIMES else told


def _days(form: RoutineForm, wished: Wished) -> list[tuple[int, str, bool]]:
    chosen = set(form.typed_days) if form.is_bound else {str(day) for day in wished.weekdays}
    return [(number, name, str(number) in chosen) for number, name in enumerate(DAYS)]
