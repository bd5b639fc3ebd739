"""A ritual and a person in, the session that it is for them today out. Called by the pages of rituals and reminders.

Law: the ritual's row says how long, in which positions, and whether anything strikes or wakes; the clearance says what
of it this body is asked for, and goes first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lowtide import content
from lowtide.errors import LengthError, UserError
from lowtide.model.clearance import Clearance
from lowtide.model.library import Ritual
from lowtide.model.movement import Position
from lowtide.model.profile import Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.accounts.models import Person
from lowtide.web.practice import records
from lowtide.web.practice.today.offers import Offer, offer


def found(name: str) -> Ritual | None:
    """Find a ritual by its controlled name."""
    return next((one for one in content.rituals() if one.name == name), None)


def offer_of(
    person: Person, ritual: Ritual, clearance: Clearance, now: datetime, minutes: float | None = None
) -> Offer:
    """Give the session; of the usual length where none is asked for, shorter where what did not feel right says so.

    Raises `UserError` where this body is not to be asked for any of it.
    """
    profile, wish = records.profile_of(person, now), wish_of(person, ritual, now, minutes)
    positions = positions_of(person, ritual)
    try:
        return offer(profile, clearance, wish, positions)
    except LengthError as failure:
        nearest = min(max(wish.length_ms, failure.shortest_ms + 1), failure.longest_ms - 1)
        return offer(profile, clearance, replace(wish, length_ms=nearest), positions)


def offer_or_why(
    person: Person, ritual: Ritual, clearance: Clearance, now: datetime
) -> tuple[Offer | None, UserError | None]:
    """Give the session, or why it can not be had today."""
    try:
        return offer_of(person, ritual, clearance, now), None
    except UserError as failure:
        return None, failure


def wish_of(person: Person, ritual: Ritual, now: datetime, minutes: float | None = None) -> Wish:
    """Say what the ritual asks for."""
    told = ritual.usual_minutes if minutes is None else min(max(minutes, ritual.least_minutes), ritual.most_minutes)
    most_ms = records.harm_of(person, now).most_ms
    length_ms = round(told * MS_PER_MINUTE)
    return Wish(
        length_ms=length_ms if most_ms is None else max(1, min(length_ms, most_ms)),
        technique=ritual.technique,
        script=ritual.script,
        moment=frozenset({ritual.moment} - {""}),
        seed=person.sessions.count(),
        may_end_in_sleep=ritual.may_end_in_sleep,
    )


def positions_of(person: Person, ritual: Ritual) -> tuple[Position, ...]:
    """Give the ritual's positions in its own order, those that work for the person before the others."""
    work = records.latest_version(person).positions or ()
    return tuple(sorted(ritual.positions, key=lambda one: one.value not in work))
