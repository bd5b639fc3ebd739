"""A worker as `lowtide worker` runs it, whose clock goes faster and whose letters go to the test's mail server.

Run as a program by `tests/web/test_reminders_killed.py`, which kills it.
"""

from __future__ import annotations

import os
import smtplib
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lowtide.web.reminders.channels import Handing, Outcome
    from lowtide.web.reminders.models import Delivery

FASTER = 30
"""A minute of reminders' time is two seconds here."""
BEGAN = "HURRIED_BEGAN"
"""The environment's name for when (Unix time) the hurried clock stood at `BEGIN`."""
SMTP_PORT = "HURRIED_SMTP_PORT"
BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)
LOOK_SECONDS = 0.05
TIMEOUT_SECONDS = 20


def hurried() -> datetime:
    """Say what time it is on the hurried clock: the same in every process."""
    return BEGIN + timedelta(seconds=(time.time() - float(os.environ[BEGAN])) * FASTER)


class Letters:
    """Letters by SMTP, handed over as late as that can be: when the server has agreed to everything but the text."""

    name = "mail"
    may_repeat = False

    def destinations(self, persons: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Everybody has an address."""
        return dict.fromkeys(persons, ("owner",))

    def send(self, delivery: Delivery, handing: Handing) -> Outcome:
        """Send one; its name is the delivery's."""
        from lowtide.web.reminders.channels import Again, Sent

        letter = EmailMessage()
        letter["Message-ID"] = f"<{delivery.pk}@lowtide.example>"
        letter["Subject"] = "Midday Check-In"
        letter.set_content("If you like, take three minutes.")
        with smtplib.SMTP("127.0.0.1", int(os.environ[SMTP_PORT]), timeout=TIMEOUT_SECONDS) as server:
            server.ehlo()
            server.mail("lowtide@lowtide.example")
            server.rcpt(delivery.reminder.routine.person.owner.email)
            handing()
            code, _words = server.data(letter.as_bytes())
        return Sent() if code == 250 else Again()


def main() -> None:
    """Work until killed."""
    import django

    django.setup()
    from django.db import connections

    from lowtide.web.reminders import clock
    from lowtide.web.reminders.channels import only
    from lowtide.web.reminders.work import loop

    connections.settings["default"]["CONN_MAX_AGE"] = 60
    loop.LOOK_SECONDS = LOOK_SECONDS
    with clock.told_by(hurried), only(Letters()):
        loop.Loop(hurried).run()


if __name__ == "__main__":
    main()
