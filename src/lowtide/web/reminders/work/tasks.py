"""Deliveries in, tasks in the queue out (Django's tasks API); and what a task does when a worker takes it.

Law: a task holds the names of deliveries and nothing else, and keeps no error's words. It may be there twice, come late
or be lost: each delivery is claimed before it is sent, and the sweep queues what waits too long.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from uuid import UUID

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from lowtide.web.reminders import clock

log = logging.getLogger(__name__)
IN_A_TASK = 10
"""Few enough that several workers share what is due at seven, many enough that the queue costs little."""


def enqueue(deliveries: Sequence[UUID]) -> None:
    """Queue these deliveries; within the transaction that made them, so that both are there or neither."""
    for first in range(0, len(deliveries), IN_A_TASK):
        deliver.enqueue([str(one) for one in deliveries[first : first + IN_A_TASK]])


def forget(names: Collection[UUID]) -> None:
    """Take these names out of every task, whether it waits, runs or has run; one that is left with none does nothing.

    Called where a person is deleted: of several persons' deliveries in a task the others' stay.
    """
    gone = {str(one) for one in names}
    for row in DBTaskResult.objects.only("args_kwargs").iterator() if gone else ():
        held = row.args_kwargs["args"]
        left = [[name for name in arg if name not in gone] if isinstance(arg, list) else arg for arg in held]
        if left != held:
            DBTaskResult.objects.filter(pk=row.pk).update(args_kwargs=row.args_kwargs | {"args": left})


@task()
def deliver(deliveries: list[str]) -> None:
    """Deliver what is not delivered yet."""
    from lowtide.web.reminders.work.delivering import deliver_all

    try:
        deliver_all([UUID(one) for one in deliveries], clock.now)
    except Exception:  # the worker's loop: a task that fails would keep the words of a database, which quote rows
        log.exception("Reminders could not be delivered; they wait to be queued again.")
