"""A course in, what its pages show out: the path of weeks, how much time they ask, today's practices, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.programme import Assignment, Pace, Practice, Programme, Standing, State, Week
from lowtide.model.time import MS_PER_MINUTE, counted
from lowtide.web.course.records import Course

MINUTES_OF_HOUR = 60
TIMES = ("", "", "twice", "three times")
ENOUGH = "is enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """One week on the path."""

    number: int
    title: str
    css: str
    """`past`, `here`, or nothing for a week that is still to come."""
    said: str
    """What a screen reader says after the title."""


def path(course: Course) -> list[Stone]:
    """Give the weeks of a course, each with where the person is."""
    is_whole = course.standing.state is State.FINISHED
    return [_stone(number, week, course.standing, is_whole) for number, week in enumerate(course.programme.weeks, 1)]


def _stone(number: int, week: Week, here: Standing, is_whole: bool) -> Stone:
    if number < here.number or is_whole:
        return Stone(number=number, title=week.title, css="past", said="open")
    if number == here.number and here.state is not State.NOT_BEGUN:
        return Stone(number=number, title=week.title, css="here", said="you are here")
    return Stone(number=number, title=week.title, css="", said="still to come")


def minutes_a_day(week: Week) -> int:
    """Say how long a usual day of a week is, in minutes: of practices that take turns only one."""
    turns: dict[str, float] = {}
    whole = 0.0
    for one in week.practices:
        if one.turns:
            turns[one.turns] = max(turns.get(one.turns, 0.0), one.minutes)
        else:
            whole += one.minutes
    return round(whole + sum(turns.values()))


def least_minutes_a_day(week: Week) -> int:
    """Say how little of a usual day is enough, in minutes: the shortest of its practices."""
    return round(min((one.least_minutes for one in week.practices), default=0))


def how_much(programme: Programme) -> str:
    """Say how much time a programme asks, in a few words.

    The longest and the shortest usual day of its weeks.
    """
    days = [minutes_a_day(week) for week in programme.weeks]
    low, high = min(days), max(days)
    return f"{counted(high, 'minute')} a day" if low == high else f"{low} to {high} minutes a day"


def next_said(course: Course) -> str:
    """Say when it goes on, without a word of what was left out."""
    here = course.standing
    is_last = here.number == here.of
    what = "the course is done" if is_last else f"week {here.number + 1} opens"
    if here.pace is Pace.CALENDAR or here.next_opens is not None:
        return f"On {day_said(here.next_opens)} {what}." if here.next_opens else ""
    left = here.days_left
    return f"After {counted(left, 'more day')} with practice, whenever {_they(left)}, {what}."


def _they(left: int) -> str:
    return "that is" if left == 1 else "they are"


def day_said(day: date) -> str:
    """Write a day.

    >>> day_said(date(2026, 3, 7))
    'Saturday, 7 March'
    """
    return f"{day:%A}, {day.day} {day:%B}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One length that a tap plays."""

    value: str
    """`WEEK/PRACTICE/MILLISECONDS`."""
    minutes: int
    times: str
    """`twice`, `three times`, `is enough`, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One of today's practices on the page."""

    asked: Assignment
    title: str
    is_first: bool
    """True for the first one that is not done: its button is the page's one action."""
    of: str
    """`WEEK/PRACTICE`."""
    buttons: tuple[Button, ...]
    """Empty where no recording guides it, or it is done."""
    minutes: int
    done_minutes: int

    @property
    def is_by_oneself(self) -> bool:
        """True for what is written down by hand."""
        return not self.asked.guided


def shown(asked: Iterable[Assignment]) -> list[Shown]:
    """Give today's practices with what can be tapped."""
    every = list(asked)
    first = next((one for one in every if one.guided and not one.is_done), None)
    return [
        Shown(
            asked=one,
            title=titled(one.title, one.technique, one.script),
            is_first=one is first,
            of=f"{one.week}/{one.practice}",
            buttons=tuple(_buttons(one)) if one.guided else (),
            minutes=round(one.asked_ms / MS_PER_MINUTE),
            done_minutes=round(one.done_ms / MS_PER_MINUTE),
        )
        for one in every
    ]


def _buttons(one: Assignment) -> Iterator[Button]:
    for parts in one.splits:
        yield _button(one, parts[0], TIMES[min(len(parts), 3)])
    shortest_ms = min((parts[0] for parts in one.splits), default=0)
    if not one.is_enough and 0 < one.least_ms < shortest_ms:  # what is said to be enough can be had with a tap
        yield _button(one, one.least_ms, ENOUGH)


def _button(one: Assignment, length_ms: int, times: str) -> Button:
    value = f"{one.week}/{one.practice}/{length_ms}"
    return Button(value=value, minutes=round(length_ms / MS_PER_MINUTE), times=times)


def called(practice: Practice) -> str:
    """Give the name of a practice as a person reads it."""
    if practice.activity:
        return practice.activity
    try:
        return titled(content.technique(practice.technique).title, practice.technique, practice.script)
    except UserError:
        return practice.name.replace("-", " ").capitalize()


def titled(title: str, technique: str, script: str) -> str:
    """Give the script's own title where it says more than that of its technique.

    >>> titled("Everyday mindfulness", "everyday", "everyday-dishes"), titled("Body scan", "body-scan", "body-scan")
    ('Warm hands at the sink', 'Body scan')
    """
    head = content.heads().get(script)
    return head.title if head is not None and script != technique and head.title else title


def long_said(minutes: int) -> str:
    """Write a long time.

    >>> long_said(45), long_said(180), long_said(210)
    ('45 minutes', '3 hours', '3 hours and 30 minutes')
    """
    hours, rest = divmod(minutes, MINUTES_OF_HOUR)
    said = [counted(hours, "hour")] if hours else []
    return " and ".join([*said, counted(rest, "minute")] if rest or not hours else said)


def practices_of(week: Week) -> list[dict[str, Any]]:
    """Give a week's practices for its page."""
    return listed(week.practices)


def listed(practices: Iterable[Practice]) -> list[dict[str, Any]]:
    """Give practices to be read."""
    return [
        {"title": called(one), "minutes": round(one.minutes), "least": round(one.least_minutes), "text": one.text,
         "days": one.days, "turns": one.turns, "is_by_oneself": not one.guided}
        for one in practices
    ]  # fmt: skip


def readings_of(week: Week) -> list[Any]:
    """Give a week's readings that are here."""
    known = {one.name: one for one in content.articles()}
    return [known[name] for name in week.readings if name in known]
