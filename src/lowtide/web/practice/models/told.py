"""A rating in a row: what every row with a number from 0 to 10, a place that hurts or an arrival has in common."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from lowtide.model.profile import WORST_PAIN

LONGEST_NOTE = 4000
"""Letters of a free note: two pages."""
LONGEST_QUALITY = 200


def rating() -> models.PositiveSmallIntegerField[int | None, int | None]:
    """Make a field for a rating from 0 to 10, or none."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


def rated(model: str, *names: str) -> list[models.BaseConstraint]:
    """Hold these ratings of a model within 0 to 10."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": WORST_PAIN}), name=f"{model}_{name}_to_10"
        )
        for name in names
    ]


class Hurts(models.Model):
    """One place that hurts, as it was said at one time."""

    region = models.CharField(max_length=40)
    """A name of `model.body.REGIONS`."""
    intensity = rating()
    """0 to 10; nothing where it was not said."""
    quality = models.CharField(max_length=LONGEST_QUALITY, blank=True, default="")
    """The person's own words, separated by commas."""
    injured = models.BooleanField(default=False)

    class Meta:
        """Shared by the rows of body maps, ratings and the diary."""

        abstract = True


class Arrives(models.Model):
    """Something that a browser may have kept for a while, and may send twice."""

    arrival = models.UUIDField(default=uuid.uuid4)
    """Made by whoever sends it: what comes a second time is the same thing."""
    at = models.DateTimeField()
    """When it was, on the clock of the device, but never in the future."""
    arrived_at = models.DateTimeField(auto_now_add=True)
    day = models.DateField()
    """The person's own day that it belongs to."""

    class Meta:
        """Shared by everything that can be said offline."""

        abstract = True
        ordering: ClassVar[list[str]] = ["at", "id"]


def arrives_once(model: str) -> models.BaseConstraint:
    """Keep each arrival of a person once."""
    return models.UniqueConstraint(fields=["person", "arrival"], name=f"{model}_arrives_once")
