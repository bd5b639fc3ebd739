"""Who can hear a part: the gates from the script down to it in, whether anyone is left out.

Called by the checker. Law: a part is called unreachable only where no profile, position or plan lets it be heard.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lowtide.model.body import REGIONS, Side, holders
from lowtide.model.facts import MOMENTS, REGION_WORDS, Fact
from lowtide.model.movement import Position
from lowtide.model.profile import Condition
from lowtide.script.nodes import Gate

_EXCLUSIVE = (frozenset(MOMENTS), frozenset({Fact.SHORT, Fact.LONG}))
"""Facts of which one at most holds: the hour, the length."""
_SAME = {str(Fact.PREGNANT): str(Condition.PREGNANCY)}


@dataclass(frozen=True, slots=True)
class Reach:
    """What must hold for a part to be heard."""

    positions: frozenset[Position] = field(default_factory=lambda: frozenset(Position))
    when: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


def narrow(reach: Reach, gate: Gate) -> tuple[Reach, str]:
    """Pass a gate: what must hold behind it, and why nothing can, or an empty text.

    >>> inside, why = narrow(Reach(), Gate(when=("left-hip",)))
    >>> narrow(inside, Gate(unless=("hips",)))[1]
    '[when left-hip] always means hips'
    """
    when = frozenset(_SAME.get(name, name) for name in gate.when)
    unless = frozenset(_SAME.get(name, name) for name in gate.unless)
    wanted = set(gate.positions or Position)
    for name in when:
        wanted &= {Position(name)} if name in tuple(Position) else wanted
    wanted -= {position for position in Position if position in unless}
    inner = Reach(reach.positions & wanted, reach.when | when, reach.unless | unless)
    return inner, _why(reach, gate, inner)


def _why(outer: Reach, gate: Gate, inner: Reach) -> str:
    if outer.positions and not inner.positions:
        asked = ", ".join(gate.positions) or "this"
        return f"it is for {asked}, and what it stands in is for {', '.join(_listed(outer.positions))}"
    for first in sorted(inner.when):
        for group in _EXCLUSIVE:
            others = sorted(inner.when & group - {first}) if first in group else []
            if others:
                return f"{first} and {others[0]} never hold together"
        for name in sorted(inner.unless):
            if _implies(first, name):
                return f"[when {first}] always means {name}"
    return ""


def _listed(positions: frozenset[Position]) -> list[str]:
    return [str(position) for position in Position if position in positions]


def _implies(fact: str, other: str) -> bool:
    """Say whether whoever has one fact always has the other."""
    if fact == other:
        return True
    one, two = REGION_WORDS.get(fact), REGION_WORDS.get(other)
    if one and other == Fact.PAIN:
        return True
    if fact == Fact.SEVERE and other == Fact.PAIN:
        return True
    if not one or not two:
        return False
    holder = REGIONS[two]
    return holder.part in holders(REGIONS[one].part) and holder.side in (Side.BOTH, REGIONS[one].side)
