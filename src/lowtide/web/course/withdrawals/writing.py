"""Somebody who is about to leave a group in; for each meeting in their calendar, the letter that takes it out, out.

Called by the row's own signal (`apps`) while all is still there. Laws: only what a letter of ours has put into a
calendar is taken out of it, and only for who wishes letters; who deletes everything gets no letter any more, and their
address is kept for none.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.template.loader import render_to_string

from lowtide.web.course.meetings.calendars import noun_of
from lowtide.web.course.meetings.shown import own_clock_said, shown
from lowtide.web.course.models import Meeting, MeetingLetter, Membership, Withdrawal
from lowtide.web.course.models.withdrawal import LONGEST_SUBJECT
from lowtide.web.course.withdrawals.sending import enqueue
from lowtide.web.reminders import clock
from lowtide.web.reminders.letters.addresses import address_of

KEPT_FOR = timedelta(days=1)
"""House rule: a mail server that is down for longer is not waited for; nobody's address is kept for it."""
MAY_HAVE_COME = ("sent", "unsure", "handing")


def leaves(instance: Membership, origin: Any = None, **_more: Any) -> None:
    """Take the meetings to come out of the calendar of somebody who is about to leave; `origin` is what is deleted."""
    if getattr(origin, "model", type(origin)) is not Membership:
        return
    address = address_of(instance.person) if instance.by_mail else ""
    if not address:
        return
    now = clock.now()
    rows = [_withdrawal(row, instance, address, now) for row in _in_their_calendar(instance, now)]
    enqueue(Withdrawal.objects.bulk_create(rows), now)


def _in_their_calendar(member: Membership, now: datetime) -> list[Meeting]:
    """Give the meetings to come that they were invited to, and were not told that they are off."""
    told = MeetingLetter.objects.filter(person=member.person_id, state__in=MAY_HAVE_COME)
    rows: QuerySet[Meeting] = Meeting.objects.filter(group=member.group_id, begins__gt=now).select_for_update()
    found = rows.filter(pk__in=told.values("meeting"))
    known_off = told.filter(meeting__is_off=True, version=F("meeting__version")).values("meeting")
    return list(found.exclude(pk__in=known_off))


def _withdrawal(row: Meeting, member: Membership, address: str, now: datetime) -> Withdrawal:
    from lowtide.deliver.calendar import Method, invitation

    _raise_version(row)
    (one,) = shown([row], member.group, member.person, now)
    told = {
        "name": member.person.name, "group": member.group, "one": one,
        "clock": own_clock_said(member.person, row.begins),
    }  # fmt: skip
    return Withdrawal(
        person=member.person,
        to=address,
        subject=f"{member.group.name}: out of your calendar on {one.day}, {one.time}"[:LONGEST_SUBJECT],
        body=render_to_string("course/meetings/withdrawal.txt", told),
        file=invitation(noun_of(row, member.group, to=address), now, Method.CANCEL).decode(),
        try_at=now,
        until=min(row.begins, now + KEPT_FOR),
    )


def _raise_version(row: Meeting) -> None:
    """Let the taking back have a higher number than what it takes back, and whoever comes again one higher still.

    Others' letters that wait say the same as before, and stay true.
    """
    waiting = MeetingLetter.objects.filter(meeting=row, version=row.version, state="waiting")
    waiting.update(version=row.version + 2)
    Meeting.objects.filter(pk=row.pk).update(version=row.version + 2)
    row.version += 1
