"""The body as a map of named regions: a name in, a `Region` out.

Called by the script checker (`[attend REGION]`), screening (which muscles must not be tensed), wording (`{place}`) and
the player's body light. Law: left and right are always the listener's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from lowtide.errors import UserError


class Side(StrEnum):
    """The listener's own side; `BOTH` also stands for the middle."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row of the body's table."""

    name: str
    """The name of the whole part, both sides together: `hips`, `lower-back`."""
    one: str
    """One of a pair (`hip`), or the part itself where there is only one (`lower back`)."""
    many: str
    """The pair (`hips`), or the part itself."""
    paired: bool
    """True where there is one on each side, so that `left-hip` exists."""
    halved: bool
    """True where one part has a left and a right half, so that `left-lower-back` exists."""
    group: str
    """The larger part that holds this one; empty for the outermost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place of the body that a script, a profile or a drawing can name."""

    name: str
    """The controlled name, such as `left-hip` or `lower-back`."""
    part: str
    """The part it is a side of; `hips` for `left-hip`."""
    side: Side
    """Whose side; `BOTH` for the whole part."""
    words: str
    """How a guide says it after a preposition: `your left hip`, `the left side of your lower back`."""


def _pair(one: str, many: str, group: str) -> Part:
    return Part(name=many.replace(" ", "-"), one=one, many=many, paired=True, halved=False, group=group)


def _middle(words: str, group: str, *, halved: bool = False) -> Part:
    return Part(name=words.replace(" ", "-"), one=words, many=words, paired=False, halved=halved, group=group)


PARTS: tuple[Part, ...] = (
    _middle("whole body", ""),
    _middle("head", "whole-body", halved=True),
    _middle("scalp", "head"),
    _middle("face", "head", halved=True),
    _middle("forehead", "face"),
    _pair("eye", "eyes", "face"),
    _middle("jaw", "face", halved=True),
    _middle("neck", "whole-body", halved=True),
    _middle("throat", "neck"),
    _middle("trunk", "whole-body"),
    _middle("chest", "trunk", halved=True),
    _pair("rib", "ribs", "trunk"),
    _middle("belly", "trunk", halved=True),
    _middle("back", "trunk", halved=True),
    _middle("upper back", "back", halved=True),
    _pair("shoulder blade", "shoulder blades", "upper-back"),
    _middle("middle back", "back", halved=True),
    _middle("lower back", "back", halved=True),
    _middle("spine", "back"),
    _middle("tailbone", "pelvis"),
    _middle("pelvis", "trunk", halved=True),
    _middle("pelvic floor", "pelvis"),
    _pair("hip", "hips", "pelvis"),
    _pair("buttock", "buttocks", "pelvis"),
    _pair("groin", "groins", "pelvis"),
    _pair("arm", "arms", "whole-body"),
    _pair("shoulder", "shoulders", "arms"),
    _pair("upper arm", "upper arms", "arms"),
    _pair("elbow", "elbows", "arms"),
    _pair("forearm", "forearms", "arms"),
    _pair("wrist", "wrists", "arms"),
    _pair("hand", "hands", "arms"),
    _pair("leg", "legs", "whole-body"),
    _pair("thigh", "thighs", "legs"),
    _pair("knee", "knees", "legs"),
    _pair("lower leg", "lower legs", "legs"),
    _pair("calf", "calves", "lower-legs"),
    _pair("shin", "shins", "lower-legs"),
    _pair("ankle", "ankles", "legs"),
    _pair("foot", "feet", "legs"),
    _pair("heel", "heels", "feet"),
    _pair("sole", "soles", "feet"),
    _middle("toes", "feet", halved=True),
)
"""From the head down. `back` is a group: someone who names it means all of it."""

SYNONYMS = {
    "low-back": "lower-back", "lumbar": "lower-back", "mid-back": "middle-back", "abdomen": "belly", "stomach": "belly",
    "sacrum": "tailbone", "body": "whole-body", "fingers": "hands", "glutes": "buttocks", "upper-legs": "thighs",
}  # fmt: skip
"""Other words that people and authors type, read as the controlled name."""

_PARTS = {part.name: part for part in PARTS}


_OTHER_WORDS = {
    "groins": "your groin", "left-groin": "the left side of your groin", "right-groin": "the right side of your groin",
    "left-rib": "the ribs on your left side", "right-rib": "the ribs on your right side",
    "left-toes": "the toes of your left foot", "right-toes": "the toes of your right foot",
}  # fmt: skip
"""Where nobody would say it by the rule: a person has many ribs, one groin, and toes on each foot."""


def _table() -> dict[str, Region]:
    by_rule = _by_rule()
    return by_rule | {name: replace(by_rule[name], words=words) for name, words in _OTHER_WORDS.items()}


def _by_rule() -> dict[str, Region]:
    table: dict[str, Region] = {}
    for part in PARTS:
        words = f"your {part.many}"
        table[part.name] = Region(name=part.name, part=part.name, side=Side.BOTH, words=words)
        for side in (Side.LEFT, Side.RIGHT):
            if part.paired:
                name = f"{side}-{part.one.replace(' ', '-')}"
                table[name] = Region(name=name, part=part.name, side=side, words=f"your {side} {part.one}")
            elif part.halved:
                name = f"{side}-{part.name}"
                words = f"the {side} side of your {part.one}"
                table[name] = Region(name=name, part=part.name, side=side, words=words)
    return table


REGIONS: dict[str, Region] = _table()
"""Every region by its controlled name."""


def region(name: str) -> Region:
    """Look a region up by its name or a synonym; one of a pair alone (`hip`) means both.

    Raises `UserError` that offers the nearest names.

    >>> region("left-hip").words, region("left-lower-back").words, region("Hip").name
    ('your left hip', 'the left side of your lower back', 'hips')
    """
    wanted = name.strip().lower().replace(" ", "-").replace("_", "-")
    wanted = SYNONYMS.get(wanted, wanted)
    found = REGIONS.get(wanted) or REGIONS.get(_singulars().get(wanted, ""))
    if found:
        return found
    import difflib

    near = difflib.get_close_matches(wanted, REGIONS, n=3, cutoff=0.5) or ["lower-back", "upper-back", "left-hip"]
    raise UserError(f"There is no body region '{name}'.", hint=f"Perhaps {' or '.join(near)}?")


@cache
def _singulars() -> dict[str, str]:
    return {part.one.replace(" ", "-"): part.name for part in PARTS if part.paired}


def holders(part: str) -> tuple[str, ...]:
    """Name the parts that hold this one, from itself outwards.

    >>> holders("lower-back")
    ('lower-back', 'back', 'trunk', 'whole-body')
    """
    chain = [part]
    while _PARTS[chain[-1]].group:
        chain.append(_PARTS[chain[-1]].group)
    return tuple(chain)


def overlaps(one: str, other: str) -> bool:
    """Say whether two regions share any of the body: the same, or one holds the other, on a side they share.

    >>> overlaps("left-hip", "hips"), overlaps("left-hip", "right-hip"), overlaps("lower-back", "trunk")
    (True, False, True)
    """
    a, b = REGIONS[one], REGIONS[other]
    if a.side is not b.side and Side.BOTH not in (a.side, b.side):
        return False
    return a.part in holders(b.part) or b.part in holders(a.part)
