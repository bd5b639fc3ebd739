"""Rows: what is known of a person, each with when it was said. Law: nothing is changed; what is new is added."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lowtide.web.accounts.models import Person
from lowtide.web.practice.models.told import Hurts, rated

OLDEST_YEARS = 120


class Screening(models.Model):
    """One time of asking the safety questions. A new one begins when something is new, or when it was long ago."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="screenings")
    begun_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=20)
    """A name of `screen.Again`."""
    objects: ClassVar[models.Manager[Screening]] = models.Manager()

    class Meta:
        """In the order of asking."""

        ordering: ClassVar[list[str]] = ["begun_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(why__in=["NEVER_ASKED", "SOMETHING_NEW", "LONG_AGO"]), name="a_screening_says_why"
            )
        ]


class Answer(models.Model):
    """A yes, a no or a "not sure" to one safety question. What was answered anew is a row of its own."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=40)
    """A code of `screen.QUESTIONS`."""
    answer = models.BooleanField(null=True)
    """Nothing where the person is not sure."""
    at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[Answer]] = models.Manager()

    class Meta:
        """In the order of answering."""

        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(code=""), name="an_answer_is_to_a_question")
        ]


class ProfileVersion(models.Model):
    """What was known from this moment on, whole: each change is a new row, so that an old session can be explained."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="profile_versions")
    made_at = models.DateTimeField(default=timezone.now)
    worse_with: models.JSONField[Any, Any] = models.JSONField(null=True, default=None)
    """Names of `Trigger`; nothing where it was not asked, an empty list where nothing makes it worse."""
    conditions: models.JSONField[Any, Any] = models.JSONField(null=True, default=None)
    """Names of `Condition`, likewise."""
    age_years = models.PositiveSmallIntegerField(null=True, default=None)
    age_told_on = models.DateField(null=True, default=None)
    """The day on which they were that old."""
    positions: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Positions that work, the best first."""
    experience = models.CharField(max_length=10, blank=True, default="")
    """`new`, `some`, `regular`; empty where it was not asked."""
    likes: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Families of techniques that appeal."""
    objects: ClassVar[models.Manager[ProfileVersion]] = models.Manager()

    class Meta:
        """The newest is what holds."""

        ordering: ClassVar[list[str]] = ["made_at", "id"]
        get_latest_by = ("made_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(age_years__isnull=True, age_told_on__isnull=True)
                | Q(age_years__gt=0, age_years__lte=OLDEST_YEARS, age_told_on__isnull=False),
                name="an_age_is_possible_and_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(experience__in=["", "new", "some", "regular"]), name="an_experience_is_one_of_three"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; a version that is there can not be written over."""
        assert self._state.adding, "a version of a profile is never changed: add a new one"
        super().save(*args, **kwargs)


class BodyMap(models.Model):
    """Where it hurts, as drawn at one time: all places together. The last one holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="body_maps")
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    objects: ClassVar[models.Manager[BodyMap]] = models.Manager()

    class Meta:
        """In the order of drawing."""

        ordering: ClassVar[list[str]] = ["at", "id"]
        get_latest_by = ("at", "id")


class BodyMapPain(Hurts):
    """One place on a body map."""

    body_map = models.ForeignKey(BodyMap, on_delete=models.CASCADE, related_name="pains")
    objects: ClassVar[models.Manager[BodyMapPain]] = models.Manager()

    class Meta:
        """Each place once."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *rated("body_map_pain", "intensity"),
            models.UniqueConstraint(fields=["body_map", "region"], name="a_place_is_once_on_a_body_map"),
            models.CheckConstraint(condition=~Q(region=""), name="a_body_map_pain_has_a_place"),
        ]
