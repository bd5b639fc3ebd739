"""A person and a wish in, the same wish with what the lot or the learner has drawn out, and a seal for the way back.

Called by the pages of today. Laws: what the person names is never drawn; odds are kept as they were in the very draw
that was shown; a seal that is not ours, is another person's or of another offer says nothing: then it was the person's
own choice. Within an hour the same page shows the same draw, so that nobody draws again until it pleases.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core import signing

from lowtide import pipeline
from lowtide.errors import UserError
from lowtide.model.belief import Context
from lowtide.model.checkin import ChosenBy
from lowtide.model.clearance import Clearance
from lowtide.model.profile import Profile, Wish
from lowtide.model.time import MS_PER_HOUR, MS_PER_SECOND
from lowtide.web.accounts.models import Person
from lowtide.web.practice import records
from lowtide.web.practice.comparing.lots import Lot, lot_of

SALT = "lowtide.today.drawing"
SEALED_SECONDS = 24 * 3600
"""A page that was left open for a day is asked for anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What is suggested, and who decided it."""

    wish: Wish
    by: ChosenBy = ChosenBy.PERSON
    odds: Mapping[str, float] = field(default_factory=dict)
    """Of each technique in this draw; empty where nothing was drawn."""


def draw(person: Person, profile: Profile, clearance: Clearance, wish: Wish, now: datetime) -> Drawn:
    """Let today's lot decide where a fair comparison runs, else the learner; else leave it to the plan."""
    lot = lot_of(person, now)
    if lot is not None:
        return Drawn(wish=_by_lot(wish, lot), by=ChosenBy.PROTOCOL)
    belief = records.belief_of(person)
    last_ms = max((one.began_ms for one in belief.counted.values()), default=0)
    now_ms = round(now.timestamp() * MS_PER_SECOND)
    context = Context(at_ms=max(now_ms - now_ms % MS_PER_HOUR, min(last_ms, now_ms)))
    try:
        decided, choice, _ = pipeline.draw(profile, clearance, wish, belief, context)
    except UserError:
        return Drawn(wish=wish)  # each practice has twice done harm: the plan's own, gentle ways are left
    if choice is None:
        return Drawn(wish=wish)
    return Drawn(wish=decided, by=ChosenBy.LEARNER, odds=dict(choice.odds))


def _by_lot(wish: Wish, lot: Lot) -> Wish:
    because = f"It is today's lot in your fair comparison: day {lot.day} of {lot.days}."
    return replace(wish, technique=lot.technique, script="", length_ms=lot.length_ms, because=because)


def sealed(person: Person, name: uuid.UUID, drawn: Drawn) -> str:
    """Write down who decided an offer and with which odds, so that nobody can change it on its way."""
    told = {"person": person.pk, "offer": str(name), "technique": drawn.wish.technique, "by": drawn.by.value,
            "odds": dict(drawn.odds), "because": drawn.wish.because}  # fmt: skip
    return signing.dumps(told, salt=SALT, compress=True)


def unsealed(person: Person, name: uuid.UUID | None, wish: Wish, seal: str) -> Drawn:
    """Read a seal; without a good one it is the person's own choice."""
    try:
        told: dict[str, Any] = signing.loads(seal, salt=SALT, max_age=SEALED_SECONDS)
    except signing.BadSignature:
        return Drawn(wish=wish)
    is_of_this = (told["person"], told["offer"], told["technique"]) == (person.pk, str(name), wish.technique)
    if not is_of_this:
        return Drawn(wish=wish)
    return Drawn(wish=replace(wish, because=told["because"]), by=ChosenBy(told["by"]), odds=told["odds"])
