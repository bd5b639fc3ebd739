"""Rows: last letters to people who have left a group. Law: a row is gone with its letter, and after a day at most.

The group may be gone before the letter leaves, so it holds all that is to be said. It goes with its person.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lowtide.web.accounts.models import Person

LONGEST_SUBJECT = 300


class Withdrawal(models.Model):
    """A letter that takes one meeting out of a calendar; on its way."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    """Also the letter's own name (Message-ID)."""
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="course_withdrawals")
    to = models.EmailField()
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    body = models.TextField()
    file = models.TextField()
    """What the calendar reads (RFC 5546, CANCEL)."""
    until = models.DateTimeField()
    """After it, the letter is of no use any more, and is dropped."""
    is_handing = models.BooleanField(default=False)
    """True from the moment at which it may have arrived."""
    token: models.UUIDField[UUID | None, UUID | None] = models.UUIDField(null=True, default=None)
    """Whose it is: each worker that takes it makes its own."""
    try_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When it is to be tried (again)."""
    objects: ClassVar[models.Manager[Withdrawal]] = models.Manager()

    class Meta:
        """It goes to somebody."""

        ordering: ClassVar[list[str]] = ["try_at", "uuid"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(to=""), name="a_withdrawal_goes_to_somebody"),
        ]
