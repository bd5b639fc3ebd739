"""A person in, nothing of them left: no row in any table, no spoken name on the disk, no trace in the file.

Called by the page of deleting. Law: nobody else's data are touched, and nothing is kept "in case".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as BrowserSession
from django.db import OperationalError, connection, transaction

from lowtide.web.accounts.models import Person, User
from lowtide.web.accounts.people import KEY
from lowtide.web.course.models import MeetingLetter
from lowtide.web.practice.records import forget_beliefs
from lowtide.web.reminders.models import Delivery
from lowtide.web.reminders.work.tasks import forget
from lowtide.web.takeout.deletion.speech import forget_speech


def delete_everything(person: Person, user: User) -> None:
    """Delete a person, and with accounts the account as well."""
    forget_speech(person)
    pk, account = person.pk, None if user.is_local else user.pk
    _overwrite()
    with transaction.atomic():
        for one in BrowserSession.objects.iterator():
            known = one.get_decoded()
            if _is_of(known, pk, account):
                one.delete()
        forget([*_letters(person)])
        person.delete()
        if account is not None:
            kind = ContentType.objects.get_for_model(User)
            LogEntry.objects.filter(content_type=kind, object_id=str(account)).delete()
            user.delete()
    forget_beliefs()
    _sweep()


def _letters(person: Person) -> Iterator[UUID]:
    """Give the names under which the queue knows what is, or was, on the way to this person."""
    yield from Delivery.objects.filter(reminder__routine__person=person).values_list("pk", flat=True)
    yield from MeetingLetter.objects.filter(person=person).values_list("pk", flat=True)


def _is_of(known: dict[str, Any], person: int, account: int | None) -> bool:
    """Say whether a browser's session is, or may be, of this person: words for them may be waiting in it."""
    if account is not None:
        return known.get(SESSION_KEY) == str(account)
    return known.get(KEY) in (person, None)


def _overwrite() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _sweep() -> None:
    """Write SQLite's file anew, so that not even free pages hold what was deleted. PostgreSQL sweeps by itself."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError:
        return  # somebody is writing: what was deleted is overwritten all the same


def is_account() -> bool:
    """Say whether an account goes with the person."""
    return str(settings.MODE) != "for-me"
