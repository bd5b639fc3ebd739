"""Rows: the pain diary, and practice outside Lowtide."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lowtide.web.accounts.models import Person
from lowtide.web.practice.models.told import LONGEST_NOTE, Arrives, Hurts, arrives_once, rated, rating

LONGEST_OUTSIDE_MINUTES = 24 * 60


class DiaryEntry(Arrives):
    """How it was at one time of a day; there may be several a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="diary")
    tension = rating()
    stress = rating()
    mood = rating()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    objects: ClassVar[models.Manager[DiaryEntry]] = models.Manager()

    class Meta(Arrives.Meta):
        """It arrives once."""

        verbose_name_plural = "diary entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            arrives_once("diary_entry"),
            *rated("diary_entry", "tension", "stress", "mood"),
        ]


class DiaryPain(Hurts):
    """The pain in one place at that time."""

    entry = models.ForeignKey(DiaryEntry, on_delete=models.CASCADE, related_name="pains")
    objects: ClassVar[models.Manager[DiaryPain]] = models.Manager()

    class Meta:
        """Each place once."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *rated("diary_pain", "intensity"),
            models.UniqueConstraint(fields=["entry", "region"], name="a_place_is_once_in_a_diary_entry"),
            models.CheckConstraint(condition=~Q(region=""), name="a_diary_pain_has_a_place"),
        ]


class OutsidePractice(Arrives):
    """Practice that Lowtide did not guide: a class, a walk, another recording."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="outside_practice")
    minutes = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=100)
    """In the person's own words, or a technique's name."""
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    objects: ClassVar[models.Manager[OutsidePractice]] = models.Manager()

    class Meta(Arrives.Meta):
        """It arrives once, and takes at most a day."""

        verbose_name_plural = "outside practice"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            arrives_once("outside_practice"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=LONGEST_OUTSIDE_MINUTES), name="outside_practice_takes_a_time"
            ),
        ]
