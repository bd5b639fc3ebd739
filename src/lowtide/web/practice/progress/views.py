"""How it goes: a page, and a file for a clinician. Both say what the report says, and nothing else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lowtide.deliver.report import Heading, pdf
from lowtide.model.report import IMPORTANT_POINTS, IMPORTANT_SHARE
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice import records
from lowtide.web.practice.progress.told import PERIODS, USUAL, told_of

CHARTED = {Heading.PAIN: "pain", Heading.TECHNIQUES: "effects"}
"""Which drawing stands in which part."""


@require_safe
@for_person
def progress(request: PersonRequest) -> HttpResponse:
    """Tell how it goes."""
    now, period = timezone.now(), _period(request)
    told = told_of(request.person, period, now)
    shown = {
        "periods": PERIODS, "period": period, "matters_points": IMPORTANT_POINTS,
        "matters_percent": round(IMPORTANT_SHARE * 100),
    }  # fmt: skip
    if told is not None:
        charts = told.charts | {"practice": told.practice}
        parts = [
            {"heading": part.heading, "sentences": part.sentences, "chart": charts.get(_drawn(part.heading)),
             "is_caution": part.heading is Heading.CAUTIONS, "is_comparison": part.heading is Heading.COMPARISONS}
            for part in told.sections
        ]  # fmt: skip
        shown |= {"parts": parts}
    return render(request, "practice/progress/progress.html", shown)


@require_safe
@for_person
def report_pdf(request: PersonRequest) -> HttpResponse:
    """Give the two pages for a clinician; no name stands in them."""
    now = timezone.now()
    told = told_of(request.person, _period(request), now)
    if told is None:
        return redirect("progress")
    day = records.timing_of(request.person, now).day
    return HttpResponse(
        pdf(told.report, told.names, told.outcomes),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="lowtide-{day}.pdf"'},
    )


def _drawn(heading: Heading) -> str:
    return "practice" if heading is Heading.PRACTICE else CHARTED.get(heading, "")


def _period(request: PersonRequest) -> str:
    asked = request.GET.get("weeks", USUAL)
    return asked if asked in PERIODS else USUAL
