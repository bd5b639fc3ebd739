"""Meetings in, the same as calendars know them out: for letters, for files to fetch, and for calendars that subscribe.

Law: nobody's address but the reader's own is in it. The organiser's address is this server's, under the leader's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from lowtide.web.accounts.models import Person
from lowtide.web.course.meetings.shown import agenda_of, leader_of, title_of, zone_of
from lowtide.web.course.models import Group, Meeting

if TYPE_CHECKING:
    from lowtide.deliver import calendar

LOOK_BACK = timedelta(days=30)
"""What is longer past leaves a calendar that subscribes."""
FOR_DETAILS = "Details, and what changes"


def noun_of(row: Meeting, group: Group, to: str = "") -> calendar.Meeting:
    """Give a meeting as calendars know it; `to` is the address of the one guest that a letter goes to."""
    from lowtide.deliver.calendar import Guest, Meeting

    zone, base = zone_of(group), str(settings.PUBLIC_ADDRESS)
    lines = [title_of(row, group), *(f"- {line}" for line in agenda_of(row, group))]
    return Meeting(
        name=str(row.pk), version=row.version, title=group.name, minutes=row.minutes, is_off=row.is_off,
        begins=row.begins.astimezone(zone), address=row.link or group.link, is_answered=False, since=group.made_at,
        leader=Guest(mail=str(settings.DEFAULT_FROM_EMAIL), name=row.led_by or leader_of(group)),
        guests=(Guest(mail=to),) if to else (),
        text="\n".join([*lines, f"{FOR_DETAILS}: {base}{reverse('meeting', args=[row.pk])}"]),
    )  # fmt: skip


def nouns_of(rows: Iterable[Meeting], group: Group) -> list[calendar.Meeting]:
    """Give meetings of one group."""
    return [noun_of(row, group) for row in rows]


def dates_of(person: Person, now: datetime) -> Iterator[calendar.Meeting]:
    """Give everything that a person's own calendar shows of their groups: what is called off is not there."""
    rows = Meeting.objects.filter(group__memberships__person=person, begins__gte=now - LOOK_BACK, is_off=False)
    for row in rows.select_related("group"):
        yield noun_of(row, row.group)
