"""Rows of the course, and what must hold of them. Only `course.records` turns them into the core's nouns and back."""

from lowtide.web.course.models.enrolment import Enrolment
from lowtide.web.course.models.event import EventEntry, EventKind
from lowtide.web.course.models.group import Attendance, Group, Meeting, MeetingLetter, Membership
from lowtide.web.course.models.log import LogKind, LogLine
from lowtide.web.course.models.mention import Mention
from lowtide.web.course.models.withdrawal import Withdrawal

__all__ = [
    "Attendance", "Enrolment", "EventEntry", "EventKind", "Group", "LogKind", "LogLine", "Meeting", "MeetingLetter",
    "Membership", "Mention", "Withdrawal",
]  # fmt: skip
