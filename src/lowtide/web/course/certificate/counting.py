"""An enrolment in, what its certificate counts out: the very numbers of its log. None while the course goes on.

Law: what was heard was measured while it played; everything else was told by hand: practice elsewhere, and sessions in
a browser that could not tell how much was heard and of which the person said afterwards how they were.
"""

from __future__ import annotations

from datetime import date

from lowtide.deliver.certificate import Record
from lowtide.model.programme import State
from lowtide.web.accounts.days import day_of
from lowtide.web.course.models import Enrolment, LogKind
from lowtide.web.course.records import read


def record_of(enrolment: Enrolment, today: date, name: str = "") -> Record | None:
    """Count an enrolment; None where it is not over, has no programme any more, or nothing was ever begun in it."""
    course = read(enrolment, today)
    if course is None or course.standing.state not in (State.FINISHED, State.LEFT):
        return None
    here = course.standing
    first, last = here.began or enrolment.first_day, here.finished or here.left or today
    heard_ms = _heard_ms(enrolment, today)
    return Record(
        name=name, programme=course.programme.title, first_day=min(first, last), last_day=last,
        is_finished=here.state is State.FINISHED, week=here.number, weeks=here.of, practice_days=here.practised_days,
        heard_ms=heard_ms, told_ms=here.practised_ms - heard_ms, meetings=_meetings(enrolment, first, last),
    )  # fmt: skip


def _heard_ms(enrolment: Enrolment, today: date) -> int:
    lines = enrolment.lines.filter(kind=LogKind.PRACTISED, session__day__lte=today)
    return sum(lines.values_list("session__heard_ms", flat=True))


def _meetings(enrolment: Enrolment, first: date, last: date) -> int:
    """Count the meetings of these days: of a group of this course, or of one elsewhere that follows none of ours."""
    person = enrolment.person
    came = person.attendances.filter(programme__in=(enrolment.programme, "")).values_list("at", flat=True)
    return sum(first <= day_of(person, at) <= last for at in came)
