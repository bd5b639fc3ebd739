"""What a routine is about and reasons to pause in, whether it is silenced out. Law: a break from one thing is no other.

Asked wherever something might come: when the next moment is reckoned, when a reminder is made, in the last moment
before it leaves, and by the calendar. A break of the course silences the course's own routine. Rituals, the diary and
whatever else somebody set up go on, for a hard time is what an evening's winding down is for; so do a group's meetings:
they are dates with others and have switches of their own.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from lowtide.web.reminders.models import PauseWhy

FROM_ONE_THING = {PauseWhy.COURSE: "course"}
"""Breaks from one thing alone, with what its routine is about; every other break is from everything."""

EVERYTHING = ""
"""What nothing is about: silent where all is."""


def is_silenced(about: str, whys: Collection[str]) -> bool:
    """Say whether a routine about this is silenced by these reasons.

    >>> is_silenced("course", {"course"}), is_silenced("diary", {"course"}), is_silenced("diary", {"course", "own"})
    (True, False, True)
    >>> is_silenced(EVERYTHING, {"course"}), is_silenced(EVERYTHING, {"own"})
    (False, True)
    """
    return any(FROM_ONE_THING.get(PauseWhy(why), about) == about for why in whys)


def silencing(about: str) -> Q:
    """Match the pauses that silence a routine about this: `is_silenced` for the database."""
    return ~Q(why__in=[why.value for why, of in FROM_ONE_THING.items() if of != about])
