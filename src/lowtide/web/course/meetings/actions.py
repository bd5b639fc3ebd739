"""What people do with their groups, kept: each in one transaction, with the letters and reminders that go with it.

Called by the pages. Laws: only who leads a group changes it (the pages see to that); whatever calendars have to know
raises a meeting's version, and nothing else does.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.programme import DAYS_A_WEEK, Programme
from lowtide.web.accounts.models import Person
from lowtide.web.course.meetings.arranging import arrange, tell_change
from lowtide.web.course.meetings.leaving import forget_reminders
from lowtide.web.course.meetings.shown import moment, zone_of
from lowtide.web.course.models import Attendance, Group, Meeting, Membership

USUAL_MINUTES = 60
"""House rule for a programme that has no meetings of its own."""
USUAL_MEETINGS = 8
"""For a group elsewhere that follows none of our programmes: as many as most courses have weeks."""
SECRET_BYTES = 24
"""192 bits: an address nobody guesses."""
TOLD = ("begins", "minutes", "led_by", "link")
"""What calendars have to know when it changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A group that somebody founds, or writes down."""

    name: str
    called: str
    """What the group calls them."""
    programme: str
    day: date
    at: time
    """Of the first meeting, on the group's own wall."""
    time_zone: str
    minutes: int | None = None
    """None for the programme's own."""
    meetings: int | None = None
    """None for one in each week of the programme."""
    link: str = ""
    is_elsewhere: bool = False
    led_by: str = ""


@transaction.atomic
def found(person: Person, wish: Wish, at: datetime) -> Group:
    """Found a group that this person leads, with its meetings; or write down one that is elsewhere."""
    programme = _programme(wish.programme)
    usual = programme.group_minutes if programme else 0
    group = Group.objects.create(
        made_at=at, name=wish.name, programme=wish.programme, time_zone=wish.time_zone, link=wish.link,
        minutes=wish.minutes or usual or USUAL_MINUTES, is_elsewhere=wish.is_elsewhere,
        led_by=wish.led_by if wish.is_elsewhere else "",
        secret=None if wish.is_elsewhere else secrets.token_urlsafe(SECRET_BYTES),
    )  # fmt: skip
    Membership.objects.create(
        group=group, person=person, joined_at=at, name=wish.called, is_leading=not wish.is_elsewhere,
        by_mail=not wish.is_elsewhere,
    )  # fmt: skip
    Meeting.objects.bulk_create(_meetings(group, programme, wish))
    arrange(group, at)
    return group


def _programme(name: str) -> Programme | None:
    try:
        return content.programme(name) if name else None
    except UserError:
        return None


def _meetings(group: Group, programme: Programme | None, wish: Wish) -> Iterator[Meeting]:
    """Give one for each week, always at the same time of the group's wall."""
    weeks = [one.name for one in programme.weeks] if programme else []
    for number in range(wish.meetings or len(weeks) or USUAL_MEETINGS):
        day = wish.day + timedelta(days=number * DAYS_A_WEEK)
        yield Meeting(
            group=group, number=number + 1, week=weeks[number] if number < len(weeks) else "", minutes=group.minutes,
            begins=moment(day, wish.at, zone_of(group)),
        )  # fmt: skip


@transaction.atomic
def join(group: Group, person: Person, called: str, at: datetime, *, by_mail: bool, is_reminded: bool) -> Membership:
    """Let somebody be in a group; who is in it already stays as they are."""
    fields = {"joined_at": at, "name": called, "by_mail": by_mail, "is_reminded": is_reminded}
    member, is_new = Membership.objects.get_or_create(group=group, person=person, defaults=fields)
    if is_new:
        arrange(group, at)
    return member


@transaction.atomic
def wish_for(member: Membership, called: str, at: datetime, *, by_mail: bool, is_reminded: bool) -> None:
    """Keep what the group calls somebody, and whether letters and reminders come."""
    member.name, member.by_mail, member.is_reminded = called, by_mail, is_reminded
    member.save(update_fields=["name", "by_mail", "is_reminded"])
    if not is_reminded:
        forget_reminders(member)
    arrange(member.group, at)


def leave(member: Membership) -> None:
    """Leave a group; what has to go along, `leaving` sees to."""
    with transaction.atomic():
        member.delete()


def invite(group: Group, *, is_open: bool) -> None:
    """Make a new invitation, so that the old address leads nowhere; or have none."""
    group.secret = secrets.token_urlsafe(SECRET_BYTES) if is_open else None
    group.save(update_fields=["secret"])


@transaction.atomic
def take_up(member: Membership) -> bool:
    """Lead a group that nobody leads any more; say whether it is theirs now."""
    Group.objects.select_for_update().get(pk=member.group_id)
    if member.group.memberships.filter(is_leading=True).exists():
        return False
    member.is_leading = True
    member.save(update_fields=["is_leading"])
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a meeting is from now on."""

    begins: datetime
    minutes: int
    led_by: str
    link: str
    agenda: str
    summary: str


@transaction.atomic
def change(meeting: Meeting, to: Change, at: datetime) -> bool:
    """Change a meeting; say whether calendars have to know."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    begins = to.begins.astimezone(UTC)
    is_told = any(getattr(row, name) != (begins if name == "begins" else getattr(to, name)) for name in TOLD)
    row.begins, row.minutes, row.led_by, row.link = begins, to.minutes, to.led_by, to.link
    row.agenda, row.summary = to.agenda, to.summary
    row.version += is_told
    row.save()
    Attendance.objects.filter(meeting=row).update(at=begins)
    if is_told:
        tell_change(row, at)
    return is_told


@transaction.atomic
def call_off(meeting: Meeting, at: datetime, *, is_off: bool) -> None:
    """Call a meeting off, or let it take place after all; said twice, it is said once."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.is_off == is_off:
        return
    row.is_off, row.version = is_off, row.version + 1
    row.save(update_fields=["is_off", "version"])
    tell_change(row, at)


@transaction.atomic
def attended(meeting: Meeting, members: Collection[Membership], came: Collection[int]) -> None:
    """Keep who of these members came, by person; of who has left nothing is changed."""
    there = {one.person_id for one in members}
    Attendance.objects.filter(meeting=meeting, person__in=there).exclude(person__in=came).delete()
    for person in there & set(came):
        fields = {"at": meeting.begins, "programme": meeting.group.programme}
        Attendance.objects.get_or_create(meeting=meeting, person_id=person, defaults=fields)
