"""A person and a moment in, their course out: its programme, its log as the core's nouns, and where they stand.

The one place where the course's rows become nouns. Law: a standing is never kept; it is made anew from the log, and how
long a practice was is what its session or its outside practice says today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.programme import (
    Began,
    Chose,
    Finished,
    Left,
    LogEntry,
    Pace,
    Paused,
    Practice,
    Practised,
    Programme,
    Resumed,
    Standing,
    StandingInfo,
    State,
    Stayed,
    Week,
    Why,
)
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan.programme import practices_of, standing
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.course.models import Enrolment, LogKind, LogLine
from lowtide.web.practice.models import Session
from lowtide.web.practice.records.checkins import ms_of

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A person's course on one day."""

    enrolment: Enrolment
    programme: Programme
    log: tuple[LogEntry, ...]
    standing: Standing
    info: StandingInfo

    @property
    def week(self) -> Week:
        """The present week."""
        found = self.programme.week(self.standing.week)
        assert found is not None, "a standing is of a week of its programme"
        return found

    @property
    def practices(self) -> tuple[Practice, ...]:
        """Everything that counts for the present week: its practices, or the person's own, and its day's parts."""
        return practices_of(self.programme, self.standing) + (self.week.day.parts if self.week.day else ())

    @property
    def is_at_its_end(self) -> bool:
        """True where it is finished and its log does not say so yet."""
        is_said = any(isinstance(entry, Finished) for entry in self.log)
        return self.standing.state is State.FINISHED and not is_said

    @property
    def is_open(self) -> bool:
        """True until it was finished or left."""
        return self.standing.state not in (State.FINISHED, State.LEFT)


def course_of(person: Person, now: datetime) -> Course | None:
    """Give the course that was begun last; None where there is none, or where its programme is not here any more."""
    enrolment = person.enrolments.last()
    return None if enrolment is None else read(enrolment, day_of(person, now))


def read(enrolment: Enrolment, today: date) -> Course | None:
    """Give a course as it stands on a day; None where its programme is not here any more."""
    programme = programme_of(enrolment)
    if programme is None:
        return None
    log = log_of(enrolment)
    found, info = standing(programme, log, today)
    return Course(enrolment=enrolment, programme=programme, log=log, standing=found, info=info)


def programme_of(enrolment: Enrolment) -> Programme | None:
    """Give the programme of an enrolment; None where there is no such programme any more."""
    try:
        return content.programme(enrolment.programme)
    except UserError:
        return None


def log_of(enrolment: Enrolment) -> tuple[LogEntry, ...]:
    """Give everything that happened in it."""
    rows = enrolment.lines.select_related("session", "outside")
    return tuple(_entry(row, enrolment.programme) for row in rows)


def _entry(row: LogLine, programme: str) -> LogEntry:
    day, at_ms = row.day, ms_of(row.at)
    match LogKind(row.kind):
        case LogKind.PRACTISED:
            return _practised(row)
        case LogKind.BEGAN:
            return Began(day=day, at_ms=at_ms, programme=programme, pace=_word(Pace, row.pace, Pace.PRACTICE))
        case LogKind.PAUSED:
            return Paused(day=day, at_ms=at_ms, why=_word(Why, row.why, Why.OWN))
        case LogKind.CHOSE:
            return Chose(day=day, at_ms=at_ms, practices=tuple(str(one) for one in row.chosen))
        case LogKind.RESUMED:
            return Resumed(day=day, at_ms=at_ms)
        case LogKind.STAYED:
            return Stayed(day=day, at_ms=at_ms)
        case LogKind.LEFT:
            return Left(day=day, at_ms=at_ms)
        case LogKind.FINISHED:
            return Finished(day=day, at_ms=at_ms)


def _word(kind: type[Word], value: str, otherwise: Word) -> Word:
    """Read a controlled word; one that this version does not know is read as the usual one."""
    return kind(value) if value in kind._value2member_map_ else otherwise


def _practised(row: LogLine) -> Practised:
    if row.session is not None:
        day, ms = row.session.day, lived_ms(row.session)
    else:
        assert row.outside is not None, "a line of practice is of a session or of a practice elsewhere"
        day, ms = row.outside.day, row.outside.minutes * MS_PER_MINUTE
    return Practised(day=day, at_ms=ms_of(row.at), week=row.week, practice=row.practice, ms=ms)


def lived_ms(session: Session) -> int:
    """Say how long a session was practised, in milliseconds.

    A browser without JavaScript does not tell how much was heard. Whoever has said afterwards how it was has practised,
    so such a session counts whole.
    """
    return session.heard_ms or (session.length_ms if session.ended else 0)
