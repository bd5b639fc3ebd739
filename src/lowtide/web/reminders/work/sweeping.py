"""The time in, a tidy queue out: what a worker that was ended held is free again, and what is old is forgotten.

Called by the loop now and then. Law: what was in the very hand-over is sent again only where that goes unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from lowtide.model.routine import Fate
from lowtide.web.reminders.channels import channels
from lowtide.web.reminders.models import Delivery, Heartbeat, Reminder, State
from lowtide.web.reminders.work.making import AT_ONCE, KEEP
from lowtide.web.reminders.work.tasks import enqueue

QUEUED_FOR = timedelta(minutes=3)
"""A task that did not come in this time was lost with its worker, or the queue is long: another one does no harm."""
KEEP_TASKS = timedelta(hours=1)
"""What has run is of no use to anybody."""
LOST_TASKS = timedelta(days=1)
"""A task that runs for so long was ended with its worker."""
_others: list[Callable[[datetime], None]] = []


def register(look: Callable[[datetime], None]) -> None:
    """Let a room above look after what it sends by itself whenever the worker sweeps."""
    if look not in _others:
        _others.append(look)


def sweep(now: datetime) -> int:
    """Free what nobody holds any more, and queue what waits; give how many were queued."""
    freed = {"state": State.WAITING, "token": None, "lease_until": None, "queued_at": None}
    repeats = [channel.name for channel in channels() if channel.may_repeat]
    over = Delivery.objects.filter(lease_until__lt=now)
    over.filter(state=State.CLAIMED).update(**freed)
    over.filter(state=State.HANDING, channel__in=repeats).update(**freed)
    over.filter(state=State.HANDING).exclude(channel__in=repeats).update(state=Fate.UNSURE, ended_at=now)
    queued = _queue(now)
    for look in _others:
        look(now)
    return queued


def _queue(now: datetime) -> int:
    lost = Q(queued_at__isnull=True) | Q(queued_at__lt=now - QUEUED_FOR)
    waiting = Delivery.objects.filter(lost, state=State.WAITING, not_before__lte=now)
    if not waiting.exists():
        return 0
    with transaction.atomic():
        found = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
        Delivery.objects.filter(pk__in=found).update(queued_at=now)
        enqueue(found)
    return len(found)


def prune(now: datetime) -> None:
    """Forget reminders, tasks and workers that are long past."""
    old = Reminder.objects.filter(due_at__lt=now - KEEP).values_list("pk", flat=True)[:AT_ONCE]
    while found := list(old.all()):  # asked anew each time
        Reminder.objects.filter(pk__in=found).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASKS).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now - LOST_TASKS).delete()
    Heartbeat.objects.filter(at__lt=now - LOST_TASKS).delete()
