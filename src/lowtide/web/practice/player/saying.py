"""What a player tells: where it is, how loud, what is to change, and that it does not feel right; a row changes.

Laws: what was heard only grows; a message that comes twice or late does no harm; nothing here waits for sound, but for
a switch, which is only kept once it has been made.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from lowtide.errors import LowtideError
from lowtide.model.audio import LEAST_VOLUME_DB, MOST_VOLUME_DB, Soundscape
from lowtide.model.plan import Change, Switch
from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.accounts.waited import said_at
from lowtide.web.practice.models import Ended, Preferences, Session, UnwellReport
from lowtide.web.practice.models.session import VOLUMES
from lowtide.web.practice.player.found import looked_up, prepared, present_order, remember, session_of
from lowtide.web.practice.player.views import state_of
from lowtide.web.practice.records import timing_of
from lowtide.web.practice.sound.order import Order
from lowtide.web.practice.sound.studio import Preparation, studio

MADE_WITHIN_S = 5.0
"""So long a switch is waited for; a natural voice may take longer, and the page asks again."""
NOTHING = 204
PREPARING = 202


@require_POST
@for_person
def position(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Take note of where the player is, how much was heard, and whether it has ended."""
    at_ms, heard_ms = _ms(request, "at_ms"), _ms(request, "heard_ms")
    ended = request.POST.get("ended", "")
    if at_ms is None or heard_ms is None or ended not in (Ended.OPEN, Ended.FINISHED, Ended.STOPPED):
        return HttpResponseBadRequest("Say where you are in ms.")
    keep_position(session_of(request, pk), at_ms, heard_ms, ended, said_at(request))
    return HttpResponse(status=NOTHING)


@transaction.atomic
def keep_position(session: Session, at_ms: int, heard_ms: int, ended: str, at: datetime) -> Session:
    """Take note of where a session is; what was heard only grows."""
    row = Session.objects.select_for_update().get(pk=session.pk)
    row.resume_ms = 0 if ended == Ended.FINISHED else min(at_ms, row.length_ms)
    row.heard_ms = max(row.heard_ms, min(heard_ms, row.length_ms))
    row.begun_at = row.begun_at or at
    if ended:
        end(row, ended, at)
    row.save(update_fields=["resume_ms", "heard_ms", "begun_at", "ended", "ended_at"])
    return row


def end(row: Session, ended: str, at: datetime) -> None:
    """Let a session have ended; what was heard to the end, or ended because it did not feel right, stays so."""
    if row.ended in (Ended.OPEN, Ended.STOPPED):
        row.ended, row.ended_at = ended, at


@require_POST
@for_person
def volumes(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Set how loud voice, soundscape and bells are, and which soundscape it is; the next session is proposed so."""
    row = session_of(request, pk)
    chosen: dict[str, Any] = {}
    for name in VOLUMES:
        if name in request.POST:
            chosen[name] = _volume(request.POST[name])
    if "soundscape" in request.POST:
        known = request.POST["soundscape"] in tuple(Soundscape)
        chosen["soundscape"] = request.POST["soundscape"] if known else None
    if not chosen or None in chosen.values():
        return HttpResponseBadRequest("Say a volume in dB.")
    set_volumes(row, chosen)
    return JsonResponse(state_of(row, prepared(row)))


def set_volumes(row: Session, chosen: dict[str, Any]) -> None:
    """Set volumes and soundscape of a session, and of what is proposed next."""
    remember(row)
    for name, value in chosen.items():
        setattr(row, name, value)
    row.save(update_fields=[*chosen])
    Preferences.objects.update_or_create(person=row.person, defaults=chosen)


@require_POST
async def switch(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Change the rest of the session; answered once it can be heard, or with how far it is, to be asked again."""
    found = await looked_up(request, lambda known: _switched(known, pk))
    if isinstance(found, HttpResponseBase):
        return found
    row, made = found
    try:
        async with asyncio.timeout(MADE_WITHIN_S):
            await made.awaited()
    except TimeoutError:
        return JsonResponse(state_of(row, made), status=PREPARING)
    except LowtideError as error:
        return JsonResponse({"failure": str(error)}, status=409)
    return JsonResponse(await sync_to_async(keep_switches)(row, made))


def _switched(request: PersonRequest, pk: UUID) -> tuple[Session, Preparation] | HttpResponseBase:
    row, at_ms = session_of(request, pk), _ms(request, "at_ms")
    if at_ms is None or at_ms > row.length_ms or request.POST.get("to") not in tuple(Change):
        return HttpResponseBadRequest("Say what is to change, and from when on, in ms.")
    order = with_switch(present_order(row), Switch(to=Change(request.POST["to"]), at_ms=at_ms))
    return row, studio().prepare(order, is_awaited=True)


def with_switch(order: Order, wanted: Switch) -> Order:
    """Add a switch to an order. Asked for again, a switch of its kind that is the last one takes the new time."""
    switches = order.switches
    if switches and switches[-1].to is wanted.to:
        switches = switches[:-1]
    if any(one.to is wanted.to for one in switches):
        return order
    return replace(order, switches=(*switches, wanted))


def keep_switches(row: Session, made: Preparation) -> dict[str, Any]:
    """Keep what was changed, now that it can be heard."""
    remember(row)
    row.switches = [{"to": str(one.to), "at_ms": one.at_ms} for one in made.order.switches]
    row.save(update_fields=["switches"])
    return state_of(row, made)


@require_POST
@for_person
def unwell(request: PersonRequest, pk: UUID) -> HttpResponseBase:
    """Take note that it does not feel right; the session has ended, and solid ground is offered."""
    row, at_ms = session_of(request, pk), _ms(request, "at_ms")
    keep_unwell(row, _arrival(request), at_ms, said_at(request))
    if "text/html" in request.headers.get("Accept", ""):
        return redirect("grounding", pk=row.pk)
    return HttpResponse(status=NOTHING)


@transaction.atomic
def keep_unwell(row: Session, arrival: UUID, at_ms: int | None, at: datetime) -> None:
    """Take note that a session did not feel right, once; it has ended. What was heard to the end was, all the same."""
    row = Session.objects.select_for_update().get(pk=row.pk)
    where_ms = None if at_ms is None else min(at_ms, row.length_ms)
    said = {"session": row, "at_ms": where_ms, "at": at, "day": timing_of(row.person, at).day}
    UnwellReport.objects.get_or_create(person=row.person, arrival=arrival, defaults=said)
    if row.ended == Ended.FINISHED:
        return
    end(row, Ended.UNWELL, at)
    row.resume_ms = row.resume_ms if where_ms is None else where_ms
    row.save(update_fields=["ended", "ended_at", "resume_ms"])


def _arrival(request: PersonRequest) -> UUID:
    try:
        return UUID(request.POST.get("arrival", ""))
    except ValueError:
        return uuid4()


def _ms(request: PersonRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _volume(text: str) -> float | None:
    try:
        volume_db = float(text)
    except ValueError:
        return None
    return volume_db if LEAST_VOLUME_DB <= volume_db <= MOST_VOLUME_DB else None
