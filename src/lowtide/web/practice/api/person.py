"""The person: what is known of them, the safety questions, and how they like it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.middleware.csrf import get_token
from django.utils import timezone
from ninja import Router
from pydantic import Field

from lowtide.errors import UserError
from lowtide.model.audio import LEAST_VOLUME_DB, MOST_VOLUME_DB, Soundscape
from lowtide.model.library import Family
from lowtide.model.movement import Position
from lowtide.model.profile import Condition, Trigger
from lowtide.model.time import LONGEST_MS
from lowtide.screen import QUESTIONS, advice
from lowtide.web.accounts.models import LONGEST_NAME, Person
from lowtide.web.accounts.waited import key_of
from lowtide.web.practice import records
from lowtide.web.practice.api.door import PROBLEMS, Known, Strict
from lowtide.web.practice.api.values import NO_ZERO, Flag, Hurts, Rated, hurts
from lowtide.web.practice.begin import actions
from lowtide.web.practice.models import Preferences
from lowtide.web.practice.models.known import OLDEST_YEARS

router = Router(tags=["person"])
Volume = Annotated[float, Field(ge=LEAST_VOLUME_DB, le=MOST_VOLUME_DB, strict=True)]
Name = Annotated[str, Field(max_length=LONGEST_NAME, pattern=NO_ZERO)]
CODES = sorted(question.code for question in QUESTIONS)


class Token(Strict):
    """What proves that a change is meant."""

    token: str
    whose: str
    """Names the person, for a device that keeps messages."""


class Screened(Strict):
    """What follows from the safety questions."""

    is_cleared: bool
    """False where a session is not offered before somebody was seen."""
    disposition: str
    advice: list[str]
    is_due: bool
    """True where the questions should be asked again."""


class Told(Strict):
    """What a person tells of themselves; only what is sent is changed."""

    name: Name | None = None
    age_years: Annotated[int, Field(ge=1, le=OLDEST_YEARS, strict=True)] | None = None
    worse_with: list[Trigger] | None = None
    conditions: list[Condition] | None = None
    positions: list[Position] = Field(default_factory=list)
    experience: Literal["", "new", "some", "regular"] = ""
    likes: list[Family] = Field(default_factory=list)


class Profile(Told):
    """What is known of a person now."""

    pains: list[Hurts]
    answers: dict[str, bool]
    screened: Screened


class Question(Strict):
    """One safety question."""

    code: str
    group: str
    text: str
    help: str


class Answers(Strict):
    """Answers to safety questions: true, false, or null for "not sure"."""

    answers: dict[Annotated[str, Field(json_schema_extra={"enum": CODES})], Flag | None]


class Liked(Strict):
    """How a person likes it; only what is sent is changed."""

    length_ms: Annotated[int, Field(ge=1, le=LONGEST_MS, strict=True)] = 600_000
    position: Position | Literal[""] = ""
    soundscape: Soundscape = Soundscape.WAVES
    voice_db: Volume = 0.0
    soundscape_db: Volume = 0.0
    bell_db: Volume = 0.0
    shows_captions: Flag = True
    shows_streaks: Flag = False


@router.get("/token", response={200: Token} | PROBLEMS)
def token(request: Known) -> Any:
    """Give the token for whatever changes something."""
    return {"token": get_token(request), "whose": key_of(request.person)}


@router.get("/profile", response={200: Profile} | PROBLEMS)
def profile(request: Known) -> Any:
    """Give what is known now."""
    return _profile(request.person)


@router.patch("/profile", response={200: Profile} | PROBLEMS)
def tell(request: Known, told: Told) -> Any:
    """Change what is known."""
    sent = told.model_dump(exclude_unset=True, mode="json")
    if "name" in sent:
        actions.call(request.person, sent.pop("name") or "")
    sent = {name: list(dict.fromkeys(value)) if isinstance(value, list) else value for name, value in sent.items()}
    if sent:
        actions.tell(request.person, timezone.now(), **sent)
    return _profile(request.person)


@router.put("/pains", response={200: Profile} | PROBLEMS)
def tell_pains(request: Known, told: Rated) -> Any:
    """Draw anew where it hurts."""
    records.keep_body_map(request.person, told.nouns(), timezone.now())
    return _profile(request.person)


@router.get("/questions", response={200: list[Question]} | PROBLEMS)
def questions(request: Known) -> Any:  # noqa: ARG001 (ninja calls it so)
    """Give the safety questions."""
    return [{"code": one.code, "group": one.group, "text": one.text, "help": one.help} for one in QUESTIONS]


@router.post("/answers", response={200: Screened} | PROBLEMS)
def answer(request: Known, told: Answers) -> Any:
    """Answer safety questions, and hear what follows."""
    unknown = sorted(set(told.answers) - set(CODES))
    if unknown:
        raise UserError(f"answers: there is no question '{unknown[0]}'.", hint="See /api/questions.")
    actions.tell_answers(request.person, told.answers, timezone.now())
    return _screened(request.person)


@router.get("/preferences", response={200: Liked} | PROBLEMS)
def liked(request: Known) -> Any:
    """Give how the person likes it."""
    return _liked(request.person)


@router.patch("/preferences", response={200: Liked} | PROBLEMS)
def like(request: Known, told: Liked) -> Any:
    """Change what is proposed the next time."""
    sent = told.model_dump(exclude_unset=True, mode="json")
    Preferences.objects.update_or_create(person=request.person, defaults=sent)
    return _liked(request.person)


def _liked(person: Person) -> dict[str, Any]:
    row = records.preferences_of(person)
    known = {name: getattr(row, name) for name in Liked.model_fields}
    position = row.position if row.position in tuple(Position) else ""
    return known | {"soundscape": records.sound_of(row).soundscape, "position": position}


def _profile(person: Person) -> dict[str, Any]:
    now = timezone.now()
    known, version = records.profile_of(person, now), records.latest_version(person)
    return {
        "name": person.name, "age_years": known.age_years, "experience": version.experience,
        "worse_with": None if known.worse_with is None else sorted(known.worse_with),
        "conditions": None if known.conditions is None else sorted(known.conditions),
        "positions": [one for one in version.positions if one in tuple(Position)],
        "likes": [one for one in version.likes if one in tuple(Family)],
        "pains": hurts(known.pains), "answers": dict(known.answers),
        "screened": _screened(person),
    }  # fmt: skip


def _screened(person: Person) -> dict[str, Any]:
    now = timezone.now()
    verdict = records.verdict_of(person, now)
    return {
        "is_cleared": verdict.clearance is not None, "disposition": verdict.disposition.name.lower(),
        "advice": advice(verdict).split("\n\n"), "is_due": records.why_again_of(person, now) is not None,
    }  # fmt: skip
