"""Everything to take along, for programs."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import ConfigDict

from lowtide.web.practice.api.door import ALONE, PROBLEMS, Known, Strict
from lowtide.web.takeout.writing import as_json

router = Router(tags=["days"])


class Everything(Strict):
    """Everything to take along; the page of taking along reads it back."""

    model_config = ConfigDict(extra="allow")


@router.get("/export", response={200: Everything} | PROBLEMS)
def export(request: Known) -> HttpResponse:
    """Give everything, as the page of taking along does."""
    headers = {"Cache-Control": ALONE}
    return HttpResponse(as_json(request.person, timezone.now()), content_type="application/json", headers=headers)
