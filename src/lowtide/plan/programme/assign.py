"""A standing, a clearance and a day in, what is asked of a person today out: which practices, fitted to this body.

Called by the app's page of the course. Laws: whoever has paused, left, finished or is not cleared is asked for nothing;
what is done today counts towards today's length, in however many parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lowtide.model.clearance import Clearance
from lowtide.model.library import Technique
from lowtide.model.profile import SEVERE_PAIN, Profile
from lowtide.model.programme import AssignInfo, Assignment, Practice, Programme, Standing, State, Week, Why
from lowtide.model.programme.turns import due
from lowtide.plan.programme.fit import Body, fit
from lowtide.plan.programme.own import chosen
from lowtide.plan.programme.standing import FINISHED_WORDS, LEFT_WORDS, PAUSE_WORDS
from lowtide.script.nodes import Head

NOT_BEGUN_WORDS = "This course has not begun yet."
ENOUGH_WORDS = "This week's practice is done. Today is free; whatever you like to practise is welcome."
FLARE_WORDS = "This is a hard day. The course can wait if you like: nothing is lost."


def assign(
    programme: Programme, standing: Standing, clearance: Clearance | None, profile: Profile, most_ms: int | None,
    done: Mapping[str, int], today: date, library: Sequence[Technique], heads: Mapping[str, Head],
) -> tuple[tuple[Assignment, ...], AssignInfo]:  # fmt: skip
    """Say what is asked of a person today, in the week's order.

    `clearance` is None where screening gave none, `most_ms` is `Harm.most_ms`, `done` the milliseconds practised today
    of each practice of the present week by its name, `library` and `heads` are the content's.
    """
    week = programme.week(standing.week)
    asked = _due(programme, standing, week, today) if week and standing.is_asking else ()
    found, info = _fitted(asked, standing, clearance, profile, most_ms, done, library, heads)
    if standing.is_asking and clearance and not asked:
        info = AssignInfo(notes=(*info.notes, ENOUGH_WORDS), offer_pause=info.offer_pause)
    return found, info


def assign_day(
    programme: Programme, standing: Standing, clearance: Clearance | None, profile: Profile, most_ms: int | None,
    done: Mapping[str, int], today: date, library: Sequence[Technique], heads: Mapping[str, Head],
) -> tuple[tuple[Assignment, ...], AssignInfo]:  # fmt: skip
    """Give the parts of the present week's day of practice, each as `assign` would; empty where the week has none."""
    week = programme.week(standing.week)
    parts = week.day.parts if week and week.day and standing.is_asking and today >= standing.today else ()
    return _fitted(parts, standing, clearance, profile, most_ms, done, library, heads)


def practices_of(programme: Programme, standing: Standing) -> tuple[Practice, ...]:
    """Give what the present week practises: what the person chose, where the week is their own and they have chosen."""
    week = programme.week(standing.week)
    if week is None:
        return ()
    return (chosen(programme, standing.own) if week.own else ()) or week.practices


def _due(programme: Programme, standing: Standing, week: Week, today: date) -> tuple[Practice, ...]:
    before = sum(day < today for day in standing.days)
    practised = {name: sum(day < today for day in days) for name, days in standing.practised.items()}
    practices = practices_of(programme, standing) or week.practices
    return due(practices, before, practised, programme.days_for_next, standing.rounds)


def _fitted(
    asked: Iterable[Practice], standing: Standing, clearance: Clearance | None, profile: Profile, most_ms: int | None,
    done: Mapping[str, int], library: Sequence[Technique], heads: Mapping[str, Head],
) -> tuple[tuple[Assignment, ...], AssignInfo]:  # fmt: skip
    if not standing.is_asking:
        return (), AssignInfo(notes=(_why_nothing(standing),))
    if clearance is None:
        return (), AssignInfo(notes=(PAUSE_WORDS[Why.SAFETY],), offer_pause=Why.SAFETY)
    body = Body(clearance=clearance, profile=profile, most_ms=most_ms, library=library, heads=heads)
    fitted = (fit(one, standing.week, body, max(0, done.get(one.name, 0))) for one in asked)
    is_flare = (profile.worst or 0) >= SEVERE_PAIN
    info = AssignInfo(notes=(FLARE_WORDS,) if is_flare else (), offer_pause=Why.FLARE if is_flare else None)
    return tuple(one for one in fitted if one), info


def _why_nothing(standing: Standing) -> str:
    words = {State.FINISHED: FINISHED_WORDS, State.LEFT: LEFT_WORDS, State.NOT_BEGUN: NOT_BEGUN_WORDS}
    return words.get(standing.state) or PAUSE_WORDS[standing.paused_why or Why.OWN]
