"""Who the session is for: where it hurts, what makes it worse, what else is known. Text from a person in, values out.

Made by the command line and the app; read by screening and planning. Law: what was not asked is unknown, never "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lowtide.model.body import REGIONS
from lowtide.model.movement import Position

WORST_PAIN = 10
"""The upper end of the numeric rating scale (0 none, 10 worst imaginable); LOINC 72514-3."""
SEVERE_PAIN = 8
"""From here on pain is severe: nothing is asked of the body (SAFETY: "pain 8 or more today")."""


class Trigger(StrEnum):
    """What makes the pain worse."""

    BENDING = "bending"
    SITTING = "sitting"
    ARCHING = "arching"
    STANDING = "standing"
    TWISTING = "twisting"
    LYING = "lying"
    WALKING = "walking"
    LIFTING = "lifting"


class Condition(StrEnum):
    """What else is known of this body or mind, by the name a person or a clinician would use."""

    DISC = "disc"
    STENOSIS = "stenosis"
    FACET = "facet"
    SPONDYLOLISTHESIS = "spondylolisthesis"
    OSTEOPOROSIS = "osteoporosis"
    RECENT_SURGERY = "recent-surgery"
    FUSION = "fusion"
    FRACTURE = "fracture"
    PREGNANCY = "pregnancy"
    LEG_PAIN = "leg-pain"
    SPASM = "spasm"
    CRAMPS = "cramps"
    HIGH_BLOOD_PRESSURE = "high-blood-pressure"
    HEART_DISEASE = "heart-disease"
    LUNG_DISEASE = "lung-disease"
    EPILEPSY = "epilepsy"
    PANIC = "panic"
    CANNOT_RISE = "cannot-rise"
    TRAUMA = "trauma"
    DISSOCIATION = "dissociation"
    DISTRESS = "distress"
    CLEARED_BY_CLINICIAN = "cleared-by-clinician"
    """A clinician has ruled out red flags and said that moving is fine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """One place that hurts, now."""

    region: str
    """A name of `REGIONS`."""
    intensity: int | None = None
    """0–10 on the numeric rating scale; None where it was not asked."""
    quality: str = ""
    """The person's own word: dull, burning, tight; may be empty."""
    injured: bool = False
    """True where the place is injured or cramps, whatever its intensity."""

    def __post_init__(self) -> None:
        assert self.region in REGIONS, self.region
        assert self.intensity is None or 0 <= self.intensity <= WORST_PAIN, self.intensity


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything known of the person today. The default is someone of whom nothing is known."""

    pains: tuple[Pain, ...] = ()
    """Where it hurts, the worst first as far as it is known."""
    worse_with: frozenset[Trigger] | None = None
    """What makes it worse; None where it was not asked, empty where nothing does."""
    conditions: frozenset[Condition] | None = None
    """What is known of the body; None where it was not asked, empty where there is nothing."""
    answers: Mapping[str, bool] = field(default_factory=dict)
    """Screening answers by question code (`screen.questions`); a missing code is unknown."""
    age_years: int | None = None
    name: str = ""
    """What the guide may call the person; may be empty."""
    is_beginner: bool = True
    """True in the first weeks, when the safety line is said in full."""
    first_week: bool = True
    had_distress: bool = False
    """True for some weeks after a session that did not feel right (`screen.harm`). Apart from `conditions`, so that
    these stay unknown where nobody has asked."""

    @property
    def worst(self) -> int | None:
        """The highest intensity given today, 0–10."""
        known = [pain.intensity for pain in self.pains if pain.intensity is not None]
        return max(known, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person asks for today; what is left open is chosen for them."""

    length_ms: int
    """The length asked for, to the millisecond."""
    technique: str = ""
    """A technique's name; empty to have one suggested."""
    script: str = ""
    """One script's name where the technique has several; empty to choose by the seed."""
    because: str = ""
    """Why this technique, where a learner chose it: the sentence for the person, which the plan repeats."""
    position: Position | None = None
    """None for the first position that is cleared and that the script knows."""
    moment: frozenset[str] = frozenset()
    """Words for `[when …]` that belong to the hour, such as `evening`."""
    seed: int = 0
    """Chooses wordings and shapes the soundscape: the same seed, the same session."""
    may_end_in_sleep: bool = False
    """True where nobody is to be woken at the end: the sound fades out slowly."""
