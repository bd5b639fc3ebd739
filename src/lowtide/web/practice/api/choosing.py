"""Today: how it is before a session, what is suggested and why, the library, and the session itself, made."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import Field

from lowtide.errors import UserError
from lowtide.model.library import Family, Technique
from lowtide.model.movement import Position
from lowtide.model.time import LONGEST_MS
from lowtide.screen import advice
from lowtide.web.practice import records
from lowtide.web.practice.api.door import PROBLEMS, Known, Strict
from lowtide.web.practice.api.playing import Session, session_value
from lowtide.web.practice.api.values import Line, Moment, Rated, moment
from lowtide.web.practice.models import Session as Row
from lowtide.web.practice.today import actions, drawing
from lowtide.web.practice.today.offers import Offer, offer, shelves
from lowtide.web.practice.today.views import found_for, wish_at

router = Router(tags=["today"])
Length = Annotated[int, Field(ge=1, le=LONGEST_MS)]
MOST = 100
"""Sessions in one answer."""


class Before(Rated):
    """How it is before a session."""

    arrival: UUID
    """Made by whoever sends it: what is sent again takes the place of what was sent."""
    at: Moment | None = None


class Kept(Strict):
    """Whether something was kept."""

    kept: bool


class Item(Strict):
    """A technique of the library."""

    name: str
    title: str
    family: Family
    summary: str
    positions: list[Position]
    source: str


class Suggestion(Strict):
    """One session that may be had; send it to /api/sessions as it is, but for title, summary and why."""

    session: UUID
    technique: str
    script: str
    title: str
    summary: str
    position: Position
    length_ms: int
    why: list[str]
    seal: str


class Suggestions(Strict):
    """What suits now."""

    suggested: Suggestion | None
    others: list[Suggestion]


class Wished(Strict):
    """A session that is asked for; what is left out is decided."""

    length_ms: Annotated[int, Field(ge=1, le=LONGEST_MS, strict=True)]
    position: Position | Literal[""] = ""
    technique: Line = ""
    script: Line = ""
    session: UUID | None = None
    """What it will be called: asked for twice, it is made once."""
    before: UUID | None = None
    """The arrival of what was told before it."""
    seal: Annotated[str, Field(max_length=20_000)] = ""
    """The suggestion's own."""


class Wish(Strict):
    """What suggestions are asked for."""

    length_ms: Length
    position: Position | None = None


class Looked(Strict):
    """What is looked for in the library."""

    q: Line = ""
    family: Family | None = None


@router.post("/ratings", response={200: Kept} | PROBLEMS)
def before(request: Known, told: Before) -> Any:
    """Tell how it is before a session."""
    said = actions.Told(arrival=told.arrival, pains=told.rated(), measures=told.measures())
    return {"kept": actions.tell_before(request.person, said, moment(request, told.at)) is not None}


@router.get("/suggestions", response={200: Suggestions} | PROBLEMS)
def suggestions(request: Known, wished: Query[Wish]) -> Any:
    """Give one session with why, and two others."""
    person, now = request.person, timezone.now()
    verdict = records.verdict_of(person, now)
    if verdict.clearance is None:
        raise UserError(advice(verdict).split("\n\n")[0], hint="No session is offered before that.")
    found = found_for(person, verdict.clearance, wish_at(person, now, wished.length_ms, wished.position or ""), now)
    given = [_suggestion(one) for one in found]
    return {"suggested": given[0] if given else None, "others": given[1:]}


@router.get("/library", response={200: list[Item]} | PROBLEMS)
def library(request: Known, looked: Query[Looked]) -> Any:  # noqa: ARG001 (ninja calls it so)
    """Give the library, or what of it is looked for."""
    return [_item(one) for shelf in shelves(looked.q, looked.family or "") for one in shelf.techniques]


@router.get("/sessions", response={200: list[Session]} | PROBLEMS)
def sessions(request: Known, many: Annotated[int, Field(ge=1, le=MOST)] = MOST, skip: Annotated[
    int, Field(ge=0, le=1_000_000)] = 0) -> Any:  # fmt: skip
    """Give the last sessions, the newest first."""
    rows = request.person.sessions.order_by("-made_at", "uuid")[skip : skip + many]
    return [session_value(row) for row in rows]


@router.post("/sessions", response={201: Session} | PROBLEMS)
def make(request: Known, wished: Wished) -> Any:
    """Make a session."""
    person, now = request.person, timezone.now()
    verdict = records.verdict_of(person, now)
    if verdict.clearance is None:
        raise UserError(advice(verdict).split("\n\n")[0], hint="No session is offered before that.")
    wish = wish_at(person, now, wished.length_ms, wished.position, wished.technique, wished.script)
    drawn = drawing.unsealed(person, wished.session, wish, wished.seal)
    chosen = offer(records.profile_of(person, now), verdict.clearance, drawn.wish)
    named = replace(chosen, name=wished.session or chosen.name, drawn=drawn)
    made: Row = actions.make_session(person, records.profile_of(person, now), named, now, before=wished.before)
    return Status(201, session_value(made))


def _suggestion(one: Offer) -> dict[str, Any]:
    return {
        "session": one.name, "technique": one.technique.name, "script": one.wish.script, "title": one.technique.title,
        "summary": one.technique.summary, "position": one.position, "length_ms": one.wish.length_ms,
        "why": list(one.why), "seal": one.seal,
    }  # fmt: skip


def _item(one: Technique) -> dict[str, Any]:
    return {
        "name": one.name, "title": one.title, "family": one.family, "summary": one.summary,
        "positions": list(one.positions), "source": one.source,
    }  # fmt: skip
