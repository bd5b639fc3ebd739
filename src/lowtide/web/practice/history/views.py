"""Looking back: the sessions of one person, the last ones first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice.models import Moment, Ratings

ON_A_PAGE = 30


@require_safe
@for_person
def history(request: PersonRequest) -> HttpResponse:
    """List what was practised."""
    found = request.person.sessions.order_by("-made_at", "uuid")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    told = Ratings.objects.filter(session__in=[one.pk for one in page], moment=Moment.AFTER)
    answered = set(told.values_list("session_id", flat=True))
    rows = [{"session": one, "is_waiting": one.begun_at is not None and one.pk not in answered} for one in page]
    return render(request, "practice/history/history.html", {"rows": rows, "page": page})
