"""A session's row in, the order for its sound out; and what a row keeps of the moment at which it is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from lowtide.web.accounts.days import clock_of, day_of
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Session
from lowtide.web.practice.records.nouns import profile_from, sound_of, switches_from, wish_from
from lowtide.web.practice.sound.order import Order


class Timing(NamedTuple):
    """When something is, for one person."""

    day: date
    """Their own day."""
    utc_offset_minutes: int
    """What their clock is ahead of UTC."""


def order_of(row: Session) -> Order:
    """Read everything that decides a session's sound. No clearance is kept: whoever renders screens the profile."""
    return Order(
        profile=profile_from(row.profile),
        wish=wish_from(row.wish),
        sound=sound_of(row),
        voice=row.voice,
        switches=switches_from(row.switches),
    )


def timing_of(person: Person, at: datetime) -> Timing:
    """Say what day it is for a person, and how far their clock is from UTC."""
    offset = clock_of(person, at).utcoffset()
    return Timing(day=day_of(person, at), utc_offset_minutes=round(offset.total_seconds() / 60) if offset else 0)
