"""What a person, the course or a device changes about reminders; each in one transaction.

Called by the pages of reminders, by the course and by the sign-out. Law: whatever is changed, nothing that was due
before comes again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lowtide.model.routine import EVERY_DAY, SNOOZES, Quiet, Style
from lowtide.remind import is_quiet, next_due
from lowtide.web.accounts.models import Person
from lowtide.web.accounts.people import in_turn
from lowtide.web.reminders import clock
from lowtide.web.reminders.breaks import is_silenced
from lowtide.web.reminders.models import Pause, PauseWhy, QuietHours, Reminder, Routine, Standing
from lowtide.web.reminders.records import clock_of, quiet_of, routine_of, weekdays_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """When and how somebody wishes to be reminded of one thing."""

    times: tuple[int, ...] = ()
    """Minutes after midnight on their wall; nothing where it is once."""
    weekdays: frozenset[int] = EVERY_DAY
    """Of their own days: 0 is Monday."""
    once_at: datetime | None = None
    """The one moment of something that happens once."""
    by_push: bool = True
    by_mail: bool = False
    style: Style = Style.GENTLE
    is_on: bool = True


@transaction.atomic
def keep_routine(person: Person, about: str, wished: Wished, now: datetime | None = None) -> Routine:
    """Keep when this person wishes to be reminded of `about`, in place of what they wished before."""
    in_turn(person)
    fields = {
        "times": sorted(set(wished.times)), "weekdays": weekdays_row(wished.weekdays), "once_at": wished.once_at,
        "by_push": wished.by_push, "by_mail": wished.by_mail, "style": wished.style.value, "is_on": wished.is_on,
    }  # fmt: skip
    if not wished.is_on:
        fields["next_at"] = None
    row, _is_new = Routine.objects.update_or_create(person=person, about=about, defaults=fields)
    reckon(person, now)
    row.refresh_from_db()
    return row


@transaction.atomic
def drop_routine(person: Person, about: str) -> None:
    """Forget that this person wished to be reminded of it; what is under way finds nothing and is not sent."""
    in_turn(person)
    person.routines.filter(about=about).delete()


@transaction.atomic
def keep_quiet_hours(person: Person, quiet: Quiet | None) -> None:
    """Keep this person's quiet hours; None for no such hours."""
    in_turn(person)
    if quiet is None:
        QuietHours.objects.filter(person=person).delete()
        return
    hours = {"from_minute": quiet.from_minute, "to_minute": quiet.to_minute}
    QuietHours.objects.update_or_create(person=person, defaults=hours)


@transaction.atomic
def pause(person: Person, why: PauseWhy, now: datetime | None = None) -> None:
    """Send this person nothing of what this reason silences (`breaks`) until `resume` with the same.

    What is under way is not sent either.
    """
    in_turn(person)
    Pause.objects.get_or_create(person=person, why=why, defaults={"since": now or clock.now()})
    reckon(person, now)


@transaction.atomic
def resume(person: Person, why: PauseWhy, now: datetime | None = None) -> None:
    """Take a reason to pause back; what no other silences goes on with the next that is due."""
    in_turn(person)
    Pause.objects.filter(person=person, why=why).delete()
    reckon(person, now)


@transaction.atomic
def reckon(person: Person, now: datetime | None = None) -> None:
    """Find out anew when each of this person's routines is next due: a wish, their zone or their day has changed.

    What is due at this very moment, and no worker has looked at yet, stays due.
    """
    at, whys = now or clock.now(), set(Pause.objects.filter(person=person).values_list("why", flat=True))
    rows = list(Routine.objects.filter(person=person).select_for_update(of=("self",)).select_related("person"))
    for row in rows:
        row.next_at = _next_at(row, at) if row.is_on and not is_silenced(row.about, whys) else None
    Routine.objects.bulk_update(rows, ["next_at"])


def _next_at(row: Routine, at: datetime) -> datetime | None:
    if row.next_at is not None and row.next_at <= at:
        return row.next_at
    due = next_due(routine_of(row), at)
    return None if due is None else due.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed:
    """A reminder that was put off."""

    at: datetime
    """When it comes again."""
    is_quiet: bool
    """True where that falls into quiet hours: then it does not come, and the page says so."""


@transaction.atomic
def snooze(reminder: Reminder, minutes: int, now: datetime | None = None) -> Snoozed:
    """Put a reminder off; asked twice, the later wish holds."""
    assert minutes in SNOOZES, minutes
    person = reminder.routine.person
    in_turn(person)
    at = (now or clock.now()) + timedelta(minutes=minutes)
    row, is_new = Reminder.objects.get_or_create(
        routine=reminder.routine, day=reminder.day, minute=reminder.minute, snooze=reminder.snooze + 1,
        defaults={"due_at": at},
    )  # fmt: skip
    if not is_new and row.standing == Standing.WAITING:
        row.due_at = at
        row.save(update_fields=["due_at"])
    quiet = quiet_of(QuietHours.objects.filter(person=person).first())
    return Snoozed(at=row.due_at, is_quiet=is_quiet(row.due_at, quiet, clock_of(person)))


def snoozed(person: Person) -> Iterable[Reminder]:
    """Give this person's reminders that were put off and are still to come."""
    rows = Reminder.objects.filter(routine__person=person, standing=Standing.WAITING).order_by("due_at")
    return rows.select_related("routine")
