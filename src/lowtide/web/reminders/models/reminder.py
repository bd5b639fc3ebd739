"""Rows: one reminder, made when it was due. Law: the same occurrence is never there twice."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from lowtide.model.routine import MINUTES_OF_DAY, Fate
from lowtide.web.reminders.models.routine import Routine

DROPPED = (Fate.LATE, Fate.QUIET, Fate.DONE, Fate.EARLIER, Fate.PAUSED, Fate.NOWHERE)
"""What can become of a reminder before it goes anywhere."""


class Standing(models.TextChoices):
    """Where a reminder stands: beside these, the fates for which it was dropped."""

    WAITING = "", "its moment is still to come (it was snoozed)"
    GIVEN = "given", "given to its deliveries, which tell what became of it"


class Reminder(models.Model):
    """One occurrence of a routine, or of its snooze."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Also its tag in a browser: shown a second time it takes its own place."""
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField()
    """The person's own day."""
    minute = models.PositiveSmallIntegerField()
    """The time of day on the wall that was asked for."""
    snooze = models.PositiveSmallIntegerField(default=0)
    """0 for the reminder itself, n for its nth snooze."""
    due_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    standing = models.CharField(max_length=10, blank=True, default=Standing.WAITING.value)
    """A value of `Standing`, or the `Fate` for which it was dropped."""
    objects: ClassVar[models.Manager[Reminder]] = models.Manager()

    class Meta:
        """Each occurrence once, whatever zones, edits and workers do."""

        ordering: ClassVar[list[str]] = ["due_at", "uuid"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="reminder_waiting", condition=Q(standing="")),
            models.Index(fields=["due_at", "uuid"], name="reminder_due_at"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["routine", "day", "minute", "snooze"], name="each_occurrence_once"),
            models.CheckConstraint(condition=Q(minute__lt=MINUTES_OF_DAY), name="a_reminder_has_a_time_of_day"),
            models.CheckConstraint(
                condition=Q(standing__in=[*Standing.values, *(fate.value for fate in DROPPED)]),
                name="a_reminder_stands_somewhere",
            ),
        ]
