"""Reminders as letters: a delivery in, what the mail server said of it out. Never the same twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lowtide.web.reminders.channels.channel import Failed, Handing, Outcome
from lowtide.web.reminders.letters.addresses import address_of, addresses_of
from lowtide.web.reminders.letters.handing import send
from lowtide.web.reminders.letters.letter import letter_of
from lowtide.web.reminders.models import Delivery
from lowtide.web.reminders.subjects import subject_of

OWNER = "owner"
"""How deliveries call the one address that a person has; the address itself is never kept beside them."""


class Mail:
    """The channel."""

    name = "mail"
    may_repeat = False

    def destinations(self, persons: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Say who has an address."""
        return dict.fromkeys(addresses_of(persons), (OWNER,))

    def send(self, delivery: Delivery, handing: Handing) -> Outcome:
        """Send it to the address that the person has now."""
        routine = delivery.reminder.routine
        subject, address = subject_of(routine.about), address_of(routine.person)
        if subject is None or not address:
            return Failed()
        return send(letter_of(delivery, subject, address), handing)
