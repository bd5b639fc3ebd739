"""What was told at one time in, a line for a page out. Called by the pages of the diary and of looking back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from lowtide.model.body import REGIONS
from lowtide.web.practice.body.form import label
from lowtide.web.practice.models.told import Hurts


class HasMeasures(Protocol):
    """A row with the three ratings that are not of a place."""

    tension: int | None
    stress: int | None
    mood: int | None


def in_words(row: HasMeasures, pains: Iterable[Hurts]) -> str:
    """Write pains and ratings, such as `Lower back 6, dull · tension 4`."""
    rated = [("tension", row.tension), ("stress", row.stress), ("mood", row.mood)]
    parts = [pain_in_words(one) for one in pains]
    parts += [f"{name} {value}" for name, value in rated if value is not None]
    said = " · ".join(parts)
    return said[:1].upper() + said[1:]


def pain_in_words(pain: Hurts) -> str:
    """Write one place, such as `Left hip 4, aching`."""
    name = label(pain.region) if pain.region in REGIONS else pain.region
    number = "" if pain.intensity is None else f" {pain.intensity}"
    return f"{name}{number}{f', {pain.quality}' if pain.quality else ''}"
