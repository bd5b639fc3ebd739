"""Profile in, words out: how `{place}`, `{side}` and `{name}` read in a sentence.

Called by `inline`, which puts a slot's words into the author's text. Law: a slot reads naturally whatever is known; a
place that was not named is never guessed at. `{place}` may be one place or several ("both hips"), so that what an
author writes after it has to fit both: "{place} can rest", not "{place} rests" (the checker's S710).
"""

from __future__ import annotations

import re

from lowtide.model.body import PARTS, REGIONS, Region, Side, overlaps
from lowtide.model.profile import Profile

CAPITAL = "\ue001"
"""Stands before words that take a capital where they begin a sentence."""
NOBODY = "\ue002"
"""Stands for a name that is not known; `without_names` takes it out."""
POINT = "\ue003"
"""Stands for a full stop that ends no sentence, as in `J. Smith`."""

UNKNOWN_PLACE = "the place that needs it most"
UNKNOWN_SIDE = "the side that hurts"
SPOKEN_PLACES = 3
"""More places than this are too many for one sentence."""
LONGEST_PLACES_WORDS = 16
"""Words of all places together: two halves of the back named in full. A calm breath has some 22 (see the tests of the
shipped scripts), and the author's own words have to fit into it, too."""
LONGEST_NAME = 60
"""Characters of a name that are spoken."""

_BOTH = {part.name: f"both {part.many}" for part in PARTS if part.paired} | {
    "groins": "both sides of your groin", "ribs": "the ribs on both sides", "toes": "the toes of both feet",
}  # fmt: skip
"""A part of which the left and the right were named by themselves."""

_DETERMINER = re.compile(r"\b(your|the|my) $", re.IGNORECASE)
_LONGEST_DETERMINER = len(" your ")
_OWNER = re.compile(rf" ?{NOBODY}['’]s\b")
_ENDS = re.compile(rf", ?{NOBODY}(?= ?[,.;:!?…]|$)")
_OPENS = re.compile(rf"(?P<before>^|[.!?…] ?){NOBODY},? ?")
_AFTER_COMMA = re.compile(rf", ?{NOBODY}")
_ELSEWHERE = re.compile(rf" ?{NOBODY}")
_TWICE = re.compile(r"\b(left side|right side|both sides|side that hurts) sides?\b")
"""`{side}` brings the word with it: "your {side} side" is read like "your {side}"."""


def places(profile: Profile) -> tuple[Region, ...]:
    """Name where it hurts, the worst first; what overlaps a worse place is left to it.

    >>> from lowtide.model.profile import Pain
    >>> [r.name for r in places(Profile(pains=(Pain(region="left-hip"), Pain(region="right-hip", intensity=5))))]
    ['hips']
    """
    ordered = sorted(profile.pains, key=lambda pain: -1 if pain.intensity is None else pain.intensity, reverse=True)
    names = list(dict.fromkeys(pain.region for pain in ordered))
    merged: list[Region] = []
    for name in names:
        one = REGIONS[name]
        sides = {REGIONS[other].side for other in names if REGIONS[other].part == one.part}
        whole = Side.BOTH in sides or len(sides) > 1
        for found in (REGIONS[one.part] if whole else one, one):
            if not any(overlaps(found.name, known.name) for known in merged):
                merged.append(found)
    return tuple(merged)


def worst_place(profile: Profile) -> str:
    """Name the region that `[attend place]` means; the whole body where nobody said.

    >>> worst_place(Profile())
    'whole-body'
    """
    found = places(profile)
    return found[0].name if found else "whole-body"


def place(profile: Profile) -> str:
    """Read `{place}`: a noun phrase that fits after a preposition and before a verb.

    >>> from lowtide.model.profile import Pain
    >>> place(Profile(pains=(Pain(region="left-lower-back"), Pain(region="left-hip"))))
    'the left side of your lower back and your left hip'
    """
    said = [_words(one, profile) for one in places(profile)]
    if not said:
        return UNKNOWN_PLACE
    counts = [count for count in (len(said), SPOKEN_PLACES - 1, 1) if count <= min(len(said), SPOKEN_PLACES)]
    readings = [_listed(said, count) for count in counts]
    return next((one for one in readings if len(one.split()) <= LONGEST_PLACES_WORDS), readings[-1])


def _listed(said: list[str], count: int) -> str:
    """Name the first places, and say that there are others."""
    left = len(said) - count
    others = ["the other places that hurt" if left > 1 else "the other place that hurts"] if left else []
    named = [*said[:count], *others]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _words(one: Region, profile: Profile) -> str:
    is_named = one.name in {pain.region for pain in profile.pains}
    return one.words if is_named or one.side is not Side.BOTH else _BOTH.get(one.part, one.words)


def side(profile: Profile) -> str:
    """Read `{side}` without its determiner, where it has one side: `left side`.

    >>> from lowtide.model.profile import Pain
    >>> side(Profile(pains=(Pain(region="left-hip"),))), side(Profile(pains=(Pain(region="lower-back"),)))
    ('left side', 'both sides')
    """
    sides = {REGIONS[pain.region].side for pain in profile.pains}
    if not sides:
        return UNKNOWN_SIDE
    return "both sides" if len(sides) > 1 or Side.BOTH in sides else f"{sides.pop()} side"


def name(profile: Profile) -> str:
    """Read `{name}`: the name without anything a voice would trip over, or `NOBODY`."""
    known = " ".join(re.sub(r"[^\w\s.'’-]|_", " ", profile.name).split())[:LONGEST_NAME]
    return known.strip().replace(".", POINT) if any(char.isalpha() for char in known) else NOBODY


def insert(before: str, slot: str, profile: Profile) -> str:
    """Write a slot's words behind `before`, minding an article or a "your" that the author put there.

    >>> insert("Rest on your ", "side", Profile()).replace(CAPITAL, "")
    'Rest on the side that hurts'
    """
    if slot == "name":
        return before + name(profile)
    words = side(profile) if slot == "side" else place(profile)
    determiner = _DETERMINER.search(before, max(0, len(before) - _LONGEST_DETERMINER))
    if slot == "side" and words.endswith(" side"):
        return before + words if determiner else f"{before}{CAPITAL}your {words}"
    if determiner:
        before = before[: determiner.start()]
    return f"{before}{CAPITAL}{words}"


def without_names(text: str) -> str:
    """Take out a name that nobody gave, with the comma that belonged to it, and a side that was said twice.

    >>> [without_names(f"Welcome, {NOBODY}."), without_names(f"Now, {NOBODY}, rest.")]
    ['Welcome.', 'Now, rest.']
    """
    text = _TWICE.sub(r"\1", text)
    if NOBODY not in text:
        return text
    text = _OWNER.sub(lambda found: f"{' ' if found[0][0] == ' ' else ''}{CAPITAL}your", text)
    text = _ENDS.sub("", text)
    text = _OPENS.sub(lambda found: found["before"] + CAPITAL, text)
    return _ELSEWHERE.sub("", _AFTER_COMMA.sub("", text))
