"""A fair comparison: begun, followed from day to day, ended, and told of once it is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lowtide import content, plan
from lowtide.errors import UserError
from lowtide.model.checkin import Measure
from lowtide.model.library import Technique
from lowtide.model.profile import Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.practice import records
from lowtide.web.practice.comparing import actions
from lowtide.web.practice.comparing.forms import LENGTHS, MEASURES, USUAL_LENGTH, WEEKS, CompareForm
from lowtide.web.practice.comparing.lots import Compared, comparisons_of, lot_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def comparison(request: PersonRequest) -> HttpResponse:
    """Show the comparison that runs, or offer one; and tell what past ones have shown."""
    now, person = timezone.now(), request.person
    offered = _offered(person, now)
    form, failure = CompareForm(offered, sent(request)), ""
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.begin(
                person, told["techniques"], weeks=told["weeks"], length_ms=form.length_ms,
                measure=Measure(told["measure"]), at=now,
            )  # fmt: skip
        except UserError as error:
            failure = str(error)
        else:
            messages.success(request, "The lots are drawn.")
            return redirect("comparison")
    return _page(request, form, offered, failure)


@require_POST
@for_person
def stop(request: PersonRequest) -> HttpResponse:
    """End it early."""
    if actions.end(request.person, timezone.now()):
        messages.success(request, "It is ended.")
    return redirect("comparison")


def _page(request: PersonRequest, form: CompareForm, offered: tuple[Technique, ...], failure: str) -> HttpResponse:
    now, person = timezone.now(), request.person
    found = comparisons_of(person, now)
    titles = {one.name: one.title for one in content.techniques()}
    shown = {
        "form": form, "failure": failure, "offered": offered, "weeks": WEEKS, "lengths": LENGTHS, "measures": MEASURES,
        "now": next((_shown(one, titles) for one in found if one.is_running), None),
        "past": [_shown(one, titles) for one in reversed(found) if not one.is_running],
        "lot": _lot(person, now, titles), "is_open": bool(form.errors or failure),
    }  # fmt: skip
    return render(request, "practice/comparing/comparison.html", shown, status=422 if form.errors or failure else 200)


def _shown(one: Compared, titles: dict[str, str]) -> dict[str, Any]:
    names = [titles.get(name, name) for name in one.design.techniques]
    arms = [{"title": titles.get(arm.technique, arm.technique), "arm": arm} for arm in one.outcome.arms]
    return {"row": one.row, "names": names, "arms": arms, "sentence": one.outcome.sentence,
            "days": len(one.design.schedule), "last": records.day_from(one.design.last_day)}  # fmt: skip


def _lot(person: Person, now: datetime, titles: dict[str, str]) -> dict[str, Any] | None:
    lot = lot_of(person, now)
    return None if lot is None else {"title": titles.get(lot.technique, lot.technique), "length_ms": lot.length_ms}


def _offered(person: Person, now: datetime) -> tuple[Technique, ...]:
    """Give the practices that may be compared: what is open to this person today."""
    profile, verdict = records.profile_of(person, now), records.verdict_of(person, now)
    if verdict.clearance is None:
        return ()
    wish, library = Wish(length_ms=USUAL_LENGTH * MS_PER_MINUTE), content.techniques()
    names = plan.candidates(profile, verdict.clearance, wish, library, content.heads())
    return tuple(one for one in library if one.name in names)
