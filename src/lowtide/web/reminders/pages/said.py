"""A routine or a reminder in, what a person reads of it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lowtide.model.routine import EVERY_DAY, Fate
from lowtide.web.accounts.days import clock_of, wall_of
from lowtide.web.accounts.models import Person
from lowtide.web.reminders.models import Reminder, Routine, Standing
from lowtide.web.reminders.records import weekdays_of
from lowtide.web.reminders.subjects import subject_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
SAID_OF_DAYS = {EVERY_DAY: "every day", WORKDAYS: "Monday to Friday", WEEKEND: "Saturday and Sunday"}
LATELY = timedelta(days=7)
MOST_LATELY = 12
"""More than a glance at a phone takes in is no help."""
SAID_OF_FATES = {
    Fate.SENT: "sent", Fate.LATE: "left out: it would have come too late", Fate.QUIET: "left out: quiet hours",
    Fate.DONE: "left out: you had done it already", Fate.EARLIER: "left out: a later one came instead",
    Fate.PAUSED: "left out: you had a break, or were signed out",
    Fate.NOWHERE: "left out: there was nowhere to send it to",
    Fate.FAILED: "could not be delivered", Fate.UNSURE: "may have arrived: sending broke off in the middle",
}  # fmt: skip
CHANNELS = {"push": "to a browser", "mail": "by e-mail"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one reminder."""

    title: str
    at: datetime
    """As the person's clock showed it."""
    said: tuple[str, ...]
    was_sent: bool


def time_said(minute: int) -> str:
    """Write a time of day.

    >>> time_said(450)
    '07:30'
    """
    return f"{minute // 60:02}:{minute % 60:02}"


def in_a_row(words: Iterable[str]) -> str:
    """Write words as a sentence would.

    >>> in_a_row(["07:00", "12:30", "21:00"])
    '07:00, 12:30 and 21:00'
    """
    listed = list(words)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def when_said(row: Routine) -> str:
    """Write when a routine comes."""
    if row.once_at is not None:
        return f"{clock_of(row.person, row.once_at):%A %d %B, %H:%M}"
    days = weekdays_of(row.weekdays)
    said = SAID_OF_DAYS.get(days) or in_a_row(DAYS[day] for day in sorted(days))
    return f"{in_a_row(map(time_said, row.times))}, {said}"


def lately(person: Person, now: datetime) -> tuple[Line, ...]:
    """Give what became of the last reminders, the newest first."""
    rows = Reminder.objects.filter(routine__person=person, due_at__range=(now - LATELY, now))
    found = rows.select_related("routine").prefetch_related("deliveries").order_by("-due_at", "-uuid")[:MOST_LATELY]
    return tuple(_line(person, row) for row in found)


def _line(person: Person, row: Reminder) -> Line:
    subject, deliveries = subject_of(row.routine.about), list(row.deliveries.all())
    return Line(
        title=subject.title if subject else "Something that is no longer here",
        at=wall_of(person, row.due_at),
        said=_became_of(row),
        was_sent=any(one.state == Fate.SENT for one in deliveries),
    )


def _became_of(row: Reminder) -> tuple[str, ...]:
    if row.standing == Standing.WAITING:
        return ("about to be sent",)
    if row.standing != Standing.GIVEN:
        return (SAID_OF_FATES[Fate(row.standing)],)
    said = [
        f"{SAID_OF_FATES[Fate(one.state)]} {CHANNELS.get(one.channel, '')}".strip()
        if one.state == Fate.SENT else f"{CHANNELS.get(one.channel, '')}: {_open_or_ended(one.state)}"
        for one in row.deliveries.all()
    ]  # fmt: skip
    return tuple(dict.fromkeys(said))  # two browsers that were told the same are one line


def _open_or_ended(state: str) -> str:
    return SAID_OF_FATES[Fate(state)] if state in Fate._value2member_map_ else "on its way"
