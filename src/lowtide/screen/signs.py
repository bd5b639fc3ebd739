"""A profile in, its signs out: every single thing that a rule can look at, as one set of names.

Called by `verdict`. A sign is the code of a question answered with yes, a condition's name, `worse-with-TRIGGER`, or
one of the names below. Law: what was not asked makes no sign but those of `UNKNOWN`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.body import overlaps
from lowtide.model.profile import SEVERE_PAIN, Condition, Pain, Profile, Trigger
from lowtide.screen.questions import CODES, check_code

UNKNOWN_ANSWERS = "unknown-answers"
"""At least one screening question was not answered."""
UNKNOWN_CONDITIONS = "unknown-conditions"
UNKNOWN_TRIGGERS = "unknown-triggers"
"""Nobody has said what makes it worse, not even that nothing does."""
UNKNOWN_PLACE = "unknown-place"
"""Nobody has said where it hurts, not even that it does not."""
UNKNOWN_STRENGTH = "unknown-strength"
"""At least one place that hurts has no number for today."""
UNKNOWN = (UNKNOWN_ANSWERS, UNKNOWN_CONDITIONS, UNKNOWN_TRIGGERS, UNKNOWN_PLACE, UNKNOWN_STRENGTH)
"""Everything that can be unknown; the rules for it have the same codes."""
SEVERE = "severe-pain"
SORE_PLACE = "sore-place"
"""At least one place hurts, is injured or cramps."""
CRAMPS_SOMEWHERE = "cramps-somewhere"
"""There are cramps, and nobody has said where."""
SORE_NECK = "sore-neck"
INJURED = "injured-"
"""With one of `INJURED_AREAS` after it: something in that area is injured."""
INJURED_AREAS = ("neck", "trunk", "upper-back", "pelvis", "arms", "legs")

UNDER_20_YEARS = 20
OVER_50_YEARS = 50
"""New pain below and above these ages is a flag in several guidelines: Verhagen 2016, Eur Spine J 25:2788."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Part of a rule: it holds where at least so many of its signs are there."""

    signs: tuple[str, ...]
    at_least: int = 1

    def holds(self, present: frozenset[str]) -> bool:
        """Say whether enough of the signs are there."""
        return len(present.intersection(self.signs)) >= self.at_least


def worse_with(trigger: Trigger) -> str:
    """Name the sign of a trigger.

    >>> worse_with(Trigger.BENDING)
    'worse-with-bending'
    """
    return f"worse-with-{trigger}"


def signs(profile: Profile) -> frozenset[str]:
    """Collect everything in the profile that a rule can look at.

    Raises `UserError` for an answer to a question that does not exist.

    >>> sorted(signs(Profile(answers={"fever": True}, conditions=frozenset({Condition.DISC}))))
    ['disc', 'fever', 'unknown-answers', 'unknown-place', 'unknown-triggers']
    """
    for code in profile.answers:
        check_code(code)
    found = {code for code, answer in profile.answers.items() if answer}
    found |= {str(condition) for condition in profile.conditions or ()}
    found |= {worse_with(trigger) for trigger in profile.worse_with or ()}
    found |= {str(Condition.DISTRESS)} if profile.had_distress else set()
    return frozenset(found | _of_age(profile) | _of_pains(profile) | _of_unknowns(profile))


def sore_regions(profile: Profile) -> frozenset[str]:
    """Name the regions that hurt, are injured or cramp: everything named that is not plainly at 0."""
    return frozenset(pain.region for pain in profile.pains if pain.injured or pain.intensity != 0)


def _of_age(profile: Profile) -> set[str]:
    age = profile.age_years
    if age is None:
        return set()
    return {name for name, holds in (("under-20", age < UNDER_20_YEARS), ("over-50", age > OVER_50_YEARS)) if holds}


def _of_pains(profile: Profile) -> set[str]:
    sore = sore_regions(profile)
    injured = [pain for pain in profile.pains if pain.injured]
    found = {INJURED + area for area in INJURED_AREAS if any(overlaps(pain.region, area) for pain in injured)}
    if sore:
        found.add(SORE_PLACE)
    if any(overlaps(region, "neck") for region in sore):
        found.add(SORE_NECK)
    if (profile.worst or 0) >= SEVERE_PAIN:
        found.add(SEVERE)
    if Condition.CRAMPS in (profile.conditions or ()) and not injured:
        found.add(CRAMPS_SOMEWHERE)
    return found


def _of_unknowns(profile: Profile) -> set[str]:
    found = set()
    if unanswered(profile):
        found.add(UNKNOWN_ANSWERS)
    if profile.conditions is None:
        found.add(UNKNOWN_CONDITIONS)
    if profile.worse_with is None:
        found.add(UNKNOWN_TRIGGERS)
    if not profile.pains:
        found.add(UNKNOWN_PLACE)
    if any(_is_strength_unknown(pain) for pain in profile.pains):
        found.add(UNKNOWN_STRENGTH)
    return found


def _is_strength_unknown(pain: Pain) -> bool:
    return pain.intensity is None


def unanswered(profile: Profile) -> frozenset[str]:
    """Name the questions that nothing in the profile answers: a known age and known conditions answer some.

    >>> "fever" in unanswered(Profile()), "over-50" in unanswered(Profile(age_years=40))
    (True, False)
    """
    answered = set(profile.answers)
    if profile.age_years is not None:
        answered |= {"under-20", "over-50"}
    if profile.conditions is not None:
        answered.add(str(Condition.OSTEOPOROSIS))
    return CODES - answered
