"""The days: the pain diary, practice elsewhere, and how it goes."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import AfterValidator, AwareDatetime, Field

from lowtide.errors import UserError
from lowtide.web.practice.api.door import PROBLEMS, Known, OfRow, Strict
from lowtide.web.practice.api.values import NO_ZERO, Hurts, Measures, Moment, Note, Rated, hurts, moment
from lowtide.web.practice.diary import actions
from lowtide.web.practice.diary.forms import LONGEST_WHAT
from lowtide.web.practice.models import DiaryEntry, OutsidePractice
from lowtide.web.practice.models.diary import LONGEST_OUTSIDE_MINUTES
from lowtide.web.practice.progress.told import told_of

router = Router(tags=["days"])
MOST = 100
Many = Annotated[int, Field(ge=1, le=MOST)]
Skip = Annotated[int, Field(ge=0, le=1_000_000)]


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words or not words.isprintable():
        raise ValueError("write it in plain letters")
    return words


class ToldNow(Rated):
    """How it is at one time of a day."""

    at: Moment | None = None
    note: Note = ""


class Entry(Measures):
    """A diary entry."""

    uuid: UUID
    at: AwareDatetime
    pains: list[Hurts]
    note: str


class Done(Strict):
    """What was practised elsewhere."""

    what: Annotated[str, Field(min_length=1, max_length=LONGEST_WHAT, pattern=NO_ZERO), AfterValidator(_words)]
    minutes: Annotated[int, Field(ge=1, le=LONGEST_OUTSIDE_MINUTES, strict=True)]
    at: Moment | None = None
    note: Note = ""


class Practice(Strict):
    """A practice elsewhere."""

    uuid: UUID
    at: AwareDatetime
    what: str
    minutes: int
    note: str


class Part(Strict):
    """One part of the report."""

    heading: str
    sentences: list[str]


class Progress(Strict):
    """How it goes, in sentences; nothing where nothing was practised or rated."""

    parts: list[Part]


@router.get("/diary", response={200: list[Entry]} | PROBLEMS)
def diary(request: Known, many: Many = MOST, skip: Skip = 0) -> Any:
    """Give the last entries, the newest first."""
    rows = request.person.diary.order_by("-at").prefetch_related("pains")
    return [_entry(row) for row in rows[skip : skip + many]]


@router.put("/diary/{uuid:pk}", response={200: Entry} | PROBLEMS)
def tell(request: Known, pk: UUID, told: ToldNow) -> Any:
    """Keep an entry under a name of your own, or correct it."""
    if not (told.pains or told.note or any(value is not None for value in told.measures().values())):
        raise UserError("Tell one thing at least: a number is enough.")
    said = actions.Told(
        arrival=pk, at=moment(request, told.at), pains=told.nouns(), measures=told.measures(), note=told.note
    )
    return _entry(actions.tell(request.person, said))


@router.get("/diary/{uuid:pk}", response={200: Entry} | PROBLEMS, auth=OfRow("diary"))
def entry(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Give an entry."""
    return _entry(request.auth)


@router.delete("/diary/{uuid:pk}", response={204: None} | PROBLEMS, auth=OfRow("diary"))
def forget(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Take an entry back."""
    request.auth.delete()
    return Status(204, None)


@router.get("/outside", response={200: list[Practice]} | PROBLEMS)
def outside(request: Known, many: Many = MOST, skip: Skip = 0) -> Any:
    """Give the last practices elsewhere, the newest first."""
    return [_practice(row) for row in request.person.outside_practice.order_by("-at")[skip : skip + many]]


@router.put("/outside/{uuid:pk}", response={200: Practice} | PROBLEMS)
def tell_outside(request: Known, pk: UUID, told: Done) -> Any:
    """Keep a practice under a name of your own, or correct it."""
    said = actions.Practised(
        arrival=pk, at=moment(request, told.at), what=told.what, minutes=told.minutes, note=told.note
    )
    return _practice(actions.tell_outside(request.person, said))


@router.get("/outside/{uuid:pk}", response={200: Practice} | PROBLEMS, auth=OfRow("outside_practice"))
def practice(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Give a practice."""
    return _practice(request.auth)


@router.delete("/outside/{uuid:pk}", response={204: None} | PROBLEMS, auth=OfRow("outside_practice"))
def forget_outside(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Take a practice back."""
    request.auth.delete()
    return Status(204, None)


@router.get("/progress", response={200: Progress} | PROBLEMS)
def progress(request: Known, weeks: Literal["4", "8", "12", "26", "all"] = "8") -> Any:
    """Tell how it goes."""
    told = told_of(request.person, weeks, timezone.now())
    parts = told.sections if told else ()
    return {"parts": [{"heading": str(one.heading), "sentences": list(one.sentences)} for one in parts]}


def _entry(row: DiaryEntry) -> dict[str, Any]:
    same = {name: getattr(row, name) for name in ("at", "tension", "stress", "mood", "note")}
    return same | {"uuid": row.arrival, "pains": hurts(row.pains.all())}


def _practice(row: OutsidePractice) -> dict[str, Any]:
    return {"uuid": row.arrival, "at": row.at, "what": row.what, "minutes": row.minutes, "note": row.note}
