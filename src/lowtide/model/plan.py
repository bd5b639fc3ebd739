"""Today's decision: this person, this clearance, this script, this long. Made by `plan`, read by `compose`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
    may_end_in_sleep: bool = False
    """True where nobody is to be woken at the end: the sound fades out slowly."""

    def __post_init__(self) -> None:
        assert 0 < self.length_ms <= LONGEST_MS, self.length_ms
        assert self.clearance.allows_position(self.position), self.position


class Change(StrEnum):
    """What a listener may ask for in the middle of a session; each only takes away."""

    IMAGINE = "imagine"
    """From here on every movement and every tension is only pictured."""
    ANCHOR = "anchor"
    """From here on neither breath nor body is the only anchor: sound, hands, feet and sight are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """The rest of a session is changed from the next silence on."""

    to: Change
    at_ms: int
    """The earliest moment for it, on the session's clock."""

    def __post_init__(self) -> None:
        assert 0 <= self.at_ms <= LONGEST_MS, self.at_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo:
    """Why this plan, for the screen "why this session" and the command line."""

    notes: tuple[str, ...]
    """Sentences for the person, such as why a position was changed."""
