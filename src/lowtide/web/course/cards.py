"""A person and a moment in, what the course says at the head of today out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from lowtide.model.programme import Assignment, State, Why
from lowtide.model.time import MS_PER_MINUTE, counted
from lowtide.web.accounts.models import Person
from lowtide.web.course.actions import keep_end
from lowtide.web.course.daily import asked_today, break_offered, whole
from lowtide.web.course.models import Mention
from lowtide.web.course.pages.shown import titled
from lowtide.web.course.records import course_of
from lowtide.web.practice.records import verdict_of
from lowtide.web.practice.today.cards import Aside, Card

SOME_WEEKS = "There are courses, too: some weeks, one small step after another."
REST = "It waits for you, in the same week, for as long as you like."


def cards(person: Person, now: datetime) -> Iterator[Card]:
    """Say what the week asks for today; or offer a break, or that it waits."""
    course = course_of(person, now)
    keep_end(course, now)
    if course is None or not course.is_open or course.standing.state is State.NOT_BEGUN:
        return
    eyebrow = f"Your course · week {course.standing.number} of {course.standing.of}"
    address = reverse("course")
    of = whole(person, now)
    if of.clearance is None:
        return  # what to do first comes before any course; the page of today says it
    if course.standing.state is State.PAUSED:
        yield Card(eyebrow=eyebrow, title="The course has a break", text=REST, address=address, button="To the course")
        return
    asked, info = asked_today(course, of)
    offered = break_offered(course, info)
    if offered is Why.SAFETY:
        return  # the page of today says what to do first
    if offered is not None:
        text = "Today is hard. The course can wait until it is easier: one tap, and nothing is asked."
        yield Card(eyebrow=eyebrow, title="A break from the course?", text=text, address=address, button="Have a look")
    elif asked:
        yield Card(
            eyebrow=eyebrow, title=course.week.title, text=said(asked), address=address, button="To today’s practice"
        )
    else:
        yield Card(eyebrow=eyebrow, title=course.week.title, text=course.week.theme, address=address,
                   button="To the course")  # fmt: skip


def asides(person: Person, now: datetime) -> Iterator[Aside]:
    """Mention that there are courses, to who has begun none, has not looked at them, and may have sessions today."""
    is_known = Mention.objects.filter(person=person).exists() or person.enrolments.exists()
    if not is_known and verdict_of(person, now).clearance is not None:
        yield Aside(text=SOME_WEEKS, address=reverse("course"), words="Have a look", dismiss=reverse("course-known"))


def said(asked: tuple[Assignment, ...]) -> str:
    """Say what is left of today in one sentence."""
    left = [one for one in asked if not one.is_done]
    if not left:
        return "For today it is done. Anything more is yours."
    return (
        "Today: " + ", ".join(f"{titled(one.title, one.technique, one.script)}, {_minutes(one)}" for one in left) + "."
    )


def _minutes(one: Assignment) -> str:
    minutes = round(one.left_ms / MS_PER_MINUTE)
    left = counted(minutes, "minute")
    return f"another {left}" if one.done_ms else left
