"""A course and a moment in, what is asked today out; and a part of it, made into a session like any other.

Called by the pages and by the API. Law: nothing is played that `pipeline` would not give this person today; what the
clearance changes is said.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.clearance import Clearance
from lowtide.model.profile import Profile
from lowtide.model.programme import AssignInfo, Assignment, Practised, Why
from lowtide.pipeline import clear
from lowtide.plan.programme import assign, assign_day
from lowtide.screen import Harm
from lowtide.web.accounts.models import Person
from lowtide.web.course.actions import count
from lowtide.web.course.pages.shown import titled
from lowtide.web.course.records import Course
from lowtide.web.practice import records
from lowtide.web.practice.models import Session
from lowtide.web.practice.today.actions import make_session
from lowtide.web.practice.today.offers import offer
from lowtide.web.practice.today.views import wish_at

NOT_CLEARED = "What your answers ask you to do first comes before any course."
Asked = tuple[tuple[Assignment, ...], AssignInfo]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything about a person that decides what is asked of them now."""

    profile: Profile
    clearance: Clearance | None
    harm: Harm


def whole(person: Person, now: datetime) -> Whole:
    """Look at a person as they are now."""
    harm = records.harm_of(person, now)
    profile = records.profile_of(person, now, harm=harm)
    return Whole(profile=profile, clearance=clear(profile).clearance, harm=harm)


def asked_today(course: Course, of: Whole) -> Asked:
    """Give what is asked of a person today."""
    return _asked(assign, course, of)


def asked_of_day(course: Course, of: Whole) -> Asked:
    """Give the parts of the present week's day of practice."""
    return _asked(assign_day, course, of)


def break_offered(course: Course, info: AssignInfo) -> Why | None:
    """Say why a break is to be offered today: as the core says, or where something did not feel right today."""
    unwell = course.enrolment.person.unwell_reports.filter(day=course.standing.today)
    return info.offer_pause or (Why.FLARE if unwell.exists() else None)


def _asked(by: Callable[..., Asked], course: Course, of: Whole) -> Asked:
    return by(
        course.programme, course.standing, of.clearance, of.profile, of.harm.most_ms, done_today(course),
        course.standing.today, content.techniques(), content.heads(),
    )  # fmt: skip


def done_today(course: Course) -> dict[str, int]:
    """Give for how long each practice of the present week was practised today, in milliseconds, by its name."""
    done: Counter[str] = Counter()
    for entry in course.log:
        if isinstance(entry, Practised) and (entry.day, entry.week) == (course.standing.today, course.week.name):
            done[entry.practice] += entry.ms
    return dict(done)


@transaction.atomic
def play(
    course: Course, of: Whole, asked: Assignment, length_ms: int, now: datetime, before: uuid.UUID | None = None
) -> Session:
    """Make a session of an assignment and let it count for it. Raises `UserError` where it can not be had."""
    person = course.enrolment.person
    if of.clearance is None:
        raise UserError(NOT_CLEARED)
    position = asked.position.value if asked.position else ""
    wish = wish_at(person, now, length_ms, position, asked.technique, asked.script)
    because = f"It is today’s practice in “{course.programme.title}”, week {course.standing.number}."
    chosen = offer(of.profile, of.clearance, replace(wish, because=because))
    why = (because, *asked.notes, *(one for one in chosen.why if one != because))
    title = titled(asked.title, asked.technique, asked.script)  # as the course calls it, everywhere
    made = make_session(person, of.profile, replace(chosen, why=why), now, before=before, title=title)
    count(course.enrolment, made, asked.week, asked.practice, now)
    return made
