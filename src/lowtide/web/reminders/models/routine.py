"""Rows: when somebody wishes to be reminded, when not, and breaks."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lowtide.model.routine import DAYS_OF_WEEK, MINUTES_OF_DAY, Style
from lowtide.web.accounts.models import Person

EVERY_DAY_BITS = 2**DAYS_OF_WEEK - 1
LONGEST_ABOUT = 100


class Routine(models.Model):
    """When somebody wishes to be reminded of one thing."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Also the name of its event in a calendar."""
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="routines")
    about = models.CharField(max_length=LONGEST_ABOUT)
    """What of: `ritual:midday-check-in`, `course`, `practice`, `diary`, `meeting:<uuid>`."""
    times: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    """Minutes after midnight on the person's wall, ascending; nothing where it is once."""
    weekdays = models.PositiveSmallIntegerField(default=EVERY_DAY_BITS)
    """A bit for each of the person's own days: 1 is Monday, 64 is Sunday."""
    once_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, default=None)
    """The one moment of something that happens once."""
    by_push = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    style = models.CharField(max_length=10, default=Style.GENTLE.value)
    """A value of `model.routine.Style`."""
    is_on = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    next_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, default=None)
    """The first moment that no reminder was made for yet; nothing while it is off or the person has a break."""
    objects: ClassVar[models.Manager[Routine]] = models.Manager()

    class Meta:
        """One for each thing; what is off is never due."""

        ordering: ClassVar[list[str]] = ["about"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_at"], name="routine_next_at")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "about"], name="one_routine_for_each_thing"),
            models.CheckConstraint(condition=~Q(about=""), name="a_routine_is_about_something"),
            models.CheckConstraint(condition=Q(weekdays__lte=EVERY_DAY_BITS), name="a_week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(is_on=True) | Q(next_at__isnull=True), name="a_routine_that_is_off_is_never_due"
            ),
            models.CheckConstraint(condition=Q(style__in=[s.value for s in Style]), name="a_routine_has_a_known_style"),
        ]


class QuietHours(models.Model):
    """Hours in which this person is sent nothing; who has none has no row."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="quiet_hours")
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()
    objects: ClassVar[models.Manager[QuietHours]] = models.Manager()

    class Meta:
        """They begin and end within a day; they may cross midnight."""

        verbose_name_plural = "quiet hours"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(from_minute__lt=MINUTES_OF_DAY, to_minute__lt=MINUTES_OF_DAY),
                name="quiet_hours_are_within_a_day",
            ),
            models.CheckConstraint(condition=~Q(from_minute=F("to_minute")), name="quiet_hours_begin_and_end"),
        ]


class PauseWhy(models.TextChoices):
    """Why somebody is not reminded for a while; of what, `breaks` says."""

    SIGNED_OUT = "signed-out", "signed out everywhere"
    COURSE = "course", "the course has a break"
    OWN = "own", "as the person wished"


class Pause(models.Model):
    """A reason not to remind this person; while there is one, nothing that it silences is due."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=20, choices=PauseWhy)
    since = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[Pause]] = models.Manager()

    class Meta:
        """Each reason once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "why"], name="each_reason_to_pause_once"),
            models.CheckConstraint(condition=Q(why__in=PauseWhy.values), name="a_pause_has_a_known_reason"),
        ]
