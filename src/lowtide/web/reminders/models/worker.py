"""Rows: who looks after reminders, and when they last did."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

LONGEST_NAME = 64


class Heartbeat(models.Model):
    """A worker was here."""

    worker = models.CharField(max_length=LONGEST_NAME, primary_key=True)
    """A name that it gave itself: nothing of the machine is in it."""
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    objects: ClassVar[models.Manager[Heartbeat]] = models.Manager()
