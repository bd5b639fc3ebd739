"""A person in, nothing that was spoken with their name left in the caches on this disk.

Called before a person is deleted, while their sessions still tell what was spoken for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from lowtide import content, pipeline, speak
from lowtide.errors import LowtideError
from lowtide.model.speech import ClipKey
from lowtide.web.accounts.models import Person
from lowtide.web.practice.records import order_of
from lowtide.web.practice.sound.order import Order
from lowtide.web.practice.sound.studio import studio


def forget_speech(person: Person) -> int:
    """Throw away every clip in which the person's name is heard, and all encoded sound then; give how many clips."""
    keys = {key for row in person.sessions.all() for key in _named(order_of(row))}
    if not keys:
        return 0
    clips, shelf = studio().clips, studio().shelf
    gone = sum(speak.forget(keys, voice, clips) for voice in speak.voices() if voice.is_ready)
    if shelf is not None:
        shelf.empty()
    return gone


def _named(order: Order) -> Iterator[ClipKey]:
    """Give every phrase of a session's script, spoken or not, in which the name is."""
    name = order.profile.name
    clearance = pipeline.clear(order.profile).clearance
    if not name or clearance is None:
        return
    try:
        the_plan, _ = pipeline.decide(order.profile, clearance, order.wish)
        plans = [the_plan, *(pipeline.narrowed(the_plan, one.to) for one in order.switches)]
        for one in plans:
            session = pipeline.resolve(one, content.script(one.script))
            yield from (
                phrase.key
                for phrase in session.phrases()
                if name.casefold() in f"{phrase.text} {phrase.spoken}".casefold()
            )
    except LowtideError:
        return  # a script or a technique that this version does not have: its words can not be made any more
