"""Rows: who signs in, and whose data it is. Law: what must hold holds in the database."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

MINUTES_OF_DAY = 24 * 60
DAY_STARTS_MINUTE = 4 * 60
"""A session at half past midnight is still today's: the day turns at four, when most people sleep (PRODUCT 4)."""
LONGEST_NAME = 60


class Users(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make somebody who signs in with an e-mail address; without a password, nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an administrator: somebody who sees accounts, and no one's health data."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Who signs in; or, on a machine of one's own, whoever sits there."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("administrator", default=False)
    """True for who may open the pages of administration."""
    is_local = models.BooleanField(default=False, editable=False)
    """True for the one user who is served without a password on this machine alone."""
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One address, one user; at most one is local."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="one_user_for_each_address"),
            models.UniqueConstraint(fields=["is_local"], condition=Q(is_local=True), name="at_most_one_local_user"),
        ]

    def __str__(self) -> str:
        return self.email


class Person(models.Model):
    """Whose data it is. On a machine of one's own there may be several; with accounts each user is one."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="persons")
    name = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    """What the guide may call them; may be empty."""
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    time_zone = models.CharField(max_length=64, blank=True, default="")
    """An IANA name such as `Europe/Lisbon`; empty for the machine's own."""
    day_starts_minute = models.PositiveSmallIntegerField(default=DAY_STARTS_MINUTE)
    """When their day begins, in minutes after midnight."""

    objects: ClassVar[models.Manager[Person]] = models.Manager()

    class Meta:
        """A day begins within a day."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(day_starts_minute__lt=MINUTES_OF_DAY), name="a_day_begins_within_a_day")
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"
