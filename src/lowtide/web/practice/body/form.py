"""What was sent by the body map in, the places that hurt out; and back again for showing them.

Called by every page with a body map (begin, today, diary, after). The fields of a region R, all optional:
`here-R` (a box: it hurts there), `pain-R` (0 to 10), `word-R` (words for it, several), `injured-R`. Law: a place with
a box and no number hurts by an unknown amount; a number or words are enough without the box; nothing else is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lowtide.model.body import REGIONS, holders
from lowtide.model.profile import WORST_PAIN, Pain
from lowtide.web.practice.body.drawing import DRAWN, LARGER

WORDS = (
    "dull",
    "aching",
    "sharp",
    "burning",
    "stabbing",
    "throbbing",
    "tight",
    "stiff",
    "cramping",
    "tingling",
    "numb",
    "heavy",
)
"""How a pain may feel; after the short-form McGill questionnaire (Melzack 1987, Pain 30:191), in lay words."""
_GROUPS = {
    "Back": ("back", "spine"),
    "Neck, head and face": ("neck", "head"),
    "Hips and pelvis": ("pelvis",),
    "Legs and feet": ("legs",),
    "Shoulders and arms": ("arms",),
    "Chest and belly": ("trunk",),
}
_LONGEST_WORDS = 200
"""Characters kept of the words for one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place as the page shows it."""

    region: str
    label: str
    """As in a list: `Left hip`, `Lower back, left side`."""
    here: bool = False
    """True where it hurts."""
    intensity: int | None = None
    quality: tuple[str, ...] = ()
    own_words: str = ""
    """What is not among `WORDS`."""
    injured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Places that are listed together."""

    title: str
    spots: tuple[Spot, ...]
    is_open: bool
    """True for the back, and where something hurts."""


def read_pains(sent: Mapping[str, object]) -> tuple[Pain, ...]:
    """Read the places that hurt from a POST, the worst first, those without a number last."""
    pains = [pain for name in REGIONS if (pain := _pain(sent, name)) is not None]
    return tuple(sorted(pains, key=lambda pain: -1 if pain.intensity is None else pain.intensity, reverse=True))


def lacks_detail(sent: Mapping[str, object]) -> bool:
    """Say whether a box was ticked whose details were not on the page: without JavaScript it is shown again."""
    return any(f"here-{name}" in sent and f"asked-{name}" not in sent for name in REGIONS)


def spots(pains: Iterable[Pain]) -> tuple[Spot, ...]:
    """Give the places that hurt as the page shows them."""
    return tuple(_spot(pain) for pain in pains)


def groups(pains: Iterable[Pain]) -> tuple[Group, ...]:
    """Give every place that may be chosen, in groups, with those that hurt marked."""
    hurting = {spot.region: spot for spot in spots(pains)}
    left = [*DRAWN, *LARGER, *(name for name in hurting if name not in (*DRAWN, *LARGER))]
    made = []
    for title, parts in _GROUPS.items():
        names = [name for name in left if set(_chain(name)) & set(parts)]
        left = [name for name in left if name not in names]
        found = tuple(hurting.get(name) or Spot(region=name, label=label(name)) for name in sorted(names, key=_place))
        made.append(Group(title=title, spots=found, is_open=title == "Back" or any(spot.here for spot in found)))
    return tuple(made)


def label(name: str) -> str:
    """Name a region as in a list.

    >>> label("left-hip"), label("left-lower-back"), label("lower-back")
    ('Left hip', 'Lower back, left side', 'Lower back')
    """
    words = REGIONS[name].words.removeprefix("your ").removeprefix("the ")
    half = re.fullmatch(r"(left|right) side of your (.+)", words)
    words = f"{half[2]}, {half[1]} side" if half else words
    return words[0].upper() + words[1:]


def _chain(name: str) -> tuple[str, ...]:
    return holders(REGIONS[name].part)


def _place(name: str) -> tuple[int, int]:
    order = list(dict.fromkeys(region.part for region in REGIONS.values()))
    return order.index(REGIONS[name].part), ("left", "both", "right").index(REGIONS[name].side)


def _spot(pain: Pain) -> Spot:
    words = [word.strip() for word in pain.quality.split(",") if word.strip()]
    return Spot(
        region=pain.region,
        label=label(pain.region),
        here=True,
        intensity=pain.intensity,
        quality=tuple(word for word in words if word in WORDS),
        own_words=", ".join(word for word in words if word not in WORDS),
        injured=pain.injured,
    )


def _pain(sent: Mapping[str, object], name: str) -> Pain | None:
    number = str(sent.get(f"pain-{name}", ""))
    intensity = (
        int(number)
        if number.isascii() and number.isdecimal() and len(number) < 3 and int(number) <= WORST_PAIN
        else None
    )
    words = ", ".join(_several(sent, f"word-{name}"))[:_LONGEST_WORDS]
    injured = f"injured-{name}" in sent
    if not (f"here-{name}" in sent or intensity is not None or words or injured):
        return None
    return Pain(region=name, intensity=intensity, quality=words, injured=injured)


def _several(sent: Mapping[str, object], name: str) -> list[str]:
    values = sent.getlist(name) if hasattr(sent, "getlist") else [sent.get(name, "")]
    return [word for value in values if (word := str(value).replace(",", " ").replace("\0", "").strip())]
