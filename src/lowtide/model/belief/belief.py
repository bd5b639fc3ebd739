"""Everything that is believed of one person: the prior, the check-ins that were counted, and their sums.

Made and changed by `learn.update` only. Law: the sums are whole numbers, so that adding and taking away are exact; a
belief is a function of its prior, its beginning and the *set* of its check-ins. It is not stored: it is made again from
the check-ins (`learn.replay`), and so can never disagree with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lowtide.model.belief.prior import Prior
from lowtide.model.checkin import CheckIn, Measure


class Group(NamedTuple):
    """Check-ins whose features differ only in numbers: their sums are kept together."""

    technique: str
    measure: Measure
    is_own: bool
    """True where the person chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of one technique."""

    sessions: int = 0
    rated: int = 0
    """Sessions with pain before and after."""
    unwell: int = 0
    """How often "I don't feel right" was pressed."""
    worse: int = 0
    """How often pain rose by `WORSE_BY` or more."""
    pleasant_16ths: int = 0
    """The sum of pleasantness ratings, in sixteenths of a point."""
    pleasant_count: int = 0

    def __post_init__(self) -> None:
        assert self.sessions > 0, "a technique without sessions has no tally"
        assert 0 <= max(self.rated, self.unwell, self.worse, self.pleasant_count) <= self.sessions, self


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What is believed of one person."""

    prior: Prior
    since_ms: int
    """When the person began, from which weeks are counted: milliseconds of UTC since 1970."""
    counted: Mapping[str, CheckIn]
    """Every check-in in it, by its id."""
    sums: Mapping[Group, tuple[int, ...]]
    """Sums of products, as `learn.features` packs them."""
    tallies: Mapping[str, Tally]
    """Counts, by technique."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What one update did."""

    weights: Mapping[Measure, float]
    """How much each rated measure counted, 0–1; an outlier counts less. A measure that is missing was not rated."""
    surprises: Mapping[Measure, float]
    """How many standard deviations it was from what the prior expects of anybody."""
    notes: tuple[str, ...]
    """Plain sentences, such as that a rating was missing."""
