"""Looking back: a month of practice, and what still waits for a word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice import records
from lowtide.web.practice.history.month import in_a_row, month_from, practised_on, weeks
from lowtide.web.practice.models import Moment, Ratings, Session

WAITS_DAYS = 14
"""For so long a session is asked about; who has not told by then does not remember."""
LONGEST_ROW_DAYS = 3660


@require_safe
@for_person
def history(request: PersonRequest) -> HttpResponse:
    """Show a month."""
    person = request.person
    today = records.timing_of(person, timezone.now()).day
    month = month_from(request.GET.get("month", ""), today)
    first = _first_day(person)
    shown = {
        "month": month, "weeks": weeks(person, month, today), "sessions": _of_month(person, month),
        "waiting": _waiting(person, today), "is_new": first is None,
        "earlier": _before(month) if first is not None and first < month else None,
        "later": _after(month) if _after(month) <= today else None, "row": _row(person, today),
    }  # fmt: skip
    return render(request, "practice/history/history.html", shown)


def _first_day(person: Person) -> date | None:
    rows = (person.sessions, person.diary, person.outside_practice, person.ratings)
    days = [day for one in rows if (day := one.order_by("day").values_list("day", flat=True).first()) is not None]
    return min(days, default=None)


def _of_month(person: Person, month: date) -> QuerySet[Session]:
    return person.sessions.filter(day__gte=month, day__lt=_after(month)).order_by("-made_at", "uuid")


def _waiting(person: Person, today: date) -> QuerySet[Session]:
    told = Ratings.objects.filter(session=OuterRef("pk"), moment=Moment.AFTER)
    begun = person.sessions.filter(begun_at__isnull=False, day__gt=today - timedelta(days=WAITS_DAYS))
    return begun.filter(~Exists(told)).order_by("-made_at", "uuid")


def _row(person: Person, today: date) -> dict[str, Any] | None:
    if not records.preferences_of(person).shows_streaks:
        return None
    days = practised_on(person, today - timedelta(days=LONGEST_ROW_DAYS), today)
    return {"days": in_a_row(days, today)}


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
