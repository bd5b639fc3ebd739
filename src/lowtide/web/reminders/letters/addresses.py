"""A person in, the address that their letters go to out; and whether letters leave this server at all.

With accounts it is the account's own address. On a machine of one's own it is what the person has written, and only
where a mail server is set.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.conf import settings

from lowtide.web.accounts.models import Person
from lowtide.web.reminders.models import MailAddress

TO_FILES = "django.core.mail.backends.filebased.EmailBackend"
"""What stands in the settings where no mail server is: letters are kept for whoever runs the server."""


def leave_here() -> bool:
    """Say whether this server has a mail server to give letters to."""
    return str(settings.EMAIL_BACKEND) != TO_FILES


def addresses_of(persons: Collection[int]) -> Mapping[int, str]:
    """Give each person's address, by person (key); who has none is not there."""
    if not leave_here():
        return {}
    rows = Person.objects.filter(pk__in=persons, owner__is_local=False, owner__is_active=True)
    found = dict(rows.values_list("pk", "owner__email"))
    written = MailAddress.objects.filter(person__in=persons, person__owner__is_local=True)
    return found | dict(written.values_list("person_id", "address"))


def address_of(person: Person) -> str:
    """Give a person's address; empty where there is none."""
    return addresses_of([person.pk]).get(person.pk, "")
