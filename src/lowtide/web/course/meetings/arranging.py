"""The time in, what has to be there before a meeting out: its invitation on the way, its reminder set.

Called when a group changes, and by the worker now and then (`reminders.work.sweeping`). The rules: a meeting's
invitation leaves a week and a day before it, to members who wish for letters and have no break; a change goes at once
to whoever has had an invitation to that meeting, so that what stands in their calendar stays true. Law: a row is unique
for each person and state of a meeting, so that no letter is there twice, whoever looks how often.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lowtide.model.routine import Style
from lowtide.web.accounts.models import Person
from lowtide.web.course.meetings.leaving import MEETING
from lowtide.web.course.meetings.sending import enqueue, sweep
from lowtide.web.course.models import Group, Meeting, MeetingLetter
from lowtide.web.reminders.actions import Wished, drop_routine, keep_routine
from lowtide.web.reminders.breaks import silencing
from lowtide.web.reminders.letters.addresses import addresses_of
from lowtide.web.reminders.models import Pause, Routine
from lowtide.web.reminders.subjects import Subject

AHEAD = timedelta(days=8)
"""House rule: with a week's notice, and a day more, so that the next meeting is known at the end of one."""
BEFORE = timedelta(minutes=30)
"""House rule: reminded half an hour before, there is time to arrive or to find a quiet corner."""
AT_ONCE = 200
"""Rows in one look: the next one comes within half a minute."""
TITLE, TEXT, ACTION = "Your group", "It meets in half an hour.", "To the meeting"
"""What a lock screen shows: not which group, nor what it is about."""
Pairs = list[tuple[UUID, int, int]]
"""Meetings, their versions, and persons."""


def arrange(group: Group, now: datetime) -> None:
    """Prepare what of a group's meetings is near."""
    _prepare(Meeting.objects.filter(group=group), now)


def look(now: datetime) -> None:
    """Prepare whatever is near, and queue letters that wait. Called by the worker; only reads where nothing is."""
    _prepare(Meeting.objects.all(), now)
    sweep(now)


def _prepare(meetings: QuerySet[Meeting], now: datetime) -> None:
    near = meetings.filter(begins__gt=now, begins__lte=now + AHEAD, is_off=False)
    _write([(pk, version, person) for pk, version, person in _uninvited(near)[:AT_ONCE]], now)
    for pk, begins, person in _unreminded(near.filter(begins__gt=now + BEFORE))[:AT_ONCE]:
        _remind(Person.objects.get(pk=person), pk, begins, now)


def _uninvited(near: QuerySet[Meeting]) -> QuerySet[Meeting, tuple[UUID, int, int]]:
    person = OuterRef("group__memberships__person")
    return near.filter(
        ~Exists(MeetingLetter.objects.filter(meeting=OuterRef("pk"), person=person)),
        ~Exists(Pause.objects.filter(silencing(MEETING), person=person)),
        group__is_elsewhere=False,
        group__memberships__by_mail=True,
    ).values_list("pk", "version", "group__memberships__person")


def _unreminded(near: QuerySet[Meeting]) -> list[tuple[UUID, datetime, int]]:
    members = near.filter(group__memberships__is_reminded=True)
    found = list(members.values_list("pk", "begins", "group__memberships__person")[: AT_ONCE * 10])
    known = Routine.objects.filter(about__in={_about(pk) for pk, _, _ in found})
    there = set(known.values_list("person_id", "about"))
    return [one for one in found if (one[2], _about(one[0])) not in there]


def _about(pk: UUID) -> str:
    return f"{MEETING}{pk}"


def _write(pairs: Pairs, now: datetime) -> None:
    """Make letters for those who have an address, and queue them: both, or neither."""
    reached = addresses_of({person for _, _, person in pairs})
    rows = [
        MeetingLetter(meeting_id=pk, person_id=person, version=version, try_at=now)
        for pk, version, person in pairs
        if person in reached
    ]
    if rows:
        with transaction.atomic():
            MeetingLetter.objects.bulk_create(rows, ignore_conflicts=True)
            enqueue(MeetingLetter.objects.filter(pk__in=[row.pk for row in rows]), now)


def _remind(person: Person, pk: UUID, begins: datetime, now: datetime) -> None:
    """Set the reminder of a meeting; where there is one, only its moment changes."""
    known = person.routines.filter(about=_about(pk)).first()
    ways = Wished(by_mail=False) if known is None else Wished(
        by_push=known.by_push, by_mail=known.by_mail, style=Style(known.style), is_on=known.is_on
    )  # fmt: skip
    wished = Wished(
        once_at=begins - BEFORE, by_push=ways.by_push, by_mail=ways.by_mail, style=ways.style, is_on=ways.is_on
    )
    keep_routine(person, _about(pk), wished, now)


def tell_change(meeting: Meeting, now: datetime) -> None:
    """Let calendars and reminders know that a meeting was moved, called off or is on again."""
    for row in Routine.objects.filter(about=_about(meeting.pk)).select_related("person"):
        if meeting.is_off:
            drop_routine(row.person, row.about)
        else:
            _remind(row.person, meeting.pk, meeting.begins, now)
    if meeting.begins > now:
        invited = meeting.group.memberships.filter(Q(by_mail=True), person__meeting_letters__meeting=meeting)
        persons = invited.values_list("person", flat=True).distinct()
        _write([(meeting.pk, meeting.version, person) for person in persons], now)
    arrange(meeting.group, now)


def subject(about: str) -> Subject | None:
    """Say what a reminder of a meeting says."""
    try:
        row = Meeting.objects.filter(pk=UUID(about.removeprefix(MEETING)), is_off=False).first()
    except ValueError:
        return None
    if row is None:
        return None
    address = f"/course/meetings/{row.pk}/"
    return Subject(title=TITLE, text=TEXT, address=address, action=ACTION, minutes=row.minutes)
