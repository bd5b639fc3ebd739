"""A person, their clearance, a wish and a position in, the facts that hold today out: what `[when X]` asks about.

Called by `today`. Law: every name made here is one that `model.facts.is_known` accepts, and so is the other way round:
each known name holds for somebody.
"""

from __future__ import annotations

from lowtide.errors import UserError
from lowtide.model.clearance import Clearance
from lowtide.model.facts import MOMENTS, Fact, of_regions
from lowtide.model.movement import Position
from lowtide.model.profile import SEVERE_PAIN, Condition, Profile, Wish
from lowtide.model.time import MS_PER_MINUTE

SHORT_MS = 5 * MS_PER_MINUTE
"""Up to here a session is short: the usual length of a pause in the day (the product's 3 and 5 minutes)."""
LONG_MS = 30 * MS_PER_MINUTE
"""From here a session is long: home practice in an eight-week course is 30 to 45 minutes."""


def facts(profile: Profile, clearance: Clearance, wish: Wish, position: Position) -> frozenset[str]:
    """Collect the names that are true of this person in this session.

    Raises `UserError` for a word in `wish.moment` that is not one of the hour.
    """
    conditions = (profile.conditions or frozenset()) | ({Condition.DISTRESS} if profile.had_distress else frozenset())
    holds = {
        Fact.BEGINNER: profile.is_beginner,
        Fact.FIRST_WEEK: profile.first_week,
        Fact.PREGNANT: Condition.PREGNANCY in conditions,
        Fact.SHORT: wish.length_ms <= SHORT_MS,
        Fact.LONG: wish.length_ms >= LONG_MS,
        Fact.OTHER_ANCHOR: clearance.other_anchor,
        Fact.EYES_OPEN: clearance.eyes_open,
        Fact.PAIN: bool(profile.pains),
        Fact.SEVERE: (profile.worst or 0) >= SEVERE_PAIN,
    }
    found = {str(fact) for fact, is_true in holds.items() if is_true}
    found |= {str(condition) for condition in conditions} | {str(position)} | _moments(wish)
    return frozenset(found) | of_regions(tuple(pain.region for pain in profile.pains))


def _moments(wish: Wish) -> set[str]:
    wrong = sorted(wish.moment - MOMENTS)
    if wrong:
        raise UserError(f"There is no time of day '{wrong[0]}'.", hint=f"There are: {', '.join(sorted(MOMENTS))}.")
    return {str(moment) for moment in wish.moment}
