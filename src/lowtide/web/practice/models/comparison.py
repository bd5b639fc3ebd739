"""Rows: fair comparisons. Law: a design is written once, before its first day; only that it was stopped is added."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lowtide.model.checkin import MEASURES
from lowtide.model.time import LONGEST_MS
from lowtide.web.accounts.models import Person


class Comparison(models.Model):
    """Two or three techniques, compared by lot over some weeks: which one is whose day is fixed from the first on."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="comparisons")
    made_at = models.DateTimeField(default=timezone.now)
    first_day = models.DateField()
    """The person's own day that it begins with."""
    techniques: models.JSONField[Any, Any] = models.JSONField()
    """Names of techniques, two or three."""
    schedule: models.JSONField[Any, Any] = models.JSONField()
    """The technique of each day, in order."""
    measure = models.CharField(max_length=10)
    """A name of `Measure`: what is to be eased."""
    length_ms = models.PositiveIntegerField()
    """How long each session is, the same for all."""
    seed = models.BigIntegerField()
    """What the lots were drawn with."""
    stopped_at = models.DateTimeField(null=True, default=None)
    """When the person ended it before its last day."""
    objects: ClassVar[models.Manager[Comparison]] = models.Manager()

    class Meta:
        """In the order of their beginnings."""

        ordering: ClassVar[list[str]] = ["made_at", "uuid"]
        get_latest_by = "made_at"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(length_ms__gt=0, length_ms__lte=LONGEST_MS), name="a_comparison_has_a_possible_length"
            ),
            models.CheckConstraint(
                condition=Q(measure__in=[one.value for one in MEASURES]), name="a_comparison_is_of_a_known_measure"
            ),
            models.CheckConstraint(condition=Q(seed__gte=0), name="a_comparison_has_a_seed"),
        ]
