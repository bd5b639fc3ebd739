"""A short practice that belongs to an hour or to a need: one row of `content/rituals.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from lowtide.model.movement import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Ritual:
    """What is practised, when and how, unless a person wishes otherwise."""

    name: str
    """The controlled name: `morning-reset`."""
    title: str
    """What a listener reads: `Morning Reset`."""
    summary: str
    """One plain sentence that says what it is for."""
    technique: str
    script: str
    """The one script that guides it."""
    usual_minutes: float
    least_minutes: float
    most_minutes: float
    positions: tuple[Position, ...]
    """The positions it is meant for, the usual one first."""
    moment: str
    """The hour's word for `[when …]`: morning, midday, evening or night; empty where it is for any time."""
    hour: time | None
    """When a reminder would come, unless a person wishes otherwise; None where it waits for a need."""
    has_bell: bool
    """False where no bell is ever struck."""
    may_end_in_sleep: bool
    """True where nobody is woken at its end: it fades out slowly."""

    def __post_init__(self) -> None:
        assert 0 < self.least_minutes <= self.usual_minutes <= self.most_minutes, self.name
        assert not (self.may_end_in_sleep and self.has_bell), "a bell would wake who has fallen asleep"
