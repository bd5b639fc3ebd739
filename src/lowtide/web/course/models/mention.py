"""Rows: that somebody knows that there are courses, so that nobody tells them again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from lowtide.web.accounts.models import Person


class Mention(models.Model):
    """Courses were mentioned to this person, and looked at or waved aside; who was not told yet has no row."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="course_mention")
    at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[Mention]] = models.Manager()
