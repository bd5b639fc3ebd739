"""Rows: one way of a reminder to its person. Law: it goes from waiting to an end, and is handed over by one worker.

waiting → claimed → handing → sent; at each arrow the row is only changed where it still is what the worker believes.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from lowtide.model.routine import Fate
from lowtide.web.reminders.models.reminder import Reminder

LONGEST_DESTINATION = 64


class State(models.TextChoices):
    """Where a delivery that has not ended stands; beside these, the fates in which it ends."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """A worker prepares it; if its lease runs out, another takes it over."""
    HANDING = "handing"
    """A worker hands it over at this moment; from here on it may have arrived."""


OPEN = tuple(State.values)
ENDS = tuple(fate.value for fate in Fate)
HELD = (State.CLAIMED.value, State.HANDING.value)


class Delivery(models.Model):
    """A reminder on its way to one destination."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    """Also the name of its letter (Message-ID)."""
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    """The name of a channel: `push`, `mail`."""
    destination = models.CharField(max_length=LONGEST_DESTINATION)
    """What the channel knows it by: a subscription's uuid, or `owner`; never an address."""
    state = models.CharField(max_length=10, default=State.WAITING.value)
    """A value of `State`, or the `Fate` in which it ended."""
    not_before: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    """When it may be tried, or tried again."""
    queued_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, default=None)
    """When a task for it was put into the queue; nothing where it waits to be."""
    attempts = models.PositiveSmallIntegerField(default=0)
    token: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True, default=None)
    """Whose it is: every claim makes its own."""
    lease_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, default=None)
    """Until when nobody else may take it."""
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, default=None)
    objects: ClassVar[models.Manager[Delivery]] = models.Manager()

    class Meta:
        """Once for each reminder and destination; who holds it has a token and a lease; an end has a time."""

        verbose_name_plural = "deliveries"
        ordering: ClassVar[list[str]] = ["not_before", "uuid"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "not_before"], name="delivery_open", condition=Q(ended_at__isnull=True)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reminder", "channel", "destination"], name="one_delivery_to_each_place"),
            models.CheckConstraint(condition=Q(state__in=[*OPEN, *ENDS]), name="a_delivery_stands_somewhere"),
            models.CheckConstraint(
                condition=~Q(state__in=HELD) | Q(token__isnull=False, lease_until__isnull=False),
                name="who_holds_a_delivery_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at__isnull=True) | Q(state__in=ENDS, ended_at__isnull=False),
                name="an_ended_delivery_says_when",
            ),
            models.CheckConstraint(condition=~Q(channel="") & ~Q(destination=""), name="a_delivery_goes_somewhere"),
        ]
