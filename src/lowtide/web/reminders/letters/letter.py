"""A delivery in, its letter out: plain, short, warm; nothing of anybody's health, and one tap to stop it.

Law: the same delivery has the same name (Message-ID), so that a letter that did arrive twice would be one to whoever
reads it; we never send it twice knowingly.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from lowtide.web.reminders.letters.stopping import stop_address
from lowtide.web.reminders.models import Delivery
from lowtide.web.reminders.subjects import Subject


def letter_of(delivery: Delivery, subject: Subject, address: str) -> EmailMessage:
    """Write a letter."""
    routine = delivery.reminder.routine
    base: str = settings.PUBLIC_ADDRESS
    stop = base + stop_address(routine)
    told = {
        "name": routine.person.name, "subject": subject, "stop": stop, "is_local": routine.person.owner.is_local,
        "address": f"{base}/reminders/{delivery.reminder_id}/",
    }  # fmt: skip
    return EmailMessage(
        subject=subject.title,
        body=render_to_string("reminders/letter.txt", told),
        to=[address],
        headers={
            "Message-ID": f"<{delivery.uuid}@{urlsplit(base).hostname}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
