"""A session or a practice elsewhere, just kept, in; a line in its person's course where it counts for one, out.

Called by signals of the rows (`apps`), whoever has kept them: today's page, the player, the diary, the API. The rule,
and it is generous: whatever of the present week was practised counts, wherever it was begun and however long it was;
the course's page says so. One session counts for one practice.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.programme import Practice, State, Why
from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.accounts.models import Person
from lowtide.web.course import actions
from lowtide.web.course.models import LogKind, LogLine
from lowtide.web.course.records import course_of, lived_ms, read
from lowtide.web.practice import records
from lowtide.web.practice.models import OutsidePractice, Session
from lowtide.web.reminders.models import Routine
from lowtide.web.reminders.practised import Last
from lowtide.web.reminders.subjects import Subject

LEAST_MS = MS_PER_MINUTE
"""What was practised for a minute was practised: a house rule, the same as for a day of practice."""

SUBJECT = Subject(
    title="Your course", text="Today’s practice, in one go or in parts.", address="/course/", action="To the course",
    minutes=30, times=(18 * 60,),
)  # fmt: skip


def session_kept(instance: Session, *, raw: bool = False, **_more: Any) -> None:
    """Let a session count, once a minute of it was heard."""
    if raw or instance.begun_at is None or lived_ms(instance) < LEAST_MS:
        return
    if not instance.course_lines.exists():
        _let_count(instance, instance.technique, instance.begun_at, script=instance.wish.get("script", ""))
    elif not instance.ended:
        return  # the player tells every few seconds how far it is
    _end_what_is_done(instance.person)


def outside_kept(instance: OutsidePractice, *, raw: bool = False, **_more: Any) -> None:
    """Let a practice elsewhere count, where it is called like one of the week's."""
    if raw:
        return
    if not instance.course_lines.exists():
        _let_count(instance, instance.what, instance.at)
    _end_what_is_done(instance.person)


def told(person: Person, at: datetime, **_more: Any) -> None:
    """Pause by itself where the safety questions say that somebody has to look first."""
    course = course_of(person, at)
    if course is not None and course.standing.is_asking and records.verdict_of(person, at).clearance is None:
        actions.pause(course, Why.SAFETY, at)


def practised(persons: Collection[int], since: datetime, until: datetime) -> Last:
    """Say when each of these persons last practised for their course, for whoever reminds of it.

    A course that asks for nothing any more (it is finished or left, or begins later) is not reminded of either.
    """
    lines = LogLine.objects.filter(enrolment__person__in=persons, kind=LogKind.PRACTISED, at__range=(since, until))
    heard = lines.filter(Q(outside__isnull=False) | Q(session__heard_ms__gte=LEAST_MS) | ~Q(session__ended=""))
    found = {(pk, actions.ABOUT): at for pk, at in heard.order_by("at").values_list("enrolment__person_id", "at")}
    routines = Routine.objects.filter(person__in=persons, about=actions.ABOUT).select_related("person")
    for row in routines:
        course = course_of(row.person, until)
        if course is None or not course.standing.is_asking:
            found[row.person.pk, actions.ABOUT] = until
    return found


def subject(_about: str) -> Subject:
    """Say what a reminder of the course says: nothing of which course it is, for it stands on lock screens."""
    return SUBJECT


def offered(person: Person) -> tuple[str, ...]:
    """Let whoever has a course set its reminder up among the others."""
    course = course_of(person, timezone.now())
    return (actions.ABOUT,) if course is not None and course.is_open else ()


def _let_count(done: Session | OutsidePractice, what: str, at: datetime, script: str = "") -> None:
    enrolment = done.person.enrolments.filter(first_day__lte=done.day).last()
    course = None if enrolment is None else read(enrolment, done.day)
    if course is None or course.standing.state not in (State.UNDER_WAY, State.PAUSED):
        return
    found = [one for one in course.practices if what.casefold() in _called(one)]
    if found:
        practice = min(found, key=lambda one: one.script != script)  # the very same recording before another
        actions.count(course.enrolment, done, course.week.name, practice.name, at)


def _called(practice: Practice) -> set[str]:
    """Give everything that a practice may be called: by the app, or by a person who writes it down."""
    names = {practice.technique, practice.activity}
    if practice.technique:
        with suppress(UserError):
            names.add(content.technique(practice.technique).title)
    return {name.casefold() for name in names if name}


def _end_what_is_done(person: Person) -> None:
    now = timezone.now()
    actions.keep_end(course_of(person, now), now)
