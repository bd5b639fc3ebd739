"""Rows: how a person likes it; the last choice is the next proposal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lowtide.model.audio import LEAST_VOLUME_DB, MOST_VOLUME_DB, Soundscape
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE
from lowtide.web.accounts.models import Person

DEFAULT_LENGTH_MS = 10 * MS_PER_MINUTE


def _volume(name: str) -> models.BaseConstraint:
    within = Q(**{f"{name}__gte": LEAST_VOLUME_DB, f"{name}__lte": MOST_VOLUME_DB})
    return models.CheckConstraint(condition=within, name=f"preferred_{name}_can_be_set")


class Preferences(models.Model):
    """What is proposed to a person the next time."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="preferences")
    length_ms = models.PositiveIntegerField(default=DEFAULT_LENGTH_MS)
    position = models.CharField(max_length=10, blank=True, default="")
    """A name of `Position`; empty for what suits best."""
    voice = models.CharField(max_length=100, blank=True, default="")
    """A voice's name; empty for the best that is there."""
    soundscape = models.CharField(max_length=20, default=Soundscape.WAVES.value)
    voice_db = models.FloatField(default=0.0)
    soundscape_db = models.FloatField(default=0.0)
    bell_db = models.FloatField(default=0.0)
    shows_captions = models.BooleanField(default=True)
    shows_streaks = models.BooleanField(default=False)
    """Off unless it is asked for: streaks stress people (PRODUCT)."""
    objects: ClassVar[models.Manager[Preferences]] = models.Manager()

    class Meta:
        """What can not be had can not be preferred."""

        verbose_name_plural = "preferences"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(length_ms__gt=0, length_ms__lte=LONGEST_MS), name="a_preferred_length_is_possible"
            ),
            *(_volume(name) for name in ("voice_db", "soundscape_db", "bell_db")),
        ]
