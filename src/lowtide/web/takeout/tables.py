"""Every table of a person's data: what it holds, what each column means, and what tells one row from another.

Read by writing, by reading and by the page that explains the files. Law: everything a person has told is in one of
these; a column is the model's own field, so that what is kept and what is taken along can not differ. What belongs to
this machine stays here (`STAYS`): it would open a door elsewhere, or be untrue there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from lowtide.web.accounts.models import Person
from lowtide.web.course import models as course
from lowtide.web.practice import models as rows
from lowtide.web.reminders import models as reminders
from lowtide.web.reminders.subjects import TEST

RATED = {"tension": "0 to 10.", "stress": "0 to 10.", "mood": "0 low, 10 as good as can be."}
ARRIVED = {
    "arrival": "Names it.",
    "at": "When it was.",
    "arrived_at": "When it was kept here. Not read back.",
    "day": "Your own day that it belongs to.",
}
ALL = models.Q()
HURTS = {
    "region": "The place, such as lower-back.",
    "intensity": "0 to 10; empty where no number was said.",
    "quality": "How it feels.",
    "injured": "yes where it is injured or cramps.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table, and one file of it."""

    name: str
    model: type[models.Model]
    about: str
    key: tuple[str, ...]
    """The columns that tell its rows apart, for one person."""
    columns: Mapping[str, str]
    """What each column means, in order."""
    owner: str = "person"
    """The way from a row to its person."""
    parents: Mapping[str, str] | None = None
    """Columns that point to a row of another table, with that table's name."""
    to_come: tuple[str, ...] = ()
    """Columns whose time may still be to come."""
    only: models.Q = ALL
    """Which of a person's rows are taken along."""

    def of(self, person: Person) -> models.QuerySet[Any]:
        """Give a person's rows, in order."""
        found: models.QuerySet[Any] = self.model._default_manager.filter(self.only, **{self.owner: person})
        return found.select_related(*(self.parents or ()))

    def field(self, column: str) -> models.Field[Any, Any]:
        """Give the model's field of a column."""
        found = self.model._meta.get_field(column)
        assert isinstance(found, models.Field), column
        return found


TABLES = (
    Table(
        name="profile", model=rows.ProfileVersion, key=("made_at",),
        about="What you have told about yourself; each change is a row of its own.",
        columns={
            "made_at": "When it was told.", "worse_with": "What makes it worse.", "conditions": "What else is known.",
            "age_years": "Your age.", "age_told_on": "The day on which you were that old.",
            "positions": "Positions that work, the best first.", "experience": "new, some or regular.",
            "likes": "What appeals to you.",
        },
    ),
    Table(
        name="preferences", model=rows.Preferences, key=(), about="How you like it: one row.",
        columns={
            "length_ms": "The last length, in milliseconds.", "position": "The last position.", "voice": "The voice.",
            "soundscape": "What is behind the voice.", "voice_db": "How loud, in dB.",
            "soundscape_db": "How loud, in dB.", "bell_db": "How loud, in dB.", "shows_captions": "yes or no.",
            "shows_streaks": "yes where days in a row are counted.",
        },
    ),
    Table(
        name="screenings", model=rows.Screening, key=("begun_at",), about="Each time the safety questions were asked.",
        columns={"begun_at": "When.", "why": "Why they were asked."},
    ),
    Table(
        name="answers", model=rows.Answer, key=("screening", "code", "at"), owner="screening__person",
        about="Your answers to the safety questions.", parents={"screening": "screenings"},
        columns={"screening": "When that screening began.", "code": "The question.",
                 "answer": "yes, no, or empty where you were not sure.", "at": "When it was answered."},
    ),
    Table(
        name="body_maps", model=rows.BodyMap, key=("at",), about="Each time you showed where it hurts.",
        columns={"at": "When.", "day": "Your own day that it belongs to."},
    ),
    Table(
        name="body_map_pains", model=rows.BodyMapPain, key=("body_map", "region"), owner="body_map__person",
        about="The places on each body map.", parents={"body_map": "body_maps"},
        columns={"body_map": "When that map was drawn.", **HURTS},
    ),
    Table(
        name="sessions", model=rows.Session, key=("uuid",), about="Your sessions.",
        columns={
            "uuid": "Names it.", "made_at": "When it was made.", "day": "Your own day that it belongs to.",
            "utc_offset_minutes": "What your clock was ahead of UTC.", "technique": "Which practice.",
            "title": "What it was called.", "length_ms": "Its length, in milliseconds.",
            "heard_ms": "How much of it was heard, in milliseconds.", "resume_ms": "Where it would go on.",
            "begun_at": "When it was first played.", "ended_at": "When it ended.",
            "ended": "finished, stopped, unwell, or empty.", "chosen_by": "person, learner or protocol.",
            "odds": "The odds of each practice, where it was drawn.", "why": "Why it was suggested.",
            "profile": "You as you were then.", "wish": "What was asked for.", "voice": "The voice.",
            "soundscape": "What was behind it.", "voice_db": "How loud, in dB.", "soundscape_db": "How loud, in dB.",
            "bell_db": "How loud, in dB.", "switches": "What was changed in the middle.",
        },
    ),
    Table(
        name="ratings", model=rows.Ratings, key=("arrival",), about="How it was before and after sessions.",
        parents={"session": "sessions"},
        columns={**ARRIVED, "session": "The session; empty where none followed.", "moment": "before or after.",
                 **RATED, "pleasantness": "0 to 10.", "note": "Your note."},
    ),
    Table(
        name="rated_pains", model=rows.RatedPain, key=("ratings", "region"), owner="ratings__person",
        about="The pain in each place, before and after sessions.", parents={"ratings": "ratings"},
        columns={"ratings": "The row in ratings, by its arrival.", **HURTS},
    ),
    Table(
        name="unwell", model=rows.UnwellReport, key=("arrival",), about="When something did not feel right.",
        parents={"session": "sessions"},
        columns={**ARRIVED, "session": "The session, if it was in one.", "at_ms": "Where in it, in milliseconds.",
                 "feelings": "What it was like.", "note": "Your note."},
    ),
    Table(
        name="diary", model=rows.DiaryEntry, key=("arrival",), about="Your diary.",
        columns={**ARRIVED, **RATED, "note": "Your note."},
    ),
    Table(
        name="diary_pains", model=rows.DiaryPain, key=("entry", "region"), owner="entry__person",
        about="The places in each diary entry.", parents={"entry": "diary"},
        columns={"entry": "The row in diary, by its arrival.", **HURTS},
    ),
    Table(
        name="outside", model=rows.OutsidePractice, key=("arrival",), about="What you practised elsewhere.",
        columns={**ARRIVED, "what": "What it was.", "minutes": "How long.", "note": "Your note."},
    ),
    Table(
        name="comparisons", model=rows.Comparison, key=("uuid",), about="Your fair comparisons, with their lots.",
        columns={
            "uuid": "Names it.", "made_at": "When it was begun.", "first_day": "Its first day.",
            "techniques": "What is compared.", "schedule": "The practice of each day.",
            "measure": "What is to be eased.", "length_ms": "How long each session is, in milliseconds.",
            "seed": "What the lots were drawn with.", "stopped_at": "When you ended it early.",
        },
    ),
    Table(
        name="enrolments", model=course.Enrolment, key=("uuid",), about="Each course that you have begun.",
        columns={"uuid": "Names it.", "made_at": "When it was begun.", "programme": "Which course.",
                 "first_day": "Its first day.", "arm": "The arm of a trial; empty where you chose it yourself."},
    ),
    Table(
        name="course_log", model=course.LogLine, key=("enrolment", "arrival"), owner="enrolment__person",
        about="What happened in your courses, line by line.",
        parents={"enrolment": "enrolments", "session": "sessions", "outside": "outside"},
        columns={
            "enrolment": "The row in enrolments.", **ARRIVED,
            "kind": "began, practised, paused, resumed, stayed, chose, left or finished.",
            "pace": "practice or calendar, where it began or that was changed.", "week": "The week of a practice.",
            "practice": "The practice.", "session": "The session that it was, if it was one.",
            "outside": "The row in outside that it was, if it was by yourself.", "why": "Why you took a break.",
            "chosen": "The practices that you chose for your own week.",
        },
    ),
    Table(
        name="event_entries", model=course.EventEntry, key=("arrival",), about="What you wrote in the event calendars.",
        parents={"enrolment": "enrolments"},
        columns={
            **ARRIVED, "enrolment": "The course that it was written in.",
            "kind": "pleasant, unpleasant or communication.", "happened": "What it was.", "body": "What the body did.",
            "mind": "Mood and thoughts.", "now": "How it was while you wrote.",
        },
    ),
    Table(
        name="groups", model=course.Group, key=("uuid",), owner="memberships__person", about="The groups you are in.",
        columns={
            "uuid": "Names it.", "made_at": "When it was founded.", "name": "What it is called.",
            "programme": "Its course; empty where it follows none of ours.", "time_zone": "Where it meets.",
            "minutes": "How long a meeting is.", "link": "Where its meetings are.",
            "is_elsewhere": "yes where you only keep its dates.", "led_by": "Who leads it, elsewhere.",
        },
    ),
    Table(
        name="memberships", model=course.Membership, key=("group",), about="What you are in your groups.",
        parents={"group": "groups"},
        columns={
            "group": "The row in groups.", "joined_at": "Since when.", "name": "What the group calls you.",
            "is_leading": "yes where you lead it.", "by_mail": "yes for letters about meetings.",
            "is_reminded": "yes to be reminded before a meeting.",
        },
    ),
    Table(
        name="meetings", model=course.Meeting, key=("uuid",), owner="group__memberships__person",
        about="The meetings of your groups.", parents={"group": "groups"}, to_come=("begins",),
        columns={
            "uuid": "Names it.", "group": "The row in groups.", "number": "Its place, from 1.",
            "week": "The week of the course.", "begins": "When it begins.", "minutes": "How long it is.",
            "led_by": "Who leads this one; empty for who leads the group.", "link": "Where it is, if not as usual.",
            "agenda": "What is planned, if not as usual.", "summary": "What it was about.",
            "version": "How often it was changed.", "is_off": "yes where it was called off.",
        },
    ),
    Table(
        name="attendances", model=course.Attendance, key=("uuid",), about="The meetings you came to.",
        parents={"meeting": "meetings"},
        columns={"uuid": "Names it.", "meeting": "The row in meetings; empty where you have left that group.",
                 "at": "When it began.", "programme": "The group's course."},
    ),
    Table(
        name="reminders", model=reminders.Routine, key=("about",), about="What you wish to be reminded of, and when.",
        only=models.Q(once_at__isnull=True) & ~models.Q(about=TEST),
        columns={
            "about": "What of: ritual:NAME, course, practice or diary.",
            "times": "Times of day, each in minutes after midnight.",
            "weekdays": "Days of the week, added up: Monday 1, Tuesday 2, Wednesday 4, and so on to Sunday 64.",
            "by_push": "yes for on the screen.", "by_mail": "yes for by e-mail.", "style": "words or gentle.",
            "is_on": "yes or no.", "made_at": "When you first wished for it.",
        },
    ),
    Table(
        name="quiet_hours", model=reminders.QuietHours, key=(), about="When nothing is to be sent to you: one row.",
        columns={"from_minute": "From, in minutes after midnight.", "to_minute": "To, in minutes after midnight."},
    ),
    Table(
        name="mail_address", model=reminders.MailAddress, key=(),
        about="Where letters go to, where Lowtide has no accounts: one row.", columns={"address": "The address."},
    ),
)  # fmt: skip
"""In an order in which each row comes after those that it points to."""
BY_NAME = {table.name: table for table in TABLES}
YOU = {"name": "What the guide may call you.", "time_zone": "Your time zone; empty for the machine's own.",
       "day_starts_minute": "When your day begins, in minutes after midnight."}  # fmt: skip
"""The columns of the file `you`, of one row."""
ABOUT_YOU = "You: one row."
NOT_READ = ("arrived_at",)
"""Columns that say something of this machine and are not read back."""
STAYS = (
    "Not in it, for they belong to this machine: which browsers remind you, your calendar's secret address, a break "
    "from reminders, what was sent or left out in the last days, and reminders of meetings, which are set anew."
)
"""What is not taken along, for whoever looks for it."""
