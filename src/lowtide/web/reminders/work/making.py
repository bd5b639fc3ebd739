"""The time in, reminders and their deliveries out: what is due is made, once, for hundreds of routines at a time.

Called by the loop. Law: reminders, their deliveries, the tasks that will deliver them and the routine's next moment are
one transaction: a worker that is killed has made all of it or nothing. Two workers never look at the same routine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from lowtide.model.routine import Fate
from lowtide.remind import dues_between, next_due
from lowtide.web.reminders.channels import channels
from lowtide.web.reminders.models import Delivery, Reminder, Routine, Standing
from lowtide.web.reminders.records import due_of, routine_of
from lowtide.web.reminders.work.around import around
from lowtide.web.reminders.work.tasks import enqueue

AT_ONCE = 500
"""Routines in one transaction: other writers wait for it."""
KEEP = timedelta(days=30)
"""Reminders are kept for so long; after a longer sleep none is made that would be forgotten at once."""
ROWS = 200
"""Rows in one statement: a database allows so many values and no more."""


def is_due(now: datetime) -> bool:
    """Say whether there is anything to make; only reads."""
    waiting = Reminder.objects.filter(standing=Standing.WAITING, due_at__lte=now)
    return Routine.objects.filter(next_at__lte=now).exists() or waiting.exists()


@transaction.atomic
def make_due(now: datetime, most: int = AT_ONCE) -> int:
    """Make what is due, of so many routines at most; give how many reminders there were, dropped ones among them."""
    routines = list(
        Routine.objects.filter(next_at__lte=now)
        .order_by("next_at")
        .select_related("person")
        .select_for_update(of=("self",), skip_locked=True)[:most]
    )
    new, snoozed = _new(routines, now), _snoozed(now, most)
    to_be_sent = _decide([*new, *snoozed], now)
    deliveries = _deliveries(to_be_sent, now)
    Reminder.objects.bulk_create(new, batch_size=ROWS)
    Reminder.objects.bulk_update(snoozed, ["standing"], batch_size=ROWS)
    Delivery.objects.bulk_create(deliveries, batch_size=ROWS)
    for row in routines:
        due = next_due(routine_of(row), now)
        row.next_at = None if due is None else due.at
    Routine.objects.bulk_update(routines, ["next_at"], batch_size=ROWS)
    enqueue([one.pk for one in deliveries])
    return len(new) + len(snoozed)


def _new(rows: Sequence[Routine], now: datetime) -> list[Reminder]:
    dues = {row: dues_between(routine_of(row), max(row.next_at or now, now - KEEP), now) for row in rows}
    days = [due.day for found in dues.values() for due in found]
    there: set[tuple[object, ...]] = set()
    if days:
        made = Reminder.objects.filter(routine__in=rows, snooze=0, day__range=(min(days), max(days)))
        there.update(made.values_list("routine_id", "day", "minute"))
    return [
        Reminder(routine=row, day=due.day, minute=due.minute, due_at=due.at)
        for row, found in dues.items()
        for due in found
        if (row.pk, due.day, due.minute) not in there
    ]


def _snoozed(now: datetime, most: int) -> list[Reminder]:
    waiting = Reminder.objects.filter(standing=Standing.WAITING, due_at__lte=now).order_by("due_at")
    held = waiting.select_related("routine__person").select_for_update(of=("self",), skip_locked=True)
    return list(held[:most])


def _decide(reminders: Iterable[Reminder], now: datetime) -> list[Reminder]:
    """Let every reminder stand where it ends or is given on; give those that are to be sent."""
    in_order = sorted(reminders, key=lambda one: one.routine_id.bytes)  # stable: within a routine they are in order
    known = around([one.routine for one in in_order], now)
    to_be_sent = []
    for _, group in groupby(in_order, key=lambda one: one.routine_id):
        rows = sorted(group, key=lambda one: one.due_at)
        for row, fate in zip(rows, known.fates(rows[0].routine, [due_of(row) for row in rows], now), strict=True):
            row.standing = Standing.GIVEN if fate is None else fate.value
            to_be_sent += [row] if fate is None else []
    return to_be_sent


def _deliveries(reminders: Sequence[Reminder], now: datetime) -> list[Delivery]:
    """Give a delivery for each way to the person; a reminder without any ends here."""
    made: list[Delivery] = []
    for channel in channels():
        wished = [one for one in reminders if getattr(one.routine, f"by_{channel.name}", False)]
        places = channel.destinations({one.routine.person_id for one in wished}) if wished else {}
        made += [
            Delivery(reminder=one, channel=channel.name, destination=place, not_before=now, queued_at=now)
            for one in wished
            for place in places.get(one.routine.person_id, ())
        ]
    reached = {one.reminder_id for one in made}
    for one in reminders:
        if one.pk not in reached:
            one.standing = Fate.NOWHERE.value
    return made
