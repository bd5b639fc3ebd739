"""Letters about meetings that wait in, sent ones out: each leaves once, whoever is killed when.

Run by the tasks of `reminders`' worker; what a mail server says is told by `reminders.letters`. Law: only who holds a
letter's token changes it; the last change before the hand-over asks whether it still is true and wished for. Whoever is
ended in the very hand-over leaves it unsure: it is not sent again.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django_tasks import task

from lowtide.web.course.models import MeetingLetter, Membership
from lowtide.web.reminders import clock
from lowtide.web.reminders.channels import Again, Failed, Lost, Outcome, Sent, Unsure
from lowtide.web.reminders.letters.addresses import address_of
from lowtide.web.reminders.letters.handing import send

LEASE = timedelta(minutes=2)
"""Longer than a mail server's patience."""
QUEUED_FOR = timedelta(minutes=3)
"""A task that nobody took in this time was lost; another one does no harm."""
FIRST_WAIT = timedelta(minutes=1)
"""Before the second attempt; then twice as long each time."""
MOST_DOUBLINGS = 6
"""Up to an hour; until the meeting begins."""
IN_A_TASK = 10
log = logging.getLogger(__name__)


@transaction.atomic
def enqueue(letters: QuerySet[MeetingLetter], now: datetime) -> None:
    """Queue these letters; within the transaction that made them, so that both are there or neither."""
    found = list(letters.filter(state="waiting").select_for_update(skip_locked=True).values_list("pk", flat=True))
    MeetingLetter.objects.filter(pk__in=found, state="waiting").update(token=None, try_at=now + QUEUED_FOR)
    for first in range(0, len(found), IN_A_TASK):
        send_letters.enqueue([str(pk) for pk in found[first : first + IN_A_TASK]])


def sweep(now: datetime) -> None:
    """End what was in the hand-over when its worker was ended, and queue what waits too long."""
    over = MeetingLetter.objects.filter(try_at__lte=now)
    if not over.exists():
        return
    over.filter(state="handing").update(state="unsure", try_at=None)
    if over.filter(state="waiting").exists():
        enqueue(over, now)


@task()
def send_letters(letters: list[str]) -> None:
    """Send what is not sent yet."""
    for row in MeetingLetter.objects.filter(pk__in=[UUID(one) for one in letters], try_at__isnull=False):
        try:
            _send(row)
        except Exception:  # the worker's loop: one letter that breaks must not stop the others
            log.exception("A letter about a meeting could not be sent.")  # the log leaves out the error's words


def _send(row: MeetingLetter) -> None:
    token, now = uuid4(), clock.now()
    free = MeetingLetter.objects.filter(pk=row.pk, state="waiting", token__isnull=True)
    if not free.update(token=token, try_at=now + LEASE, attempts=F("attempts") + 1):
        return
    ours = MeetingLetter.objects.filter(pk=row.pk, token=token)
    held = ours.select_related("meeting__group", "person__owner").get()
    address = address_of(held.person)
    if not address or not _still_true(ours).exists() or held.meeting.begins <= now:
        ours.update(state="dropped", try_at=None)
        return
    from lowtide.web.course.meetings.letters import letter_of

    def hand_over() -> None:
        if not _still_true(ours).filter(state="waiting", try_at__gt=clock.now()).update(state="handing"):
            raise Lost

    try:
        outcome = send(letter_of(held, address, now), hand_over)
    except Lost:
        return  # another has it, or it is not true any more: then the sweep finds it, and it is dropped
    _settle(ours, outcome, held.attempts)


def _still_true(ours: QuerySet[MeetingLetter]) -> QuerySet[MeetingLetter]:
    """Keep a letter only where the meeting is as it says, and its person is in the group and wishes for letters."""
    member = Membership.objects.filter(
        group__meetings=OuterRef("meeting"), person=OuterRef("person"), by_mail=True, person__owner__is_active=True
    )
    return ours.filter(Exists(member), version=F("meeting__version"))


def _settle(ours: QuerySet[MeetingLetter], outcome: Outcome, attempts: int) -> None:
    match outcome:
        case Sent():
            ours.update(state="sent", try_at=None)
        case Failed():
            ours.update(state="failed", try_at=None)
        case Unsure():
            ours.update(state="unsure", try_at=None)
        case Again():
            wait = FIRST_WAIT * 2 ** min(attempts - 1, MOST_DOUBLINGS)
            ours.update(state="waiting", try_at=clock.now() + wait)
