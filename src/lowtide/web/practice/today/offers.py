"""A person, a clearance and a wish in, what is offered out: one session with why, two others, and everything else.

Called by the pages of today. Law: nothing is offered that the clearance forbids or that can not be as long as asked;
which technique suits best is the core's to say (`pipeline.decide`), and so is why.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from lowtide import compose, content, pipeline, speak
from lowtide.errors import UserError
from lowtide.model.clearance import Clearance
from lowtide.model.library import ASKED_FOR, Family, Technique
from lowtide.model.movement import Position
from lowtide.model.plan import Plan, PlanInfo
from lowtide.model.profile import Profile, Wish
from lowtide.web.practice.today.drawing import Drawn

OTHERS = 2
EDGE = 0.04
"""Lengths are estimated here and measured when the voice has spoken; so near the ends nothing is promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One session that may be had."""

    technique: Technique
    wish: Wish
    """With the technique, the script and the position that were decided."""
    why: tuple[str, ...]
    """Sentences for the person."""
    name: uuid.UUID = field(default_factory=uuid.uuid4)
    """What the session will be called that is made of it: two taps make one session."""
    drawn: Drawn | None = None
    """Who decided it, and with which odds, where that was not the person."""
    seal: str = ""
    """The same for the way back, in a form that nobody can change."""

    @property
    def position(self) -> Position:
        """How the person is placed."""
        assert self.wish.position is not None, "an offer has decided its position"
        return self.wish.position


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One family of the free choice."""

    family: Family
    techniques: tuple[Technique, ...]


def offer(profile: Profile, clearance: Clearance, wish: Wish, positions: Sequence[Position] = ()) -> Offer:
    """Decide one session for a wish; where it names no position, in the first of `positions` that the script knows.

    Raises `UserError` where the technique is not there, not cleared, not for this position or not of this length.
    """
    plan, info = _decide(profile, clearance, wish, positions)
    technique = content.technique(plan.technique)
    shortest, longest = _reach(plan)
    if not shortest * (1 + EDGE) <= wish.length_ms <= longest * (1 - EDGE):
        raise compose.unreachable(technique.title, wish.length_ms, *_safely(shortest, longest))
    decided = replace(wish, technique=plan.technique, script=plan.script, position=plan.position)
    return Offer(technique=technique, wish=decided, why=info.notes)


def _decide(profile: Profile, clearance: Clearance, wish: Wish, positions: Sequence[Position]) -> tuple[Plan, PlanInfo]:
    for position in positions if wish.position is None else ():
        if clearance.allows_position(position):
            with suppress(UserError):  # this script is not for that position: the next one
                return pipeline.decide(profile, clearance, replace(wish, position=position))
    return pipeline.decide(profile, clearance, wish)


def offers(
    profile: Profile,
    clearance: Clearance,
    wish: Wish,
    liked: frozenset[str] = frozenset(),
    positions: Sequence[Position] = (),
) -> tuple[Offer, ...]:
    """Give the suggested session first and two others of other kinds; fewer where nothing else is left.

    `liked` are families that the person likes: what is of them goes before the rest; `positions` work for them.
    """
    found: list[Offer] = []
    for name in _names(wish, liked):
        try:
            because = wish.because if name == wish.technique else ""
            one = offer(profile, clearance, replace(wish, technique=name, script="", because=because), positions)
        except UserError:
            continue  # not for today: there is another one
        if one.technique.family not in {other.technique.family for other in found}:
            found.append(one)
        if len(found) == 1 + OTHERS:
            break
    return tuple(found)


def _names(wish: Wish, liked: frozenset[str]) -> Iterator[str]:
    yield wish.technique
    usual = [one for one in content.techniques() if one.family not in ASKED_FOR]
    turned = usual[wish.seed % len(usual) :] + usual[: wish.seed % len(usual)]  # not the same two others every day
    yield from (one.name for one in sorted(turned, key=lambda one: one.family not in liked))


def shelves(query: str = "", family: str = "") -> tuple[Shelf, ...]:
    """Give the library by families; only what fits where something is looked for."""
    words = query.casefold().split()
    found = [one for one in content.techniques() if family in ("", one.family) and _has(one, words)]
    made = (Shelf(family=kind, techniques=tuple(one for one in found if one.family is kind)) for kind in Family)
    return tuple(shelf for shelf in made if shelf.techniques)


def _has(technique: Technique, words: Iterable[str]) -> bool:
    text = f"{technique.title} {technique.summary} {technique.family}".casefold()
    return all(word in text for word in words)


def _reach(plan: Plan) -> tuple[int, int]:
    session = pipeline.resolve(plan, content.script(plan.script))
    voice = speak.candidates()[0]
    return compose.reach(session, {phrase.key: speak.estimate_ms(voice, phrase.key) for phrase in session.phrases()})


def _safely(shortest: int, longest: int) -> tuple[int, int]:
    return round(shortest * (1 + EDGE)), round(longest * (1 - EDGE))
