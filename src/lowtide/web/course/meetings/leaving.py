"""Somebody has just left a group, in whatever way, in; what must not stay behind them is gone, out.

Called by the row's own signal (`apps`), so that it holds as well where a person or an account is deleted. The rules:
a name goes with its person. Where a leader goes, the link goes too (it is their room) and the invitation ends; dates,
agendas and summaries stay with the members, who may take the group up. With the last one the group is gone. What a
person came to stays theirs.
"""

from __future__ import annotations

from typing import Any

from lowtide.web.course.models import Group, Meeting, MeetingLetter, Membership
from lowtide.web.reminders.models import Routine

MEETING = "meeting:"
"""What routines are about that remind of a meeting; its uuid follows."""


def left(instance: Membership, **_more: Any) -> None:
    """Tidy up behind a membership that is gone."""
    meetings = Meeting.objects.filter(group=instance.group_id)
    forget_reminders(instance)
    MeetingLetter.objects.filter(person=instance.person_id, meeting__in=meetings).delete()
    if instance.is_leading:
        Group.objects.filter(pk=instance.group_id).update(secret=None, link="")
        meetings.update(led_by="", link="")
    Group.objects.filter(pk=instance.group_id, memberships__isnull=True).delete()


def forget_reminders(member: Membership) -> None:
    """Let nothing remind somebody of this group's meetings."""
    meetings = Meeting.objects.filter(group=member.group_id).values_list("pk", flat=True)
    Routine.objects.filter(person=member.person_id, about__in=[f"{MEETING}{pk}" for pk in meetings]).delete()
