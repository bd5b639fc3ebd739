"""Rows: where reminders go: a browser that subscribed, a calendar's address; and our keys for push services."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lowtide.web.accounts.models import Person

LONGEST_ENDPOINT = 1000
SECRET_BYTES = 32
"""256 bits: an address nobody guesses."""
LONGEST_SECRET = 64
ONLY_ROW = 1


def new_secret() -> str:
    """Make the secret part of a calendar's address."""
    return secrets.token_urlsafe(SECRET_BYTES)


class PushSubscription(models.Model):
    """A browser in which this person wishes to be reminded."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=LONGEST_ENDPOINT, unique=True)
    """Where its push service takes messages for it."""
    public_key = models.CharField(max_length=120)
    """The browser's key (p256dh), base64url."""
    auth = models.CharField(max_length=40)
    """The secret that the browser shares with us (RFC 8291), base64url."""
    browser = models.CharField(max_length=64, db_index=True)
    """The browser's session, as a digest: whoever signs out there ends it."""
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    objects: ClassVar[models.Manager[PushSubscription]] = models.Manager()

    class Meta:
        """A browser reminds one person, and has keys."""

        ordering: ClassVar[list[str]] = ["made_at", "uuid"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(endpoint="") & ~Q(public_key="") & ~Q(auth=""), name="a_subscription_is_whole"
            ),
            models.CheckConstraint(condition=~Q(browser=""), name="a_subscription_is_of_a_browser"),
        ]


class CalendarAddress(models.Model):
    """The secret address at which this person's calendar can be subscribed to; a new one revokes it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="calendar_address")
    secret = models.CharField(max_length=LONGEST_SECRET, unique=True, default=new_secret)
    made_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[CalendarAddress]] = models.Manager()

    class Meta:
        """Nobody guesses it."""

        verbose_name_plural = "calendar addresses"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(secret=""), name="a_calendars_address_is_secret"),
        ]


class MailAddress(models.Model):
    """Where letters go to a person on a machine of one's own; with accounts it is the account's address."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="mail_address")
    address = models.EmailField()
    objects: ClassVar[models.Manager[MailAddress]] = models.Manager()

    class Meta:
        """Who has none has no row."""

        verbose_name_plural = "mail addresses"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(address=""), name="a_mail_address_is_one"),
        ]


class PushKeys(models.Model):
    """The keys that push services know this server by (VAPID, RFC 8292): one row, so that all machines share them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW)
    private_key = models.TextField()
    """PEM."""
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    objects: ClassVar[models.Manager[PushKeys]] = models.Manager()

    class Meta:
        """There is one."""

        verbose_name_plural = "push keys"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=ONLY_ROW), name="there_is_one_pair_of_push_keys"),
        ]
