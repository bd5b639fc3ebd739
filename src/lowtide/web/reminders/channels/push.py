"""Reminders into browsers: a delivery in, what the push service said of it out.

A browser that is not there any more (404, 410) is forgotten. The same reminder, sent twice, is seen once: it has one
topic at the push service and one tag in the browser.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

from django.conf import settings

from lowtide.errors import UserError
from lowtide.model.routine import LATEST, SNOOZES, Style
from lowtide.web.reminders import clock
from lowtide.web.reminders.channels.channel import Again, Failed, Handing, Outcome, Sent
from lowtide.web.reminders.models import Delivery, PushSubscription, Reminder
from lowtide.web.reminders.push.sending import FAILURES, Answer, Message, send
from lowtide.web.reminders.subjects import Subject, subject_of

GONE = (404, 410)
"""RFC 8030, 7.3: the subscription is there no longer."""
TAKEN = (200, 201, 202, 204)
TOO_MANY, SERVERS_OWN = 429, 500


class Push:
    """The channel."""

    name = "push"
    may_repeat = True

    def destinations(self, persons: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Give every browser in which these persons wish to be reminded."""
        found: dict[int, list[str]] = defaultdict(list)
        rows = PushSubscription.objects.filter(person__in=persons).order_by("made_at", "uuid")
        for person, name in rows.values_list("person_id", "uuid"):
            found[person].append(str(name))
        return {person: tuple(names) for person, names in found.items()}

    def send(self, delivery: Delivery, handing: Handing) -> Outcome:
        """Send it to its browser."""
        reminder, now = delivery.reminder, clock.now()
        subject = subject_of(reminder.routine.about)
        place = PushSubscription.objects.filter(
            pk=UUID(delivery.destination), person=reminder.routine.person_id
        ).first()
        if place is None or subject is None:
            return Failed()
        message = message_of(reminder, subject, now)
        try:
            answer = send({"p256dh": place.public_key, "auth": place.auth}, place.endpoint, message, contact(), handing)
        except (UserError, ValueError):  # an address that may not be reached, or keys that can not be used
            return Failed()
        except FAILURES:
            return Again()
        return _outcome(answer, place, now)


def message_of(reminder: Reminder, subject: Subject, now: datetime) -> Message:
    """Write what the browser is told: title, sentence and a way, nothing about anybody."""
    until = reminder.due_at + LATEST
    told = {
        "id": str(reminder.uuid), "title": subject.title, "text": subject.text,
        "address": f"/reminders/{reminder.uuid}/", "silent": reminder.routine.style == Style.WORDS,
        "snoozes": SNOOZES,
    }  # fmt: skip
    left = max(0, round((until - now).total_seconds()))
    return Message(text=json.dumps(told).encode(), topic=reminder.uuid.hex, ttl_s=left)


def contact() -> str:
    """Say whom a push service may write to (RFC 8292, 2.1)."""
    address: str = settings.PUBLIC_ADDRESS
    return address if address.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"


def _outcome(answer: Answer, place: PushSubscription, now: datetime) -> Outcome:
    if answer.status in TAKEN:
        return Sent()
    if answer.status in GONE:
        place.delete()
        return Failed()
    if answer.status == TOO_MANY or answer.status >= SERVERS_OWN:
        return Again(_wait(answer.retry_after, now))
    return Failed()


def _wait(text: str, now: datetime) -> timedelta | None:
    """Read how long a push service wishes to be left alone: seconds, or a date (RFC 9110, 10.2.3)."""
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:6])), LATEST)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(timedelta(0), min(until - now, LATEST)) if until.tzinfo else None
