"""One session as the person lived it: what was heard, how it was before and after, and who chose it.

Made by the command line and the app (through `reading`, for values that are not trusted); read by `learn`. Law: an
instance is whole and possible; a rating that was not given is None, never a guess. Times are milliseconds of UTC since
1970 on the clock of the device that the person used; the person's own hour is that plus `utc_offset_minutes`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from lowtide.model.profile import WORST_PAIN
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE

BEST_RATING = float(WORST_PAIN)
"""The upper end of each 0–10 scale: the worst pain, tension or stress, the most pleasant."""
WORSE_BY = 2.0
"""Pain that rose by this many points counts as an unwanted effect (SAFETY: "rose by 2 or more"; Farrar 2001)."""
DISTRESS_AFTER = 2
"""After so many unwanted effects a technique is not offered any more (SAFETY: "after a second time")."""
LONGEST_NAME = 100
"""Letters of an identifier or a technique's name."""
FARTHEST_OFFSET_MINUTES = 14 * 60
"""No place on earth is farther from UTC (Kiribati, +14:00)."""
LATEST_MS = 7_258_118_400_000
"""The year 2200: a later time is a mistake."""
NEAR_ONE = 1e-6
"""The odds of one decision add up to 1 within this."""


class Measure(StrEnum):
    """What is rated before and after, 0 (none) to 10 (worst imaginable)."""

    PAIN = "pain"
    TENSION = "tension"
    STRESS = "stress"


MEASURES = tuple(Measure)


class ChosenBy(StrEnum):
    """Who decided which technique it was; what is learned from the session depends on it."""

    LEARNER = "learner"
    """Drawn by `learn.choose`, with known odds."""
    PERSON = "person"
    """"I choose myself", or a practice outside Lowtide: not random, and never learned as if it had been."""
    PROTOCOL = "protocol"
    """A course, a trial or a fair comparison that was fixed beforehand."""

    @property
    def is_random(self) -> bool:
        """True where the choice can not have known how this very session would go."""
        return self is not ChosenBy.PERSON


def is_rating(value: float | None) -> bool:
    """Say whether a value can be a rating: not given, or a number from 0 to 10.

    >>> is_rating(None), is_rating(7.5), is_rating(11), is_rating(float("nan"))
    (True, True, False, False)
    """
    return value is None or (math.isfinite(value) and 0 <= value <= BEST_RATING)


def is_name(text: str) -> bool:
    """Say whether a text can name a check-in or a technique: not empty, not long, without spaces at its ends."""
    return 0 < len(text) <= LONGEST_NAME and text == text.strip() and text.isprintable()


def are_odds(odds: tuple[tuple[str, float], ...]) -> bool:
    """Say whether these can be the odds of one decision: each technique once, 0 to 1, adding up to 1; or none at all.

    >>> are_odds((("pmr", 0.25), ("body-scan", 0.75))), are_odds((("pmr", 0.25),)), are_odds(())
    (True, False, True)
    """
    values = [chance for _, chance in odds]
    return not odds or (
        len({name for name, _ in odds}) == len(odds)
        and all(is_name(name) for name, _ in odds)
        and all(math.isfinite(chance) and 0 <= chance <= 1 for chance in values)
        and abs(math.fsum(values) - 1) <= NEAR_ONE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """How it is at one moment; None where it was not said."""

    pain: float | None = None
    """0–10 on the numeric rating scale."""
    tension: float | None = None
    """0–10."""
    stress: float | None = None
    """0–10."""

    def __post_init__(self) -> None:
        assert all(is_rating(self.of(measure)) for measure in MEASURES), self

    def of(self, measure: Measure) -> float | None:
        """Give one measure's rating.

        >>> Ratings(pain=6).of(Measure.PAIN), Ratings(pain=6).of(Measure.STRESS)
        (6, None)
        """
        value: float | None = getattr(self, measure.value)
        return value


NO_RATINGS = Ratings()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One session, or an outside practice, with what was said of it."""

    id: str
    """Names it for ever, so that it can be corrected or taken back; never the same twice for one person."""
    began_ms: int
    """When it began: milliseconds of UTC since 1970."""
    ended_ms: int
    """When the person answered afterwards, or it was left: the same clock, never before `began_ms`."""
    utc_offset_minutes: int = 0
    """What the person's own clock was ahead of UTC when it began, in minutes."""
    technique: str
    """The technique's controlled name, or any name for an outside practice."""
    planned_ms: int
    """The session's length, in milliseconds."""
    heard_ms: int
    """How much of it was heard, in milliseconds: less than planned for a partial session."""
    before: Ratings = NO_RATINGS
    after: Ratings = NO_RATINGS
    pleasantness: float | None = None
    """How pleasant it was, 0–10; None where it was not asked."""
    is_unwell: bool = False
    """True where "I don't feel right" was pressed during or after it."""
    chosen_by: ChosenBy = ChosenBy.PERSON
    odds: tuple[tuple[str, float], ...] = ()
    """The odds that each technique had in the decision, for evaluating it later; the learner's decisions always say."""

    def __post_init__(self) -> None:
        assert is_name(self.id), self.id
        assert is_name(self.technique), self.technique
        assert 0 <= self.began_ms <= self.ended_ms < LATEST_MS, (self.began_ms, self.ended_ms)
        assert abs(self.utc_offset_minutes) <= FARTHEST_OFFSET_MINUTES, self.utc_offset_minutes
        assert 0 <= self.heard_ms <= self.planned_ms <= LONGEST_MS, (self.heard_ms, self.planned_ms)
        assert self.planned_ms > 0, self.planned_ms
        assert is_rating(self.pleasantness), self.pleasantness
        assert are_odds(self.odds), self.odds
        assert bool(self.odds) or self.chosen_by is not ChosenBy.LEARNER, "the learner's decisions say their odds"
        assert not self.odds or self.chance > 0, "what was drawn had a chance"

    @property
    def chance(self) -> float:
        """The chance that the drawn technique had, 0–1; 0 where no odds are known."""
        return dict(self.odds).get(self.technique, 0.0)

    @property
    def own_minute(self) -> int:
        """The minute of the person's own day at which it began, 0–1439."""
        return (self.began_ms // MS_PER_MINUTE + self.utc_offset_minutes) % (24 * 60)

    @property
    def is_worse(self) -> bool:
        """True where pain rose by `WORSE_BY` or more."""
        before, after = self.before.pain, self.after.pain
        return before is not None and after is not None and after - before >= WORSE_BY
