"""A letter's row in, the letter out: an invitation that calendars understand (iMIP, RFC 6047), a change, a taking back.

Law: the same row has the same name (Message-ID). Nobody's address or name is in it but the reader's and the leader's
name; nothing of anybody's health.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from lowtide.web.course.meetings.calendars import noun_of
from lowtide.web.course.meetings.shown import clock_said, own_clock_said, shown, zone_of
from lowtide.web.course.meetings.stopping import stop_address
from lowtide.web.course.models import MeetingLetter, Membership

KNOWN = ("sent", "unsure")
"""What may have arrived."""


def letter_of(row: MeetingLetter, address: str, now: datetime) -> EmailMultiAlternatives:
    """Write a letter."""
    from lowtide.deliver.calendar import Method, invitation

    meeting, group, base = row.meeting, row.meeting.group, str(settings.PUBLIC_ADDRESS)
    (one,) = shown([meeting], group, row.person, now)
    member = Membership.objects.get(group=group, person=row.person)
    stop = base + stop_address(member)
    is_known = meeting.letters.filter(person=row.person, version__lt=row.version, state__in=KNOWN).exists()
    told = {
        "name": row.person.name, "group": group, "one": one, "is_known": is_known, "stop": stop,
        "clock": own_clock_said(row.person, meeting.begins), "there": clock_said(zone_of(group), meeting.begins),
        "address": base + reverse("meeting", args=[meeting.pk]),
    }  # fmt: skip
    method = Method.CANCEL if meeting.is_off else Method.REQUEST
    letter = EmailMultiAlternatives(
        subject=_subject(group.name, f"{one.day}, {one.time}", is_off=meeting.is_off, is_known=is_known),
        body=render_to_string("course/meetings/letter.txt", told),
        to=[address],
        headers={
            "Message-ID": f"<{row.uuid}@{urlsplit(base).hostname}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    file = invitation(noun_of(meeting, group, to=address), now, method).decode()
    letter.attach_alternative(file, f"text/calendar; method={method.value}")
    letter.attach("meeting.ics", file, "application/ics")
    return letter


def _subject(group: str, when: str, *, is_off: bool, is_known: bool) -> str:
    if is_off:
        return f"{group}: no meeting on {when}"
    return f"{group}: {'now ' if is_known else ''}on {when}"
