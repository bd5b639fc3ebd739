"""Rows: sessions, and what did not feel right. Law: no clearance is kept; it is screened anew from the snapshot."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lowtide.model.audio import LEAST_VOLUME_DB, MOST_VOLUME_DB, Soundscape
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models.told import LONGEST_NOTE, Arrives, arrives_once

VOLUMES = ("voice_db", "soundscape_db", "bell_db")
LEAST_HEARD_MS = MS_PER_MINUTE
"""What was heard for a minute was practised: a house rule, the same as for a day of practice."""


class Ended(models.TextChoices):
    """How a session ended."""

    OPEN = "", "not ended"
    FINISHED = "finished", "heard to the end"
    STOPPED = "stopped", "stopped before the end"
    UNWELL = "unwell", "ended because it did not feel right"


def _volume(name: str) -> models.BaseConstraint:
    within = Q(**{f"{name}__gte": LEAST_VOLUME_DB, f"{name}__lte": MOST_VOLUME_DB})
    return models.CheckConstraint(condition=within, name=f"session_{name}_can_be_set")


class Session(models.Model):
    """A session that was made for a person: everything that decides its sound, and how far it was heard."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    made_at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    """The person's own day that it belongs to."""
    utc_offset_minutes = models.SmallIntegerField(default=0)
    """What the person's clock was ahead of UTC when it was made."""

    profile: models.JSONField[Any, Any] = models.JSONField()
    """The person as they were: `records.nouns.profile_row`."""
    wish: models.JSONField[Any, Any] = models.JSONField()
    """What was asked for, with the technique, script and position that were decided: `records.nouns.wish_row`."""
    technique = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    """The technique's title, as the person read it."""
    length_ms = models.PositiveIntegerField()
    why: models.JSONField[Any, Any] = models.JSONField(default=list)
    """The sentences of `PlanInfo`."""
    chosen_by = models.CharField(max_length=10, default="person")
    """A name of `ChosenBy`."""
    odds: models.JSONField[Any, Any] = models.JSONField(default=dict)
    """The odds of the decision where a learner made it."""

    voice = models.CharField(max_length=100, blank=True, default="")
    """A voice's name; empty for the best that is there."""
    soundscape = models.CharField(max_length=20, default=Soundscape.WAVES.value)
    voice_db = models.FloatField(default=0.0)
    soundscape_db = models.FloatField(default=0.0)
    bell_db = models.FloatField(default=0.0)
    switches: models.JSONField[Any, Any] = models.JSONField(default=list)
    """What was changed in the middle: `[{"to": "imagine", "at_ms": 60000}]`, in the order of asking."""

    resume_ms = models.PositiveIntegerField(default=0)
    """Where it goes on."""
    heard_ms = models.PositiveIntegerField(default=0)
    """How much of it was heard, wherever it was."""
    begun_at = models.DateTimeField(null=True, default=None)
    """When it was first played."""
    ended_at = models.DateTimeField(null=True, default=None)
    ended = models.CharField(max_length=10, blank=True, default=Ended.OPEN, choices=Ended)
    objects: ClassVar[models.Manager[Session]] = models.Manager()

    class Meta:
        """Nothing is heard that is not there, and an end has a time."""

        ordering: ClassVar[list[str]] = ["made_at", "uuid"]
        get_latest_by = "made_at"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "day"], name="session_of_a_day")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(length_ms__gt=0, length_ms__lte=LONGEST_MS), name="a_session_has_a_possible_length"
            ),
            models.CheckConstraint(condition=Q(resume_ms__lte=F("length_ms")), name="a_session_resumes_within_itself"),
            models.CheckConstraint(condition=Q(heard_ms__lte=F("length_ms")), name="no_more_is_heard_than_there_is"),
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="an_ended_session_says_when",
            ),
            models.CheckConstraint(condition=Q(ended__in=Ended.values), name="a_session_ends_in_a_known_way"),
            *(_volume(name) for name in VOLUMES),
        ]

    @property
    def is_partial(self) -> bool:
        """True where it was begun and not heard to the end; it counts all the same."""
        return self.begun_at is not None and self.ended != Ended.FINISHED

    @property
    def is_part_that_counts(self) -> bool:
        """True where it was not heard to the end, and for a minute at least: what was less was hardly begun."""
        return self.is_partial and self.heard_ms >= LEAST_HEARD_MS


class UnwellReport(Arrives):
    """Somebody did not feel right, during a session, after it, or apart from any."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="unwell_reports")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="unwell_reports")
    at_ms = models.PositiveIntegerField(null=True, default=None)
    """Where in the session it was."""
    feelings: models.JSONField[Any, Any] = models.JSONField(default=list)
    """What it was like, in the words of the page."""
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    objects: ClassVar[models.Manager[UnwellReport]] = models.Manager()

    class Meta(Arrives.Meta):
        """It arrives once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [arrives_once("unwell_report")]
