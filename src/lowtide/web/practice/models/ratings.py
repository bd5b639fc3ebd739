"""Rows: how it is at one moment, before a session or after it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lowtide.web.accounts.models import Person
from lowtide.web.practice.models.session import Session
from lowtide.web.practice.models.told import LONGEST_NOTE, Arrives, Hurts, arrives_once, rated, rating


class Moment(models.TextChoices):
    """When it was asked."""

    BEFORE = "before"
    AFTER = "after"


class Ratings(Arrives):
    """How it is: pain in each place, tension, stress and mood; afterwards also how pleasant it was."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ratings")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="ratings")
    """The session that it belongs to; nothing before one is chosen."""
    moment = models.CharField(max_length=6, choices=Moment)
    tension = rating()
    stress = rating()
    mood = rating()
    """0 low, 10 as good as can be."""
    pleasantness = rating()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    objects: ClassVar[models.Manager[Ratings]] = models.Manager()

    class Meta(Arrives.Meta):
        """Once before and once after each session."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            arrives_once("ratings"),
            *rated("ratings", "tension", "stress", "mood", "pleasantness"),
            models.UniqueConstraint(
                fields=["session", "moment"], condition=Q(session__isnull=False), name="one_rating_before_and_one_after"
            ),
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="ratings_are_before_or_after"),
            models.CheckConstraint(
                condition=Q(moment="before") | Q(session__isnull=False), name="after_is_after_a_session"
            ),
        ]


class RatedPain(Hurts):
    """The pain in one place at that moment."""

    ratings = models.ForeignKey(Ratings, on_delete=models.CASCADE, related_name="pains")
    objects: ClassVar[models.Manager[RatedPain]] = models.Manager()

    class Meta:
        """Each place once."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *rated("rated_pain", "intensity"),
            models.UniqueConstraint(fields=["ratings", "region"], name="a_place_is_rated_once"),
            models.CheckConstraint(condition=~Q(region=""), name="a_rated_pain_has_a_place"),
        ]
