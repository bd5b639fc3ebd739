"""An order in, the session that it asks for out: screened, planned, spoken, fitted, and changed where it was switched.

Called by `studio`. Law: a clearance is never taken from anywhere but screening; whoever must see someone first gets no
session.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lowtide import pipeline, speak
from lowtide.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lowtide.web.practice.sound.order import Order


class NotSpokenYetError(Exception):
    """Some phrases are not in the cache: making this session takes longer than a moment."""


def make(order: Order, clips: speak.Cache, progress: Callable[[int, int], None]) -> pipeline.Made:
    """Make a session, speaking what is missing. Raises `UserError` where it can not be had."""
    clearance = pipeline.clear(order.profile).clearance
    if clearance is None:
        raise UserError("No session is offered today.", hint="Please answer the safety questions first.")
    made = pipeline.prepare(
        order.profile, clearance, order.wish, voices=voices(order.voice), cache=clips, progress=progress
    )
    for switch in order.switches:
        made = pipeline.switch(made, switch, cache=clips, progress=progress)
    return made


def make_at_once(order: Order, clips: speak.Cache) -> pipeline.Made:
    """Make a session of which every phrase was spoken before; raise `NotSpokenYetError` before any is spoken."""

    def refuse(done: int, count: int) -> None:
        if done < count:
            raise NotSpokenYetError

    return make(order, clips, refuse)


@cache
def voices(name: str) -> tuple[speak.Voice, ...]:
    """Give the voices to try in turn: the one that was named, if it is there, then the best of every other engine."""
    wished = _found(name)
    return speak.candidates(wished if wished and wished.is_ready else None)


@cache
def best_voice() -> str:
    """Name the voice that is taken where none was chosen; empty where there is none at all."""
    return next((voice.name for voice in speak.candidates()), "")


@cache
def _found(name: str) -> speak.Voice | None:
    try:
        return speak.find(name) if name else None
    except UserError:
        return None  # a voice that was there when the session was made, and has gone since
