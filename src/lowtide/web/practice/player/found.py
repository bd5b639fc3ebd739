"""A request and a session's name in, its row and what is being made of it out.

Called by every view of the player. Law: a session is only ever looked up among those of the person who asks; to all
others it is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from lowtide.web.accounts.people import PersonRequest, for_person
from lowtide.web.practice.models import Session
from lowtide.web.practice.records import order_of
from lowtide.web.practice.sound.making import best_voice
from lowtide.web.practice.sound.order import Order
from lowtide.web.practice.sound.studio import Preparation, studio

T = TypeVar("T")
TAKE = "take"
"""The parameter that says which of a session's recordings is meant: before a switch, or after it."""
KEEP_S = 6 * 3600
"""For so long an earlier recording of a session is served to a player that still holds it."""


async def looked_up(request: HttpRequest, look: Callable[[PersonRequest], T]) -> T | HttpResponseBase:
    """Look something up for the person who asks, in a thread of its own; give the answer to who is not known."""

    def known(person_request: PersonRequest) -> HttpResponseBase:
        found.append(look(person_request))
        return HttpResponse()

    found: list[T] = []
    answer = await sync_to_async(for_person(known))(request)
    return found[0] if found else answer


def session_of(request: PersonRequest, pk: UUID) -> Session:
    """Find a session of this person."""
    return get_object_or_404(Session.objects.filter(person=request.person), pk=pk)


def prepared(row: Session, take: str = "") -> Preparation:
    """Have a session made, or find it; `take` names one of its recordings, the present one where it is left out."""
    order = present_order(row)
    if take and take != order.digest:
        order = _earlier(row, take) or order
    return studio().prepare(order, is_awaited=True)


def present_order(row: Session) -> Order:
    """Say what the session's sound is now; a voice that was left open is settled with the first look."""
    if not row.voice:
        row.voice = best_voice()
        row.save(update_fields=["voice"])
    return order_of(row)


def remember(row: Session) -> None:
    """Keep the present order in mind for players that hold its recording, before something in it changes."""
    order = present_order(row)
    cache.set(_key(row, order.digest), order, KEEP_S)


def _earlier(row: Session, take: str) -> Order | None:
    order = present_order(row)
    for count in range(len(order.switches)):
        before = replace(order, switches=order.switches[:count])
        if before.digest == take:
            return before
    found = cache.get(_key(row, take))
    return found if isinstance(found, Order) else None


def _key(row: Session, take: str) -> str:
    return f"take:{row.pk}:{take}"
