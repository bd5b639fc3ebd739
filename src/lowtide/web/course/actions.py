"""What a person does with their course, kept: each in one transaction, with the reminders that go with it.

Called by the pages and by the API. Laws: lines are added, never changed; two taps are one; whatever is done, nothing
that was practised is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lowtide.errors import UserError
from lowtide.model.programme import Pace, Programme, State, Why
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import in_turn
from lowtide.web.course.models import Enrolment, LogKind, LogLine, Mention
from lowtide.web.course.records import Course, course_of
from lowtide.web.practice.models import OutsidePractice, Session
from lowtide.web.reminders import actions as reminders
from lowtide.web.reminders.models import PauseWhy

ABOUT = "course"
"""What the course's routine of reminders is about."""


@transaction.atomic
def begin(
    person: Person, programme: Programme, pace: Pace, first_day: date, at: datetime, *, remind_minute: int | None = None
) -> Enrolment:
    """Begin a programme on a day; `remind_minute` is when to be reminded, in minutes after midnight.

    Raises `UserError` where another one runs: a body has one course at a time.
    """
    in_turn(person)
    running = course_of(person, at)
    if running is not None and running.standing.state is State.NOT_BEGUN:
        running.enrolment.delete()  # nothing has happened in it yet: another day is another beginning
    elif running is not None and running.is_open:
        if running.programme.name == programme.name:
            return running.enrolment  # two taps
        raise UserError(f"“{running.programme.title}” is under way.", hint="Leave it first; what you did stays.")
    made = Enrolment.objects.create(person=person, made_at=at, programme=programme.name, first_day=first_day)
    _add(made, LogKind.BEGAN, at, day=first_day, pace=pace.value)
    remind(person, remind_minute, at)
    reminders.resume(person, PauseWhy.COURSE, at)
    return made


def know(person: Person, at: datetime) -> None:
    """Keep that this person knows of courses: they looked at them, or waved the mention aside."""
    Mention.objects.get_or_create(person=person, defaults={"at": at})


def remind(person: Person, minute: int | None, at: datetime) -> None:
    """Remind of the course at this minute of the day; None for not at all."""
    if minute is None:
        reminders.drop_routine(person, ABOUT)
    else:
        reminders.keep_routine(person, ABOUT, reminders.Wished(times=(minute,)), at)


@transaction.atomic
def take_up(course: Course, at: datetime) -> None:
    """Take a programme up again that was left, where it was."""
    if _now(course, at).standing.state is State.LEFT:
        _add(course.enrolment, LogKind.BEGAN, at, pace=course.standing.pace.value)


@transaction.atomic
def change_pace(course: Course, pace: Pace, at: datetime) -> None:
    """Let the next week open in the other way from now on."""
    if _now(course, at).standing.pace is not pace:
        _add(course.enrolment, LogKind.BEGAN, at, pace=pace.value)


@transaction.atomic
def pause(course: Course, why: Why, at: datetime) -> None:
    """Ask for nothing until the person goes on."""
    if _now(course, at).standing.state is State.UNDER_WAY:
        _add(course.enrolment, LogKind.PAUSED, at, why=why.value)
        reminders.pause(course.enrolment.person, PauseWhy.COURSE, at)


@transaction.atomic
def resume(course: Course, at: datetime) -> None:
    """Go on in the same week."""
    if _now(course, at).standing.state is State.PAUSED:
        _add(course.enrolment, LogKind.RESUMED, at)
    reminders.resume(course.enrolment.person, PauseWhy.COURSE, at)


@transaction.atomic
def stay(course: Course, at: datetime) -> None:
    """Stay in this week for one more; said twice on a day, it is said once."""
    here = _now(course, at).standing
    if (
        here.state is State.UNDER_WAY
        and not course.enrolment.lines.filter(kind=LogKind.STAYED, day=here.today).exists()
    ):
        _add(course.enrolment, LogKind.STAYED, at)


@transaction.atomic
def choose_own(course: Course, practices: Sequence[str], at: datetime) -> None:
    """Let the week that is one's own consist of these, each as `WEEK/PRACTICE`."""
    here = _now(course, at).standing
    if here.state is State.UNDER_WAY and tuple(practices) != here.own:
        _add(course.enrolment, LogKind.CHOSE, at, chosen=list(practices))


@transaction.atomic
def leave(course: Course, at: datetime) -> None:
    """Leave the programme; what was done stays."""
    if _now(course, at).is_open:
        _add(course.enrolment, LogKind.LEFT, at)
    end_reminders(course.enrolment.person, at)


def keep_end(course: Course | None, at: datetime) -> None:
    """Keep that a course was seen to be finished: a week that is added to its text later does not open it again."""
    if course is None or not course.is_at_its_end:
        return
    with transaction.atomic():
        again = _now(course, at)
        if again.enrolment == course.enrolment and again.is_at_its_end:
            _add(course.enrolment, LogKind.FINISHED, at, day=again.standing.finished)
            end_reminders(course.enrolment.person, at)


def end_reminders(person: Person, at: datetime) -> None:
    """Let no reminder of the course come any more."""
    reminders.drop_routine(person, ABOUT)
    reminders.resume(person, PauseWhy.COURSE, at)


def count(enrolment: Enrolment, done: Session | OutsidePractice, week: str, practice: str, at: datetime) -> LogLine:
    """Let a session or a practice elsewhere count for a practice of the course: once, as it was said last."""
    of = {"session": done} if isinstance(done, Session) else {"outside": done}
    named: dict[str, Any] = {"week": week, "practice": practice}
    made = {"kind": LogKind.PRACTISED, "at": at, "day": done.day, **named}
    with transaction.atomic():
        return LogLine.objects.update_or_create(enrolment=enrolment, **of, defaults=named, create_defaults=made)[0]


def _now(course: Course, at: datetime) -> Course:
    """Look again, alone: somebody may have tapped on another device."""
    in_turn(course.enrolment.person)
    found = course_of(course.enrolment.person, at)
    assert found is not None, "what was there is there"
    return found


def _add(enrolment: Enrolment, kind: LogKind, at: datetime, **held: Any) -> None:
    day = held.pop("day", None) or day_of(enrolment.person, at)
    LogLine.objects.create(enrolment=enrolment, kind=kind, at=at, day=day, **held)
