"""The first steps, one group of questions a screen: everything can be skipped, and changed later."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lowtide.model.clearance import Disposition
from lowtide.model.profile import Pain
from lowtide.screen import Again, advice
from lowtide.web.accounts.people import PersonRequest, for_person, sent
from lowtide.web.practice import records
from lowtide.web.practice.begin import actions
from lowtide.web.practice.begin.first import first_of
from lowtide.web.practice.begin.forms import AGE, ChoiceForm, LikesForm, SafetyForm
from lowtide.web.practice.begin.steps import Step, step
from lowtide.web.practice.begin.wording import (
    CONDITIONS,
    EXPERIENCE,
    FAMILIES,
    HEADINGS,
    POSITIONS,
    SAFETY_GROUPS,
    TRIGGERS,
    questions_of,
)
from lowtide.web.practice.body.form import lacks_detail, read_pains

asks = require_http_methods(["GET", "HEAD", "POST"])
SKIP = "skip"
"""The button that goes on without an answer."""


@require_safe
@for_person
def begin(request: PersonRequest) -> HttpResponse:
    """Say what it is, and offer the quick way and the thorough one."""
    return render(
        request, "practice/begin/welcome.html", {"is_due": records.why_again_of(request.person, timezone.now())}
    )


@require_safe
@for_person
def safety_first(request: PersonRequest) -> HttpResponse:
    """Go to the first screen of the safety questions."""
    return _keeping_from(request, redirect("safety", group=1))


@asks
@for_person
def safety(request: PersonRequest, group: int) -> HttpResponse:
    """Ask one group of safety questions. An answer that can not wait stops everything at once."""
    if not 1 <= group <= len(SAFETY_GROUPS):
        raise Http404
    now, name = timezone.now(), SAFETY_GROUPS[group - 1]
    here, has_age = step(request, "safety", group), SAFETY_GROUPS[group - 1] == "age"
    why = records.why_again_of(request.person, now)
    if request.method == "POST" and SKIP in request.POST:
        actions.tell_answers(request.person, {}, now)
        return _after_safety(request, group, here)
    form = SafetyForm(questions_of(name), sent(request), has_age=has_age, initial=_known(request, now))
    if form.is_valid():
        actions.tell_answers(request.person, form.answers(), now)
        if has_age and form.cleaned_data[AGE] is not None:
            actions.tell(request.person, now, age_years=form.cleaned_data[AGE])
        return _after_safety(request, group, here)
    shown = {
        "form": form,
        "heading": HEADINGS[name],
        "step": here,
        "why": why,
        "has_age": has_age,
        "is_first": group == 1,
        "is_again": why not in (None, Again.NEVER_ASKED),
    }
    return _page(request, "practice/begin/safety.html", shown, form)


def _known(request: PersonRequest, now: Any) -> dict[str, Any]:
    answers = records.answers_of(request.person, now)
    known: dict[str, Any] = {code: "yes" if answer else "no" for code, answer in answers.items()}
    return known | {AGE: records.profile_of(request.person, now).age_years}


def _after_safety(request: PersonRequest, group: int, here: Step) -> HttpResponse:
    verdict = records.verdict_of(request.person, timezone.now())
    is_last = group == len(SAFETY_GROUPS)
    if verdict.disposition >= Disposition.CRISIS or (is_last and verdict.clearance is None):
        return redirect("first")
    return redirect(here.onward)


@asks
@for_person
def body(request: PersonRequest) -> HttpResponse:
    """Ask where it hurts: the drawing with JavaScript, the list of places without."""
    now, here = timezone.now(), step(request, "body")
    pains = records.body_pains(request.person, records.timing_of(request.person, now).day)
    if request.method == "POST":
        if SKIP in request.POST:
            return redirect(here.onward)
        pains = read_pains(request.POST)
        if not lacks_detail(request.POST):
            return _keep_body(request, pains, here)
    return render(request, "practice/begin/body.html", {"pains": pains, "step": here})


def _keep_body(request: PersonRequest, pains: tuple[Pain, ...], here: Step) -> HttpResponse:
    records.keep_body_map(request.person, pains, timezone.now())
    return redirect(here.onward)


@asks
@for_person
def worse(request: PersonRequest) -> HttpResponse:
    """Ask what makes it worse."""
    return _choose(request, "worse", "worse_with", TRIGGERS)


@asks
@for_person
def conditions(request: PersonRequest) -> HttpResponse:
    """Ask what else is known of this body."""
    return _choose(request, "conditions", "conditions", CONDITIONS)


@asks
@for_person
def positions(request: PersonRequest) -> HttpResponse:
    """Ask which positions work."""
    return _choose(request, "positions", "positions", POSITIONS)


def _choose(request: PersonRequest, name: str, field: str, labels: Any) -> HttpResponse:
    now, here = timezone.now(), step(request, name)
    if request.method == "POST" and SKIP in request.POST:
        return redirect(here.onward)
    known = getattr(records.latest_version(request.person), field)
    form = ChoiceForm(labels, sent(request), initial={"chosen": known or []})
    if form.is_valid():
        words = form.words()
        if words is not None or known is not None:
            actions.tell(request.person, now, **{field: words if words is not None or field != "positions" else []})
        return redirect(here.onward)
    return _page(
        request, f"practice/begin/{name}.html", {"form": form, "step": here, "was_told": known is not None}, form
    )


@asks
@for_person
def likes(request: PersonRequest) -> HttpResponse:
    """Ask what appeals, how familiar it is, and for a name."""
    now, here = timezone.now(), step(request, "likes")
    if request.method == "POST" and SKIP in request.POST:
        return redirect(here.onward)
    known = records.latest_version(request.person)
    initial = {"chosen": known.likes, "experience": known.experience, "name": request.person.name}
    form = LikesForm(FAMILIES, sent(request), initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        actions.tell(request.person, now, likes=told["chosen"], experience=told["experience"])
        actions.call(request.person, told["name"])
        return redirect(here.onward)
    shown = {"form": form, "step": here, "experience": EXPERIENCE}
    return _page(request, "practice/begin/likes.html", shown, form)


@require_safe
@for_person
def ready(request: PersonRequest) -> HttpResponse:
    """Say what follows from what was told."""
    verdict = records.verdict_of(request.person, timezone.now())
    if verdict.clearance is None:
        return redirect("first")
    return render(request, "practice/begin/ready.html", {"paragraphs": advice(verdict).split("\n\n")})


@require_safe
@for_person
def first(request: PersonRequest) -> HttpResponse:
    """Say what has to happen first, in big type; there is nothing else on the page."""
    found = first_of(records.verdict_of(request.person, timezone.now()))
    if found is None:
        return redirect("today")
    return render(request, "practice/begin/first.html", {"first": found})


def _page(request: HttpRequest, template: str, shown: dict[str, Any], form: Any) -> HttpResponse:
    return render(request, template, shown, status=422 if form.is_bound and form.errors else 200)


def _keeping_from(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.GET.get("from") == "me":
        response["Location"] += "?from=me"
    return response
