"""Nouns of the core in, plain values for a row out, and back. Law: what is written here is read as the same noun.

A word that this version does not know (a region or a condition that was taken away) is passed over: what was kept can
always be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from lowtide.model.audio import Sound, Soundscape
from lowtide.model.body import REGIONS
from lowtide.model.movement import Position
from lowtide.model.plan import Change, Switch
from lowtide.model.profile import Condition, Pain, Profile, Trigger, Wish
from lowtide.web.practice.models.told import Hurts

Word = TypeVar("Word", bound=StrEnum)
Row = dict[str, Any]


class HasSound(Protocol):
    """A row with a choice of sound: a session's, or a person's preferences."""

    soundscape: Any
    voice_db: Any
    soundscape_db: Any
    bell_db: Any


def profile_row(profile: Profile) -> Row:
    """Write a profile as plain values."""
    return {
        "pains": [
            {"region": one.region, "intensity": one.intensity, "quality": one.quality, "injured": one.injured}
            for one in profile.pains
        ],
        "worse_with": _spelled(profile.worse_with),
        "conditions": _spelled(profile.conditions),
        "answers": dict(profile.answers),
        "age_years": profile.age_years,
        "name": profile.name,
        "is_beginner": profile.is_beginner,
        "first_week": profile.first_week,
        "had_distress": profile.had_distress,
    }


def profile_from(row: Mapping[str, Any]) -> Profile:
    """Read a profile that was kept."""
    return Profile(
        pains=tuple(Pain(**one) for one in row["pains"] if one["region"] in REGIONS),
        worse_with=words_from(Trigger, row["worse_with"]),
        conditions=words_from(Condition, row["conditions"]),
        answers=dict(row["answers"]),
        age_years=row["age_years"],
        name=row["name"],
        is_beginner=row["is_beginner"],
        first_week=row["first_week"],
        had_distress=row.get("had_distress", False),
    )


def wish_row(wish: Wish) -> Row:
    """Write a wish as plain values."""
    return {
        "length_ms": wish.length_ms,
        "technique": wish.technique,
        "script": wish.script,
        "position": wish.position.value if wish.position else "",
        "moment": sorted(wish.moment),
        "seed": wish.seed,
        "may_end_in_sleep": wish.may_end_in_sleep,
    }


def wish_from(row: Mapping[str, Any]) -> Wish:
    """Read a wish that was kept."""
    return Wish(
        length_ms=row["length_ms"],
        technique=row["technique"],
        script=row["script"],
        position=Position(row["position"]) if row["position"] else None,
        moment=frozenset(row["moment"]),
        seed=row["seed"],
        may_end_in_sleep=row.get("may_end_in_sleep", False),
    )


def sound_of(row: HasSound) -> Sound:
    """Read soundscape and volumes from a session or from preferences."""
    known = row.soundscape in Soundscape._value2member_map_
    return Sound(
        soundscape=Soundscape(row.soundscape) if known else Soundscape.WAVES,
        voice_db=row.voice_db,
        soundscape_db=row.soundscape_db,
        bell_db=row.bell_db,
    )


def switches_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Switch, ...]:
    """Read what was changed in the middle of a session."""
    return tuple(Switch(to=Change(one["to"]), at_ms=one["at_ms"]) for one in rows)


def pain_of(row: Hurts) -> Pain | None:
    """Read one place that hurts; None for a place that this version does not know."""
    if row.region not in REGIONS:
        return None
    return Pain(region=row.region, intensity=row.intensity, quality=row.quality, injured=row.injured)


def words_from(kind: type[Word], names: Iterable[str] | None) -> frozenset[Word] | None:
    """Read controlled words; None stays None: nobody has asked."""
    return None if names is None else frozenset(kind(name) for name in names if name in kind._value2member_map_)


def _spelled(words: Iterable[StrEnum] | None) -> list[str] | None:
    return None if words is None else sorted(str(word) for word in words)
