"""A wish, a clearance and what the script is written for in, a position out, with the reason where it had to change.

Called by `today`. Law: the position is cleared and the script knows it. A wish that the script does not know is an
error, because its words would not fit; a wish that is not cleared is answered with the nearest position that is.
"""

from __future__ import annotations

from lowtide.errors import UserError
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Position
from lowtide.model.profile import Condition, Profile, Trigger, Wish
from lowtide.script.nodes import Head

_LYING, _RECLINED, _SITTING, _STANDING, _WALKING = Position

NEAREST: dict[Position, tuple[Position, ...]] = {
    _LYING: (_RECLINED, _SITTING, _STANDING, _WALKING),
    _RECLINED: (_LYING, _SITTING, _STANDING, _WALKING),
    _SITTING: (_RECLINED, _LYING, _STANDING, _WALKING),
    _STANDING: (_SITTING, _RECLINED, _LYING, _WALKING),
    _WALKING: (_STANDING, _SITTING, _RECLINED, _LYING),
}
"""What to try next, the most similar first: what a body that wanted one would find easiest instead."""

WORDS: dict[Position, str] = {
    _LYING: "lying down", _RECLINED: "reclining, propped up on a bed or in a chair", _SITTING: "sitting",
    _STANDING: "standing", _WALKING: "walking",
}  # fmt: skip


def known_positions(head: Head) -> tuple[Position, ...]:
    """Give the positions that a script is written for, in its own order; all where it does not say.

    >>> len(known_positions(Head())), known_positions(Head(positions=(Position.SITTING,)))[0].value
    (5, 'sitting')
    """
    return head.positions or tuple(Position)


def choose_position(profile: Profile, clearance: Clearance, wish: Wish, head: Head) -> tuple[Position, str]:
    """Give the position and the sentence that says why it is not the expected one; empty where it is.

    Raises `UserError` where the script does not know the wished one, and where none that it knows is cleared.
    """
    known = known_positions(head)
    if wish.position is not None and wish.position not in known:
        raise UserError(
            f"This script is not written for {wish.position}.", hint=f"It is written for: {', '.join(known)}."
        )
    first = wish.position or known[0]
    others = NEAREST[first] if wish.position else known[1:]
    for position in (first, *others):
        if position in known and clearance.allows_position(position):
            return position, "" if position is first else _why_not(profile, first, position)
    raise UserError(
        f"{reason(profile, first)}, and the script is written for nothing else that is cleared ({', '.join(known)}).",
        hint="Choose a script that can be used reclined.",
    )


def _why_not(profile: Profile, wished: Position, instead: Position) -> str:
    return f"{reason(profile, wished)}, so this session is for {WORDS[instead]}."


def reason(profile: Profile, position: Position) -> str:
    """Say why a position that is not cleared is not, as the beginning of a sentence."""
    conditions, triggers = profile.conditions or frozenset(), profile.worse_with or frozenset()
    match position:
        case Position.LYING if Condition.PREGNANCY in conditions:
            return "Lying flat for long is not comfortable or advised in pregnancy"
        case Position.LYING if Condition.CANNOT_RISE in conditions:
            return "Getting up from the floor is hard for you"
        case Position.LYING if Trigger.LYING in triggers:
            return "Lying flat brings your pain on"
        case Position.SITTING if Trigger.SITTING in triggers:
            return "Sitting for long brings your pain on"
        case Position.STANDING if Trigger.STANDING in triggers:
            return "Standing for long brings your pain on"
        case Position.WALKING if Trigger.WALKING in triggers:
            return "Walking brings your pain on"
    return f"{WORDS[position].capitalize()} is not cleared for you today"
