"""Withdrawals that wait in, sent ones out: each leaves once, whoever is killed when, and its row goes with it.

Run by the tasks of `reminders`' worker. Law: only who holds a row's token hands it over. Whoever is ended in the very
hand-over leaves a letter that may have arrived: it is not sent again, and its row is dropped.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from lowtide.web.course.models import Withdrawal
from lowtide.web.reminders import clock
from lowtide.web.reminders.channels import Again, Lost
from lowtide.web.reminders.letters.handing import send

LEASE = timedelta(minutes=2)
"""Longer than a mail server's patience."""
QUEUED_FOR = timedelta(minutes=3)
"""A task that nobody took in this time was lost; another one does no harm."""
WAIT = timedelta(minutes=5)
"""Between two attempts, for a day at most."""
log = logging.getLogger(__name__)


@transaction.atomic
def enqueue(rows: Sequence[Withdrawal], now: datetime) -> None:
    """Queue these; within the transaction that made them, so that both are there or neither."""
    names = [row.pk for row in rows]
    if names:
        Withdrawal.objects.filter(pk__in=names).update(token=None, try_at=now + QUEUED_FOR)
        send_withdrawals.enqueue([str(name) for name in names])


def sweep(now: datetime) -> None:
    """Drop what is over, and queue what waits too long. Called by the worker; only reads where nothing is."""
    over = Withdrawal.objects.filter(try_at__lte=now)
    if not over.exists():
        return
    _forget(over.filter(Q(is_handing=True) | Q(until__lte=now)))
    enqueue(list(over.filter(is_handing=False)), now)


@task()
def send_withdrawals(rows: list[str]) -> None:
    """Send what is not sent yet."""
    for row in Withdrawal.objects.filter(pk__in=[UUID(one) for one in rows], is_handing=False):
        try:
            _send(row)
        except Exception:  # the worker's loop: one letter that breaks must not stop the others
            log.exception("A letter that takes a meeting back could not be sent.")  # without the error's words


def _send(row: Withdrawal) -> None:
    token, now = uuid4(), clock.now()
    free = Withdrawal.objects.filter(pk=row.pk, is_handing=False, token__isnull=True)
    if not free.update(token=token, try_at=now + LEASE):
        return
    ours = Withdrawal.objects.filter(pk=row.pk, token=token)
    if row.until <= now:
        _forget(ours)
        return

    def hand_over() -> None:
        if not ours.filter(is_handing=False, try_at__gt=clock.now()).update(is_handing=True):
            raise Lost

    try:
        outcome = send(_letter(row), hand_over)
    except Lost:
        return  # another has it
    if isinstance(outcome, Again):
        ours.update(is_handing=False, try_at=clock.now() + WAIT)
    else:
        _forget(ours)  # sent, refused for good, or unsure: in each case nothing more is done


def _letter(row: Withdrawal) -> EmailMultiAlternatives:
    host = urlsplit(str(settings.PUBLIC_ADDRESS)).hostname
    headers = {"Message-ID": f"<{row.uuid}@{host}>", "Auto-Submitted": "auto-generated"}
    letter = EmailMultiAlternatives(subject=row.subject, body=row.body, to=[row.to], headers=headers)
    letter.attach_alternative(row.file, "text/calendar; method=CANCEL")
    letter.attach("meeting.ics", row.file, "application/ics")
    return letter


def _forget(rows: QuerySet[Withdrawal]) -> None:
    """Delete rows so that their addresses do not stay in SQLite's free pages either."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    rows.delete()
