"""One day: its sessions with what was said of them, its diary, its practice elsewhere, in the order of the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lowtide.model.checkin import ChosenBy
from lowtide.web.accounts.days import wall_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice import records
from lowtide.web.practice.diary.said import in_words
from lowtide.web.practice.models import Moment, Ratings, Session

CHOSEN = {
    ChosenBy.LEARNER.value: "It was suggested, partly by chance.",
    ChosenBy.PROTOCOL.value: "It was that day's lot in your fair comparison.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of a day."""

    at: datetime
    """On the person's clock."""
    kind: str
    """`session`, `entry`, `outside`, `told` or `unwell`."""
    row: Any
    said: str = ""
    """What was rated, in words."""
    shown: dict[str, Any] = field(default_factory=dict)


@require_safe
@for_person
def day(request: PersonRequest, day: date) -> HttpResponse:
    """Show a day."""
    today = records.timing_of(request.person, timezone.now()).day
    shown = {"day": day, "is_today": day == today, "lines": _lines(request.person, day)}
    return render(request, "practice/history/day.html", shown)


def _lines(person: Person, day: date) -> list[Line]:
    sessions = person.sessions.filter(day=day).prefetch_related("ratings__pains", "unwell_reports")
    found = [_session(person, row) for row in sessions]
    found += [
        Line(at=wall_of(person, row.at), kind="entry", row=row, said=in_words(row, row.pains.all()))
        for row in person.diary.filter(day=day).prefetch_related("pains")
    ]
    found += [
        Line(at=wall_of(person, row.at), kind="told", row=row, said=in_words(row, row.pains.all()))
        for row in person.ratings.filter(day=day, session__isnull=True).prefetch_related("pains")
    ]
    for kind, rows in (
        ("outside", person.outside_practice.filter(day=day)),
        ("unwell", person.unwell_reports.filter(day=day, session__isnull=True)),
    ):
        found += [Line(at=wall_of(person, row.at), kind=kind, row=row) for row in rows]
    return sorted(found, key=lambda line: line.at)


def _session(person: Person, row: Session) -> Line:
    told = {one.moment: one for one in row.ratings.all()}
    shown = {
        "before": _said(told.get(Moment.BEFORE)), "after": _said(told.get(Moment.AFTER)),
        "pleasantness": getattr(told.get(Moment.AFTER), "pleasantness", None),
        "note": getattr(told.get(Moment.AFTER), "note", ""), "is_waiting": bool(row.begun_at) and "after" not in told,
        "chosen": CHOSEN.get(row.chosen_by, ""), "unwell": list(row.unwell_reports.all()),
    }  # fmt: skip
    return Line(at=wall_of(person, row.begun_at or row.made_at), kind="session", row=row, shown=shown)


def _said(row: Ratings | None) -> str:
    return "" if row is None else in_words(row, row.pains.all())
