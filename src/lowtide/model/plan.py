"""Today's decision: this person, this clearance, this script, this long. Made by `plan`, read by `compose`."""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.clearance import Clearance
from lowtide.model.movement import Position
from lowtide.model.profile import Profile
from lowtide.model.time import LONGEST_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a session will be made for. It can not be made without a clearance."""

    clearance: Clearance
    profile: Profile
    technique: str
    """The technique's name."""
    script: str
    """The script's name."""
    position: Position
    length_ms: int
    seed: int
    facts: frozenset[str]
    """What `[when …]` and `[unless …]` may ask about: regions, `beginner`, `evening`, `pregnant` … (`plan.facts`)."""

    def __post_init__(self) -> None:
        assert 0 < self.length_ms <= LONGEST_MS, self.length_ms
        assert self.clearance.allows_position(self.position), self.position


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo:
    """Why this plan, for the screen "why this session" and the command line."""

    notes: tuple[str, ...]
    """Sentences for the person, such as why a position was changed."""
