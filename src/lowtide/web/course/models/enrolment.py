"""Rows: who has begun which programme. Law: where somebody stands is never kept; it follows from the log."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lowtide.web.accounts.models import Person

LONGEST_NAME = 100
"""Letters of a programme's, a week's or a practice's name."""


class Enrolment(models.Model):
    """Somebody has begun a programme. The last one is the one that runs; what came before stays to be looked at."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    made_at = models.DateTimeField(default=timezone.now)
    programme = models.CharField(max_length=LONGEST_NAME)
    """Its name; a clinic's own that is no longer there is passed over kindly."""
    first_day = models.DateField()
    """The person's own day that it begins with; it may be still to come."""
    arm = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    """The arm of a trial that it belongs to; empty where the person chose it."""
    objects: ClassVar[models.Manager[Enrolment]] = models.Manager()

    class Meta:
        """In the order of their beginnings."""

        ordering: ClassVar[list[str]] = ["made_at", "uuid"]
        get_latest_by = "made_at"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(programme=""), name="an_enrolment_is_in_a_programme")
        ]
