"""Rows: what happened in a course, line by line. Laws: nothing is changed, what is new is added; names stay as written.

A line of practice says only which practice it was: how long, the session or the outside practice itself says. Who takes
that back takes its line back with it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from lowtide.web.course.models.enrolment import LONGEST_NAME, Enrolment
from lowtide.web.practice.models import OutsidePractice, Session
from lowtide.web.practice.models.told import Arrives


class LogKind(models.TextChoices):
    """What happened: the entries of `model.programme`'s log."""

    BEGAN = "began", "began, or changed the pace"
    PRACTISED = "practised", "practised"
    PAUSED = "paused", "took a break"
    RESUMED = "resumed", "went on"
    STAYED = "stayed", "stayed one more week"
    CHOSE = "chose", "chose own practices"
    LEFT = "left", "left"
    FINISHED = "finished", "came to its end"


def _name() -> models.CharField[str, str]:
    return models.CharField(max_length=LONGEST_NAME, blank=True, default="")


class LogLine(Arrives):
    """One line of a course's log."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=9, choices=LogKind)
    pace = _name()
    """A value of `model.programme.Pace`, where it began or the pace was changed."""
    week = _name()
    """The name of the week that a practice is of."""
    practice = _name()
    """The name of the practice, within its week."""
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="course_lines")
    outside = models.ForeignKey(OutsidePractice, on_delete=models.CASCADE, null=True, related_name="course_lines")
    why = _name()
    """Why there is a break: a value of `model.programme.Why`."""
    chosen: models.JSONField[Any, Any] = models.JSONField(default=list)
    """The practices that were chosen for the last week."""
    objects: ClassVar[models.Manager[LogLine]] = models.Manager()

    class Meta:
        """In order of days; a practice is of one session or of one practice elsewhere, each counted once."""

        ordering: ClassVar[list[str]] = ["day", "at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrolment", "arrival"], name="a_log_line_arrives_once"),
            models.CheckConstraint(condition=Q(kind__in=LogKind.values), name="a_log_line_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(kind="practised", session__isnull=False, outside__isnull=True)
                | Q(kind="practised", session__isnull=True, outside__isnull=False)
                | (~Q(kind="practised") & Q(session__isnull=True, outside__isnull=True)),
                name="a_practised_line_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(kind="practised") | (~Q(week="") & ~Q(practice="")),
                name="a_practised_line_names_its_practice",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "session"], condition=Q(session__isnull=False), name="a_session_counts_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "outside"], condition=Q(outside__isnull=False), name="an_outside_counts_once"
            ),
        ]
