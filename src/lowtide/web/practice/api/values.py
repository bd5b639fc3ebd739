"""Small values of the API: what a rating, a text, a place and a moment are, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, Strict

from lowtide.errors import UserError
from lowtide.model.body import REGIONS
from lowtide.model.profile import WORST_PAIN, Pain
from lowtide.web.accounts.waited import said_at
from lowtide.web.practice.api.door import Strict as Value
from lowtide.web.practice.diary.when import EARLIEST, SLACK
from lowtide.web.practice.models.told import LONGEST_NOTE, LONGEST_QUALITY

LONGEST_HEARD_MS = 24 * 60 * 60 * 1000
NO_ZERO = r"^[^\u0000]*$"
"""A zero byte is no text, and PostgreSQL keeps none."""


def _known(region: str) -> str:
    if region not in REGIONS:
        raise ValueError("there is no such place of the body")
    return region


def _written(value: Any) -> Any:
    if value is not None and not isinstance(value, str | datetime):
        raise ValueError("write it as text, such as 2026-03-21T14:30:00+01:00")
    return value


Rating = Annotated[int, Strict(), Field(ge=0, le=WORST_PAIN)]
Flag = Annotated[bool, Strict()]
Ms = Annotated[int, Strict(), Field(ge=0, le=LONGEST_HEARD_MS)]
Note = Annotated[str, Field(max_length=LONGEST_NOTE, pattern=NO_ZERO)]
Line = Annotated[str, Field(max_length=100, pattern=NO_ZERO)]
Region = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": sorted(REGIONS)})]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]


class Hurts(Value):
    """One place that hurts."""

    region: Region
    intensity: Rating | None = None
    quality: Annotated[str, Field(max_length=LONGEST_QUALITY, pattern=NO_ZERO)] = ""
    injured: Flag = False

    def noun(self) -> Pain:
        """Give it as the core knows it."""
        return Pain(region=self.region, intensity=self.intensity, quality=self.quality, injured=self.injured)


class Measures(Value):
    """Ratings that are not of a place."""

    tension: Rating | None = None
    stress: Rating | None = None
    mood: Rating | None = None

    def measures(self) -> dict[str, int | None]:
        """Give them by name."""
        return {"tension": self.tension, "stress": self.stress, "mood": self.mood}


class Rated(Measures):
    """How it is: places and measures."""

    pains: Annotated[list[Hurts], Field(max_length=len(REGIONS), default_factory=list)]

    def rated(self) -> dict[str, int]:
        """Give each place with a number; of one that stands there twice, the last."""
        return {one.region: one.intensity for one in self.pains if one.intensity is not None}

    def nouns(self) -> tuple[Pain, ...]:
        """Give each place once."""
        return tuple({one.region: one.noun() for one in self.pains}.values())


def hurts(rows: Iterable[Any]) -> list[Hurts]:
    """Give the places of rows or of nouns; one that this version does not know is passed over."""
    return [
        Hurts(region=row.region, intensity=row.intensity, quality=row.quality, injured=row.injured)
        for row in rows
        if row.region in REGIONS
    ]


def moment(request: HttpRequest, told: datetime | None) -> datetime:
    """Give the moment that was told, else the one at which it was written; one that is still to come is refused."""
    now = timezone.now()
    if told is None:
        return said_at(request)
    if told > now + SLACK:
        raise UserError("at: that is still to come.", hint="Leave it out for now.")
    if told < EARLIEST:
        raise UserError("at: that is too long ago.", hint=f"It begins with {EARLIEST:%Y}.")
    return min(told.astimezone(UTC), now)
