"""A person in, everything that they have lived and rated out, as the learner and the report read it; and the belief.

Law: a belief is never stored. It is made again from the check-ins, and remembered only for exactly these check-ins: one
that is corrected, added or taken away is another key, so nothing that is remembered can be out of date.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lowtide.model.checkin import CheckIn, ChosenBy
from lowtide.model.checkin.checkin import is_name
from lowtide.model.report import PainRating
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import DiaryEntry, OutsidePractice, Ratings
from lowtide.web.practice.records.checkins import checkins_of, ms_of
from lowtide.web.practice.records.session import timing_of

if TYPE_CHECKING:
    from lowtide.model.belief import Belief

KEPT_BELIEFS = 128
"""People who are remembered at a time: some hundred kilobytes each after a year."""
OUTSIDE = "outside practice"
"""What a practice is called whose own name can not be one."""


def belief_of(person: Person) -> Belief:
    """Give what is believed of a person, from every session and every practice outside."""
    return _belief(lived_by(person))


def lived_by(person: Person) -> tuple[CheckIn, ...]:
    """Give everything that was practised, here and elsewhere, in order."""
    outside = (_outside(person, row) for row in person.outside_practice.all())
    return tuple(sorted([*checkins_of(person), *outside], key=lambda one: (one.began_ms, one.id)))


def ratings_of(person: Person) -> tuple[PainRating, ...]:
    """Give how much it hurt at other times: in the diary, and where a session was sought and not begun."""
    loose = person.ratings.filter(session__isnull=True).prefetch_related("pains")
    rows: list[DiaryEntry | Ratings] = [*person.diary.prefetch_related("pains"), *loose]
    found = (_rating(person, row) for row in sorted(rows, key=lambda row: row.at))
    return tuple(one for one in found if one is not None)


def forget_beliefs() -> None:
    """Let go of everything that is remembered."""
    _belief.cache_clear()


@lru_cache(maxsize=KEPT_BELIEFS)
def _belief(lived: tuple[CheckIn, ...]) -> Belief:
    from lowtide import learn

    return learn.replay(learn.house_prior(), lived[0].began_ms if lived else 0, lived)


def _outside(person: Person, row: OutsidePractice) -> CheckIn:
    began_ms, length_ms = ms_of(row.at), min(row.minutes * MS_PER_MINUTE, LONGEST_MS)
    return CheckIn(
        id=f"outside-{row.arrival}",
        began_ms=began_ms,
        ended_ms=began_ms + length_ms,
        utc_offset_minutes=timing_of(person, row.at).utc_offset_minutes,
        technique=row.what if is_name(row.what) else OUTSIDE,
        planned_ms=length_ms,
        heard_ms=length_ms,
        chosen_by=ChosenBy.PERSON,
    )


def _rating(person: Person, row: DiaryEntry | Ratings) -> PainRating | None:
    pains = [one.intensity for one in row.pains.all() if one.intensity is not None]
    if not pains:
        return None
    offset = timing_of(person, row.at).utc_offset_minutes
    return PainRating(at_ms=ms_of(row.at), utc_offset_minutes=offset, pain=float(max(pains)))
