"""A request in, who wrote it and when out: for what a device has kept while nobody answered, and sends afterwards.

Called by `people.for_person` and by every view that keeps a moment. Law: what one person has written is never taken as
another's, whoever sits there when it arrives; and nothing is told of a time that is still to come.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lowtide.web.accounts.models import Person

PERSON = "Lowtide-Person"
"""On a page: whose it is. On what is sent: who has written it."""
AT = "Lowtide-At"
"""When it was written, in milliseconds of UTC since 1970."""
NOBODY = "nobody"
"""Stands on a page that is shown to somebody who is not signed in."""
KEY_LETTERS = 32
LONGEST_NUMBER = 15
"""Digits; a year has four."""
LONGEST_WAIT = timedelta(days=366)
"""What is older comes from a clock that is wrong."""


def key_of(person: Person) -> str:
    """Name a person for a browser's own store: the same for ever, another for each person, and it tells nothing."""
    return salted_hmac("lowtide.person", f"{person.pk} {person.made_at.timestamp()}").hexdigest()[:KEY_LETTERS]


def has_waited(request: HttpRequest) -> bool:
    """Say whether this was kept on a device before it was sent."""
    return PERSON in request.headers


def is_of(request: HttpRequest, person: Person) -> bool:
    """Say whether what has waited was written by this person."""
    return request.headers.get(PERSON) == key_of(person)


def said_at(request: HttpRequest) -> datetime:
    """Give the moment at which this was written: now, or earlier where it has waited."""
    return waited_since(request) or timezone.now()


def waited_since(request: HttpRequest) -> datetime | None:
    """Give the moment since which this has waited; None where it has not, or where the clock can not be right."""
    text, now = request.headers.get(AT, ""), timezone.now()
    if not (has_waited(request) and text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER):
        return None
    at = datetime.fromtimestamp(int(text) / 1000, UTC)
    return at if now - LONGEST_WAIT < at < now else None
