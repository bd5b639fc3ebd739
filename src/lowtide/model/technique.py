"""A practice that the library offers: one row of `content/techniques.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.movement import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """A practice, with the scripts that guide it."""

    name: str
    """The controlled name: `body-scan`."""
    title: str
    """What a listener reads: `Body scan`."""
    summary: str
    """One plain sentence that says what it is like and what it is for."""
    scripts: tuple[str, ...]
    """The names of its scripts in `content/scripts`, without the ending."""
    positions: tuple[Position, ...]
    """The positions that at least one of its scripts is written for."""
    source: str
    """The study or guideline that it rests on."""
