"""The controlled words of `[when X]` and `[unless X]`: a name in, whether it is a fact that a plan can hold.

Called by the script checker (is the name known?) and by `plan` (which facts hold today?). Law: a name that `is_known`
accepts is one that `plan.facts` can make true, so that no paragraph waits for something that never comes.
"""

from __future__ import annotations

from enum import StrEnum

from lowtide.model.body import PARTS, REGIONS, SYNONYMS, overlaps
from lowtide.model.movement import Position
from lowtide.model.profile import Condition


class Fact(StrEnum):
    """What may be asked besides regions, conditions and positions."""

    BEGINNER = "beginner"
    FIRST_WEEK = "first-week"
    MORNING = "morning"
    MIDDAY = "midday"
    EVENING = "evening"
    NIGHT = "night"
    PREGNANT = "pregnant"
    """The same as the condition `pregnancy`, in the word that reads better."""
    SHORT = "short"
    LONG = "long"
    OTHER_ANCHOR = "other-anchor"
    EYES_OPEN = "eyes-open"
    PAIN = "pain"
    SEVERE = "severe"


MOMENTS = frozenset({Fact.MORNING, Fact.MIDDAY, Fact.EVENING, Fact.NIGHT})
"""The facts of the hour: what `Wish.moment` may hold."""

REGION_WORDS: dict[str, str] = {
    **{part.one.replace(" ", "-"): part.name for part in PARTS},
    **SYNONYMS,
    **{name: name for name in REGIONS},
}
"""Every word for a region (controlled names, synonyms, one of a pair) with its controlled name."""

_OTHERS = frozenset({*Fact, *Condition, *Position})
KNOWN: frozenset[str] = frozenset(str(name) for name in _OTHERS) | frozenset(REGION_WORDS)
"""Every name that `[when …]` and `[unless …]` accept."""


def is_known(name: str) -> bool:
    """Say whether `[when NAME]` asks for something a plan can know.

    >>> is_known("lower-back"), is_known("pregnant"), is_known("evening"), is_known("sitting"), is_known("full-moon")
    (True, True, True, True, False)
    """
    return name in KNOWN


def nearest(name: str) -> tuple[str, ...]:
    """Give up to three known names that look like this one, the nearest first, for a hint.

    >>> nearest("lowerback")[0], nearest("zzzz")
    ('lower-back', ())
    """
    import difflib

    return tuple(difflib.get_close_matches(name, sorted(KNOWN), n=3))


def of_regions(hurting: tuple[str, ...]) -> frozenset[str]:
    """Name every region word that is true where these regions hurt: all that share any of the body with one of them.

    >>> facts = of_regions(("left-hip",))
    >>> "hips" in facts, "hip" in facts, "pelvis" in facts, "right-hip" in facts
    (True, True, True, False)
    """
    return frozenset(word for word, name in REGION_WORDS.items() if any(overlaps(name, region) for region in hurting))
