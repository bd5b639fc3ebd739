"""The course, for programs: where a person is, what is asked today, what was done by oneself, a break, and on again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import AwareDatetime, Field

from lowtide.errors import UserError
from lowtide.model.programme import Why
from lowtide.web.course import actions, daily, noticing
from lowtide.web.course.models import EventEntry
from lowtide.web.course.models.event import LONGEST_WORDS
from lowtide.web.course.pages.calendar import keep
from lowtide.web.course.pages.shown import called, titled
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice.api.door import PROBLEMS, Known, OfRow, Strict
from lowtide.web.practice.api.values import NO_ZERO, Line, Moment, moment
from lowtide.web.practice.diary.actions import Practised, tell_outside
from lowtide.web.practice.models import OutsidePractice
from lowtide.web.practice.models.diary import LONGEST_OUTSIDE_MINUTES

router = Router(tags=["course"])
MOST = 100
Words = Annotated[str, Field(max_length=LONGEST_WORDS, pattern=NO_ZERO)]
NO_COURSE = "There is no course under way."
BEGIN_ONE = "Begin one on the page /course/."


class CoursePart(Strict):
    """One practice of today."""

    week: str
    practice: str
    title: str
    text: str
    is_guided: bool
    asked_ms: int
    least_ms: int
    done_ms: int
    parts_ms: list[list[int]]
    """What is left of it, whole or in parts."""
    notes: list[str]


class CourseNow(Strict):
    """Where a person is."""

    programme: str
    title: str
    state: Literal["not-begun", "under-way", "paused", "finished", "left"]
    pace: Literal["practice", "calendar"]
    week: str
    number: int
    of: int
    days: int
    days_left: int
    next_opens: date | None
    paused_why: Literal["flare", "relapse", "own", "safety"] | None
    today: list[CoursePart]
    notes: list[str]


class CourseBreak(Strict):
    """Why there is a break."""

    why: Literal["flare", "relapse", "own"] = "own"


class CoursePractised(Strict):
    """What was practised by oneself, of the present week."""

    practice: Line
    minutes: Annotated[int, Field(ge=1, le=LONGEST_OUTSIDE_MINUTES, strict=True)]
    at: Moment | None = None


class EventTold(Strict):
    """One moment of an event calendar, in one's own words."""

    kind: Literal["pleasant", "unpleasant", "communication"]
    at: Moment | None = None
    happened: Words = ""
    body: Words = ""
    mind: Words = ""
    now: Words = ""


class EventKept(Strict):
    """A moment that was kept."""

    uuid: UUID
    at: AwareDatetime
    kind: str
    happened: str
    body: str
    mind: str
    now: str


@router.get("/course", response={200: CourseNow | None} | PROBLEMS)
def course(request: Known) -> Any:
    """Tell where a person is in their course, and what is asked today; nothing where there is none."""
    noticing.told(request.person, timezone.now())
    found = course_of(request.person, timezone.now())
    actions.keep_end(found, timezone.now())
    return None if found is None else _now(found)


@router.post("/course/pause", response={200: CourseNow} | PROBLEMS)
def pause(request: Known, told: CourseBreak) -> Any:
    """Take a break."""
    actions.pause(_open(request), Why(told.why), timezone.now())
    return _now(_open(request))


@router.post("/course/resume", response={200: CourseNow} | PROBLEMS)
def resume(request: Known) -> Any:
    """Go on in the same week."""
    found = _open(request)
    if daily.whole(request.person, timezone.now()).clearance is None:
        raise UserError(daily.NOT_CLEARED, hint="The course goes on after that.")
    actions.resume(found, timezone.now())
    return _now(_open(request))


@router.put("/course/practised/{uuid:pk}", response={200: CourseNow} | PROBLEMS)
def practised(request: Known, pk: UUID, told: CoursePractised) -> Any:
    """Keep what was practised by oneself under a name of your own, or correct it."""
    found, at = _open(request), moment(request, told.at)
    practice = next((one for one in found.practices if one.name == told.practice), None)
    if practice is None:
        names = ", ".join(one.name for one in found.practices)
        raise UserError(f"practice: this week has no '{told.practice}'.", hint=f"It has {names}.")
    said = Practised(arrival=pk, at=at, what=called(practice)[:MOST], minutes=told.minutes)
    kept: OutsidePractice = tell_outside(request.person, said)
    actions.count(found.enrolment, kept, found.week.name, practice.name, at)
    return _now(_open(request))


@router.get("/events", response={200: list[EventKept]} | PROBLEMS)
def events(request: Known, many: Annotated[int, Field(ge=1, le=MOST)] = MOST, skip: Annotated[
    int, Field(ge=0, le=1_000_000)] = 0) -> Any:  # fmt: skip
    """Give the last moments of the event calendars, the newest first."""
    return [_event(row) for row in request.person.event_entries.order_by("-at")[skip : skip + many]]


@router.put("/events/{uuid:pk}", response={200: EventKept} | PROBLEMS)
def tell(request: Known, pk: UUID, told: EventTold) -> Any:
    """Keep a moment under a name of your own, or correct it."""
    words = {"happened": told.happened, "body": told.body, "mind": told.mind, "now": told.now}
    if not any(words.values()):
        raise UserError("Write one thing at least: a word is enough.")
    return _event(keep(request.person, pk, moment(request, told.at), told.kind, words))


@router.get("/events/{uuid:pk}", response={200: EventKept} | PROBLEMS, auth=OfRow("event_entries"))
def event(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Give a moment."""
    return _event(request.auth)


@router.delete("/events/{uuid:pk}", response={204: None} | PROBLEMS, auth=OfRow("event_entries"))
def forget(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Take a moment back."""
    request.auth.delete()
    return Status(204, None)


def _open(request: Known) -> Course:
    found = course_of(request.person, timezone.now())
    if found is None or not found.is_open:
        raise UserError(NO_COURSE, hint=BEGIN_ONE)
    return found


def _now(found: Course) -> dict[str, Any]:
    here = found.standing
    asked, info = daily.asked_today(found, daily.whole(found.enrolment.person, timezone.now()))
    return {
        "programme": found.programme.name, "title": found.programme.title,
        "state": here.state.value, "pace": here.pace.value,
        "week": here.week, "number": here.number, "of": here.of, "days": len(here.days), "days_left": here.days_left,
        "next_opens": here.next_opens, "paused_why": here.paused_why.value if here.paused_why else None,
        "today": [
            {"week": one.week, "practice": one.practice, "title": titled(one.title, one.technique, one.script),
             "text": one.text, "is_guided": one.guided, "asked_ms": one.asked_ms, "least_ms": one.least_ms,
             "done_ms": one.done_ms, "parts_ms": [list(parts) for parts in one.splits], "notes": list(one.notes)}
            for one in asked
        ],
        "notes": list(dict.fromkeys((*found.info.notes, *info.notes))),
    }  # fmt: skip


def _event(row: EventEntry) -> dict[str, Any]:
    return {"uuid": row.arrival} | {name: getattr(row, name) for name in
                                    ("at", "kind", "happened", "body", "mind", "now")}  # fmt: skip
