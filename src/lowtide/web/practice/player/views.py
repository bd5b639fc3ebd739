"""The player's page and what it shows: a session in, its page, timeline, captions, words and picture out."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lowtide.deliver import marks
from lowtide.errors import LowtideError
from lowtide.model.time import MS_PER_SECOND, clock
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice.models import Session
from lowtide.web.practice.player.found import TAKE, looked_up, prepared, session_of
from lowtide.web.practice.records import preferences_of, verdict_of
from lowtide.web.practice.sound.recording import Recording
from lowtide.web.practice.sound.studio import Preparation

DAY_S = 86_400
MOMENT_S = 1.0
"""So often a page that waits is told how far it is: one question a second instead of many."""
_MARK = re.compile(r"\\(.)")
NOT_YET = 425
"""What is asked for is still being made ("Too Early" comes nearest; the page asks again)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter as it stands on the page."""

    title: str
    at_s: float
    clock: str


@require_safe
@never_cache
@for_person
def player(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Show the player; it plays as soon as the session is made. Where somebody has to look first, say that instead."""
    row = session_of(request, pk)
    if verdict_of(row.person, timezone.now()).clearance is None:
        return redirect("first")
    made = prepared(row)
    recording = made.recording.result() if made.is_ready else None
    shown = {
        "session": row,
        "length": clock(row.length_ms),
        "resume_s": row.resume_ms / MS_PER_SECOND,
        "preferences": preferences_of(row.person),
        "failure": made.failure,
        "is_ready": made.is_ready,
        "chapters": _chapters(recording) if recording else (),
        "sound": sound_address(row, made),
        "switched": [switch["to"] for switch in row.switches],
    }
    return render(request, "practice/player.html", shown)


@require_safe
@never_cache
async def ready(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Tell that the session is made, as soon as it is; or how far its making has come, after a moment."""

    def look(known: PersonRequest) -> tuple[Session, Preparation]:
        row = session_of(known, pk)
        return row, prepared(row, known.GET.get(TAKE, ""))

    found = await looked_up(request, look)
    if isinstance(found, HttpResponseBase):
        return found
    with suppress(TimeoutError, LowtideError):  # then it is told how far it is, or why it can not be had
        async with asyncio.timeout(MOMENT_S):
            await found[1].awaited()
    return JsonResponse(state_of(*found))


def state_of(row: Session, made: Preparation) -> dict[str, Any]:
    """Say how far a recording has come, and where its sound is."""
    failure = made.failure
    return {
        "ready": made.is_ready,
        "done": made.done,
        "count": made.count,
        "failure": str(failure) if failure else "",
        "take": made.order.digest,
        "sound": sound_address(row, made),
        "timeline": f"{reverse('timeline', args=[row.pk])}?{TAKE}={made.order.digest}",
        "captions": f"{reverse('captions', args=[row.pk])}?{TAKE}={made.order.digest}",
        "turns_ms": list(made.recording.result().turns_ms) if made.is_ready else [],
    }


def sound_address(row: Session, made: Preparation) -> str:
    """Give the address of a recording: another one for each order, so that no player mixes two of them up."""
    return f"{reverse('sound', args=[row.pk])}?{TAKE}={made.order.digest}"


@require_safe
@for_person
def timeline(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Give the events that the page follows."""
    recording = _recording(request, pk)
    return JsonResponse(recording.timeline()) if recording else _not_yet()


@require_safe
@for_person
def captions(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Give what is said as WebVTT."""
    recording = _recording(request, pk)
    return HttpResponse(recording.captions, content_type="text/vtt; charset=utf-8") if recording else _not_yet()


@require_safe
@for_person
def cover(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Give the picture for the lock screen."""
    recording = _recording(request, pk)
    if recording is None:
        return _not_yet()
    return HttpResponse(
        recording.cover, content_type="image/png", headers={"Cache-Control": f"private, max-age={DAY_S}"}
    )


@require_safe
@never_cache
@for_person
def transcript(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Show all that is said, to read."""
    row = session_of(request, pk)
    made = prepared(row)
    text = made.recording.result().transcript if made.is_ready else ""
    return render(request, "practice/transcript.html", {"session": row, "blocks": list(_blocks(text))})


@require_safe
@never_cache
@for_person
def grounding(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Offer solid ground to who does not feel right."""
    return render(request, "practice/grounding.html", {"session": session_of(request, pk)})


def _recording(request: PersonRequest, pk: UUID) -> Recording | None:
    made = prepared(session_of(request, pk), request.GET.get(TAKE, ""))
    return made.recording.result() if made.is_ready else None


def _not_yet() -> HttpResponse:
    return HttpResponse("This session is still being made.", status=NOT_YET, content_type="text/plain; charset=utf-8")


def _chapters(recording: Recording) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(
            title=mark.title,
            at_s=mark.start_ms / MS_PER_SECOND,
            clock=clock(mark.start_ms // MS_PER_SECOND * MS_PER_SECOND),
        )
        for mark in marks(recording.timed)
    )


def _blocks(text: str) -> list[tuple[str, str]]:
    """Take the transcript's Markdown apart: (kind, words) for each block; its own marks are undone."""
    found = []
    for block in text.split("\n\n"):
        words = block.strip()
        kind = "heading" if words.startswith("## ") else "aside" if words.startswith("(") else "said"
        if words and not words.startswith(("# ", "*")):
            found.append((kind, _MARK.sub(r"\1", words.removeprefix("## "))))
    return found
