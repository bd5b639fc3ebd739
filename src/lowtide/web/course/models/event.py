"""Rows: what was noticed in a week's event calendar, in the person's own words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lowtide.web.accounts.models import Person
from lowtide.web.course.models.enrolment import Enrolment
from lowtide.web.practice.models.told import Arrives, arrives_once

LONGEST_WORDS = 2000
"""Letters of each answer: a page by hand."""


class EventKind(models.TextChoices):
    """What the week asks to notice: a value of `model.programme.EventCalendar`."""

    PLEASANT = "pleasant", "a pleasant moment"
    UNPLEASANT = "unpleasant", "an unpleasant moment"
    COMMUNICATION = "communication", "a difficult conversation"


def _words() -> models.CharField[str, str]:
    return models.CharField(max_length=LONGEST_WORDS, blank=True, default="")


class EventEntry(Arrives):
    """One moment, looked at closely: what happened, what the body did, mood and thoughts, and now."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="event_entries")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, related_name="event_entries")
    """The course that it was written in; it stays the person's own when that is gone."""
    kind = models.CharField(max_length=13, choices=EventKind)
    happened = _words()
    body = _words()
    mind = _words()
    """Mood, feelings and thoughts."""
    now = _words()
    """How it is while it is written down."""
    objects: ClassVar[models.Manager[EventEntry]] = models.Manager()

    class Meta(Arrives.Meta):
        """It arrives once, and says something."""

        verbose_name_plural = "event entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            arrives_once("event_entry"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="an_event_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(happened="", body="", mind="", now=""), name="an_event_entry_says_something"
            ),
        ]
