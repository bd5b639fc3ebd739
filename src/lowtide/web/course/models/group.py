"""Rows: groups that meet, who is in them, their meetings, who came, and letters about them.

Laws: nothing of anybody's health is in these rows. A group is nobody's own: whoever leaves it takes their name along,
and with the last one it goes. That somebody came to a meeting is theirs, and stays when they leave.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lowtide.web.accounts.models import Person
from lowtide.web.course.models.enrolment import LONGEST_NAME

LONGEST_LINK = 500
LONGEST_SECRET = 64
LONGEST_TEXT = 4000
"""Letters of an agenda or a summary: two pages."""
LONGEST_MEETING_MINUTES = 12 * 60
"""The silent day is the longest."""
LETTER_STATES = ("waiting", "handing", "sent", "failed", "unsure", "dropped")


def _short() -> models.CharField[str, str]:
    return models.CharField(max_length=LONGEST_NAME, blank=True, default="")


def _text() -> models.CharField[str, str]:
    return models.CharField(max_length=LONGEST_TEXT, blank=True, default="")


def _link() -> models.CharField[str, str]:
    return models.CharField(max_length=LONGEST_LINK, blank=True, default="")


def _is_long(field: str) -> models.Q:
    return Q(**{f"{field}__gt": 0, f"{field}__lte": LONGEST_MEETING_MINUTES})


class Group(models.Model):
    """People who meet once a week; or the dates of a group elsewhere, kept by somebody for themselves."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=LONGEST_NAME)
    programme = _short()
    """Its programme's name; empty for a group elsewhere that follows none of ours."""
    time_zone = models.CharField(max_length=64, blank=True, default="")
    """Where it meets: an IANA name; empty for the machine's own."""
    minutes = models.PositiveSmallIntegerField()
    """How long a meeting is."""
    link = _link()
    """Where all its meetings are, unless one says otherwise: https."""
    is_elsewhere = models.BooleanField(default=False)
    """True where somebody only writes down the dates of a group that is not here."""
    led_by = _short()
    """Who leads a group elsewhere, as its person wrote it."""
    secret = models.CharField(max_length=LONGEST_SECRET, null=True, default=None, unique=True)
    """The secret of its invitation's address; nothing where it was revoked."""
    objects: ClassVar[models.Manager[Group]] = models.Manager()

    class Meta:
        """It has a name; a group elsewhere invites nobody."""

        ordering: ClassVar[list[str]] = ["made_at", "uuid"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="a_group_has_a_name"),
            models.CheckConstraint(condition=_is_long("minutes"), name="a_groups_meetings_last"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="a_groups_link_is_https"
            ),
            models.CheckConstraint(
                condition=Q(is_elsewhere=False, led_by="") | Q(is_elsewhere=True, secret__isnull=True),
                name="a_group_elsewhere_invites_nobody",
            ),
        ]


class Membership(models.Model):
    """Somebody is in a group: its leader, or a member."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(default=timezone.now)
    name = _short()
    """What the group calls them: the leader's is seen by members, a member's by the leader alone."""
    is_leading = models.BooleanField(default=False)
    by_mail = models.BooleanField(default=True)
    """Letters about meetings."""
    is_reminded = models.BooleanField(default=True)
    """Half an hour before a meeting."""
    objects: ClassVar[models.Manager[Membership]] = models.Manager()

    class Meta:
        """Once in a group; one leads."""

        ordering: ClassVar[list[str]] = ["joined_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "person"], name="once_in_a_group"),
            models.UniqueConstraint(fields=["group"], condition=Q(is_leading=True), name="one_leads_a_group"),
        ]


class Meeting(models.Model):
    """One of a group's meetings."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    """Also its name in calendars, for ever."""
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    """Its place, from 1."""
    week = _short()
    """The name of the programme's week that it belongs to."""
    begins: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    led_by = _short()
    """Who leads this one; empty for the group's leader."""
    link = _link()
    """Where it is; empty for the group's own link."""
    agenda = _text()
    """A line for each thing; empty for the week's own agenda."""
    summary = _text()
    """What it was about, afterwards."""
    version = models.PositiveIntegerField(default=0)
    """Goes up with each change that a calendar has to know."""
    is_off = models.BooleanField(default=False)
    """True where it was called off."""
    objects: ClassVar[models.Manager[Meeting]] = models.Manager()

    class Meta:
        """In their order of time; each number once."""

        ordering: ClassVar[list[str]] = ["begins", "number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["begins"], name="meeting_begins")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "number"], name="each_meeting_of_a_group_once"),
            models.CheckConstraint(condition=_is_long("minutes"), name="a_meeting_lasts"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="a_meetings_link_is_https"
            ),
        ]


class Attendance(models.Model):
    """Somebody came to a meeting. It is theirs: it stays when they leave, and when the group is gone."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="attendances")
    at = models.DateTimeField()
    """When the meeting began."""
    programme = _short()
    """The group's programme."""
    objects: ClassVar[models.Manager[Attendance]] = models.Manager()

    class Meta:
        """Once to a meeting."""

        ordering: ClassVar[list[str]] = ["at", "uuid"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "meeting"], condition=Q(meeting__isnull=False), name="once_at_a_meeting"
            )
        ]


class MeetingLetter(models.Model):
    """A letter about one state of a meeting to one person: the unique row that lets it leave once."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    """Also the letter's own name (Message-ID)."""
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="meeting_letters")
    version = models.PositiveIntegerField()
    """Of the meeting, as it told then."""
    state = models.CharField(max_length=7, default="waiting", choices=[(one, one) for one in LETTER_STATES])
    token: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True, default=None)
    """Whose it is: each worker that takes it makes its own."""
    try_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        default=timezone.now, null=True
    )
    """When it is to be tried (again); nothing once it has ended."""
    attempts = models.PositiveSmallIntegerField(default=0)
    objects: ClassVar[models.Manager[MeetingLetter]] = models.Manager()

    class Meta:
        """Once for each person and state of the meeting."""

        ordering: ClassVar[list[str]] = ["try_at", "uuid"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["try_at"], name="meeting_letter_open", condition=Q(try_at__isnull=False))
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "person", "version"], name="each_letter_of_a_meeting_once"),
            models.CheckConstraint(condition=Q(state__in=LETTER_STATES), name="a_letter_of_a_meeting_stands_somewhere"),
        ]
