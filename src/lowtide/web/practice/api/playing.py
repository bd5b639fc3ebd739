"""One session: where its sound is, where it was left, what changes in it, and how it was afterwards."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from ninja import Router, Status
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from lowtide.model.audio import LEAST_VOLUME_DB, MOST_VOLUME_DB, Soundscape
from lowtide.model.plan import Change
from lowtide.model.plan import Switch as SwitchNoun
from lowtide.web.practice.api.door import PROBLEMS, Known, OfSession, Problem, Strict
from lowtide.web.practice.api.values import Flag, Moment, Ms, Note, Rated, Rating, moment
from lowtide.web.practice.checkin import actions
from lowtide.web.practice.checkin.forms import FEELINGS
from lowtide.web.practice.models import Session as Row
from lowtide.web.practice.player.found import prepared, present_order
from lowtide.web.practice.player.saying import keep_position, keep_switches, keep_unwell, set_volumes, with_switch
from lowtide.web.practice.player.views import NOT_YET, state_of
from lowtide.web.practice.sound.studio import Preparation, studio

router = Router(tags=["sessions"], auth=OfSession())
Volume = Annotated[float, Field(ge=LEAST_VOLUME_DB, le=MOST_VOLUME_DB, strict=True)]


def _known(feeling: str) -> str:
    if feeling not in FEELINGS:
        raise ValueError("there is no such feeling to choose")
    return feeling


Feeling = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(FEELINGS)})]


class Session(Strict):
    """A session that was made."""

    uuid: UUID
    title: str
    technique: str
    length_ms: int
    why: list[str]
    chosen_by: str
    made_at: AwareDatetime
    begun_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    ended: str
    resume_ms: int
    heard_ms: int
    sound: str
    """Where its sound file is; it answers to ranges while it is still being made."""
    timeline: str
    captions: str
    page: str


class State(Strict):
    """How far a recording has come, and where it is."""

    ready: bool
    done: int
    count: int
    failure: str
    take: str
    sound: str
    timeline: str
    captions: str
    turns_ms: list[int]


class Timeline(Strict):
    """What happens when, as the player's page follows it."""

    model_config = ConfigDict(extra="allow")
    events: list[dict[str, Any]]
    take: str


class Where(Strict):
    """Where a session is left."""

    at_ms: Ms
    heard_ms: Ms
    ended: Literal["", "finished", "stopped"] = ""
    at: Moment | None = None


class Switch(Strict):
    """What is to change from the next silence on."""

    to: Change
    at_ms: Ms


class Volumes(Strict):
    """How loud it is, in dB relative to the designed balance."""

    voice_db: Volume | None = None
    soundscape_db: Volume | None = None
    bell_db: Volume | None = None
    soundscape: Soundscape | None = None


class Unwell(Strict):
    """It does not feel right."""

    arrival: UUID
    at_ms: Ms | None = None
    at: Moment | None = None


class CheckIn(Rated):
    """How it was."""

    arrival: UUID
    at: Moment | None = None
    pleasantness: Rating | None = None
    note: Note = ""
    is_unwell: Flag = False
    feelings: Annotated[list[Feeling], Field(max_length=len(FEELINGS), default_factory=list)]


class Arrived(Strict):
    """Whether it was kept; false where it had been told already."""

    kept: bool


@router.get("/{uuid:pk}", response={200: Session} | PROBLEMS)
def session(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Give a session."""
    return session_value(request.auth)


@router.delete("/{uuid:pk}", response={204: None} | PROBLEMS)
def forget(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Take a session back, with all that was said of it."""
    request.auth.delete()
    return Status(204, None)


@router.get("/{uuid:pk}/state", response={200: State} | PROBLEMS)
def state(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Tell how far the making of a session has come, and where its sound is."""
    return _state(request.auth, prepared(request.auth))


@router.get("/{uuid:pk}/timeline", response={200: Timeline, NOT_YET: Problem} | PROBLEMS)
def timeline(request: Known, pk: UUID) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Give what happens when."""
    made = prepared(request.auth)
    if made.is_ready:
        return made.recording.result().timeline()
    if made.failure:
        return Status(409, {"message": str(made.failure), "hint": "Choose another session."})
    return Status(NOT_YET, {"message": "This session is still being made.", "hint": "Ask again in a second."})


@router.post("/{uuid:pk}/position", response={200: Session} | PROBLEMS)
def position(request: Known, pk: UUID, told: Where) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Tell where it is, and how much was heard."""
    at = moment(request, told.at)
    return session_value(keep_position(request.auth, told.at_ms, told.heard_ms, told.ended, at))


@router.post("/{uuid:pk}/volumes", response={200: State} | PROBLEMS)
def volumes(request: Known, pk: UUID, told: Volumes) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Set how loud it is."""
    chosen = {name: value for name, value in told.model_dump(mode="json").items() if value is not None}
    if chosen:
        set_volumes(request.auth, chosen)
    return _state(request.auth, prepared(request.auth))


@router.post("/{uuid:pk}/switch", response={200: State, 202: State} | PROBLEMS)
def switch(request: Known, pk: UUID, told: Switch) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Change the rest of it; 202 while that is still being made: ask again."""
    row: Row = request.auth
    at_ms = min(told.at_ms, row.length_ms)
    order = with_switch(present_order(row), SwitchNoun(to=told.to, at_ms=at_ms))
    made = studio().prepare(order, is_awaited=True)
    if made.failure:
        return Status(409, {"message": str(made.failure), "hint": "It goes on as it was."})
    if not made.is_ready:
        return Status(202, _state(row, made))
    return keep_switches(row, made)


@router.post("/{uuid:pk}/unwell", response={200: Session} | PROBLEMS)
def unwell(request: Known, pk: UUID, told: Unwell) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Tell that it does not feel right; the session has ended."""
    keep_unwell(request.auth, told.arrival, told.at_ms, moment(request, told.at))
    return session_value(request.auth)


@router.post("/{uuid:pk}/checkin", response={200: Arrived} | PROBLEMS)
def check_in(request: Known, pk: UUID, told: CheckIn) -> Any:  # noqa: ARG001 (the door has looked it up)
    """Tell how it was; once."""
    said = actions.ToldAfter(
        arrival=told.arrival, pains=told.rated(), measures=told.measures(), pleasantness=told.pleasantness,
        note=told.note, feelings=tuple(one for one in FEELINGS if one in told.feelings),
        is_unwell=told.is_unwell or bool(told.feelings),
    )  # fmt: skip
    return {"kept": actions.tell_after(request.auth, said, moment(request, told.at))}


def session_value(row: Row) -> dict[str, Any]:
    """Give a session's row for the API."""
    same = ("uuid", "title", "technique", "length_ms", "why", "chosen_by", "made_at", "begun_at", "ended_at", "ended",
            "resume_ms", "heard_ms")  # fmt: skip
    links = {name: reverse(name, args=[row.pk]) for name in ("sound", "timeline", "captions")}
    return {name: getattr(row, name) for name in same} | links | {"page": reverse("player", args=[row.pk])}


def _state(row: Row, made: Preparation) -> dict[str, Any]:
    return state_of(row, made)
