"""A practice that the library offers: one row of `content/techniques.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lowtide.model.movement import Position


class Family(StrEnum):
    """What kinds of practice there are; each is a folder of `content/scripts`. In the order in which they are shown."""

    BODY = "body"
    BREATH = "breath"
    MUSCLES = "muscles"
    IMAGERY = "imagery"
    MOVEMENT = "movement"
    MIND = "mind"
    EVERYDAY = "everyday"
    """Practised while doing something else: walking, eating, waiting, sitting at a desk."""
    RITUALS = "rituals"
    """Short sessions that belong to an hour or to a need: the morning, the evening, a flare."""


ASKED_FOR = frozenset({Family.EVERYDAY, Family.RITUALS})
"""Families that are only practised when someone asks for them: they are no answer to "ten minutes, lying down"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """A practice, with the scripts that guide it."""

    name: str
    """The controlled name: `body-scan`."""
    title: str
    """What a listener reads: `Body scan`."""
    family: Family
    """Which kind of practice it is."""
    summary: str
    """One plain sentence that says what it is like and what it is for."""
    scripts: tuple[str, ...]
    """The names of its scripts in `content/scripts/FAMILY`, without the ending."""
    positions: tuple[Position, ...]
    """The positions that at least one of its scripts is written for."""
    source: str
    """The study or guideline that it rests on."""
