"""What this body may be asked for today, and what must happen first: the nouns that screening makes.

Law: only `lowtide.screen` constructs a `Clearance` (a test reads the source for it), and a `Plan` needs one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from lowtide.model.movement import BREATH, POSITION_NEEDS, TENSE, Kind, Position, is_movement, tension_touches


class Disposition(IntEnum):
    """What has to happen first, by urgency: the greater number always wins."""

    GO = 0
    CLINICIAN_SOON = 1
    """Sessions are fine; an appointment is advised."""
    CLINICIAN_FIRST = 2
    URGENT = 3
    SAME_DAY = 4
    CRISIS = 5
    """Crisis help at once; only grounding is offered."""
    EMERGENCY = 6
    """Emergency help now; nothing else is offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that applied, with why, so that nothing has to be explained twice."""

    rule: str
    """The rule's code in `screen`, such as `cauda-equina`."""
    disposition: Disposition
    words: str
    """What is said to the person, in plain words."""
    source: str
    """Where the rule comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of screening: what to do first, and the clearance where a session may be had."""

    disposition: Disposition
    findings: tuple[Finding, ...]
    """Every rule that applied, the most urgent first."""
    clearance: Clearance | None
    """None where no session is offered."""

    def __post_init__(self) -> None:
        assert self.clearance is None or self.disposition <= Disposition.CLINICIAN_SOON, self.disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """What a session for this person may contain. Everything that is not allowed is imagined or left out."""

    allowed: frozenset[Kind]
    """The movement kinds that may be asked for."""
    spared: frozenset[str] | None
    """Regions whose muscles must not be tensed (release only); None where no tension at all is cleared."""
    slowest_breaths_per_minute: float
    """Paced breathing never goes slower than this."""
    other_anchor: bool
    """True where breath and body must not be the only anchor: sound, hands, feet and sight are offered."""
    eyes_open: bool
    """True where closed eyes are never assumed."""
    longest_silence_ms: int | None
    """No stretch without a voice is longer than this; None for no limit."""
    somatic_tracking: bool
    """True where a clinician has ruled out red flags: "this sensation is safe" may be said."""
    reasons: tuple[Finding, ...]
    """Why something is not allowed."""

    def allows(self, movement: str) -> bool:
        """Say whether a controlled movement may be asked for; an unknown name never may."""
        if not is_movement(movement):
            return False
        if not movement.startswith(TENSE):
            return Kind(movement) in self.allowed
        return self.spared is not None and not any(tension_touches(movement, region) for region in self.spared)

    def allows_position(self, position: Position) -> bool:
        """Say whether the listener may be placed so for a whole session."""
        need = POSITION_NEEDS[position]
        return need is None or need in self.allowed

    @property
    def allows_hold(self) -> bool:
        """True where a breath may be held."""
        return Kind.BREATH_HOLD in self.allowed

    @property
    def is_fully_paced(self) -> bool:
        """True where breath may be paced and held as written."""
        return self.allowed >= BREATH
