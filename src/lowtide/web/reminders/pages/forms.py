"""What the pages of reminders send in, what it means out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django import forms
from django.http import QueryDict

from lowtide.errors import UserError
from lowtide.model.routine import DAYS_OF_WEEK, MOST_TIMES, SNOOZES, Quiet, Style
from lowtide.web.reminders.actions import Wished
from lowtide.web.reminders.push.endpoint import place_of

POINT_BYTES, AUTH_BYTES = 65, 16
"""RFC 8291, 3.1 and 3.2: an uncompressed point of P-256, and a secret."""
WRONG_TIME = "Write a time such as 7:30."


def minute_of(at: time) -> int:
    """Give a time of day in minutes after midnight."""
    return at.hour * 60 + at.minute


class RoutineForm(forms.Form):
    """When and how somebody wishes to be reminded of one thing."""

    is_on = forms.BooleanField(required=False)
    by_push = forms.BooleanField(required=False)
    by_mail = forms.BooleanField(required=False)
    style = forms.ChoiceField(choices=[(one.value, one.value) for one in Style], required=False)
    day = forms.TypedMultipleChoiceField(
        choices=[(str(day), str(day)) for day in range(DAYS_OF_WEEK)], coerce=int, required=False
    )

    def __init__(self, data: QueryDict | None, wished: Wished) -> None:
        """Show what is wished now."""
        super().__init__(data)
        self.wished = wished
        self.typed = [one.strip() for one in data.getlist("time") if one.strip()] if data is not None else []
        self.typed_days = data.getlist("day") if data is not None else []
        self.minutes: set[int] = set()

    def clean(self) -> dict[str, Any]:
        """Read the times; say what is missing."""
        told: dict[str, Any] = super().clean() or {}
        for text in self.typed:
            self._read(text)
        if len(self.minutes) > MOST_TIMES:
            self.add_error(None, f"Up to {MOST_TIMES} times in a day.")
        if told.get("is_on") and not self.minutes and not self.errors:
            self.add_error(None, "Choose at least one time, or switch it off.")
        if told.get("is_on") and not told.get("day") and "day" not in self.errors:
            self.add_error("day", "Choose at least one day, or switch it off.")
        return told

    def _read(self, text: str) -> None:
        try:
            self.minutes.add(minute_of(forms.TimeField().clean(text)))
        except forms.ValidationError:
            self.add_error(None, WRONG_TIME)

    def wish(self) -> Wished:
        """Give what is wished from now on."""
        told = self.cleaned_data
        return Wished(
            times=tuple(sorted(self.minutes)), weekdays=frozenset(told["day"]), by_push=told["by_push"],
            by_mail=told["by_mail"], style=Style(told["style"] or Style.GENTLE), is_on=told["is_on"],
        )  # fmt: skip


class HoursForm(forms.Form):
    """Quiet hours, and when a day ends."""

    is_quiet = forms.BooleanField(required=False)
    quiet_from = forms.TimeField(required=False, error_messages={"invalid": WRONG_TIME})
    quiet_to = forms.TimeField(required=False, error_messages={"invalid": WRONG_TIME})
    day_ends = forms.TimeField(error_messages={"invalid": WRONG_TIME, "required": "Write a time."})

    def clean(self) -> dict[str, Any]:
        """Quiet hours begin and end."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("is_quiet") and not self.errors:
            first, last = told.get("quiet_from"), told.get("quiet_to")
            if first is None or last is None or first == last:
                self.add_error("quiet_to", "Write when they begin and when they end.")
        return told

    def quiet(self) -> Quiet | None:
        """Give the quiet hours; None where there are none."""
        told = self.cleaned_data
        if not told["is_quiet"]:
            return None
        return Quiet(from_minute=minute_of(told["quiet_from"]), to_minute=minute_of(told["quiet_to"]))


class SnoozeForm(forms.Form):
    """For how many minutes a reminder is put off."""

    minutes = forms.TypedChoiceField(choices=[(str(one), str(one)) for one in SNOOZES], coerce=int)


class MailForm(forms.Form):
    """Where letters go to."""

    address = forms.EmailField(required=False, error_messages={"invalid": "Write an address such as ana@example.org."})


class SubscriptionForm(forms.Form):
    """What a browser tells of its subscription."""

    endpoint = forms.CharField()
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)

    def clean_endpoint(self) -> str:
        """Take an address that can be a push service's."""
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            place_of(endpoint)
        except UserError as failure:
            raise forms.ValidationError(str(failure)) from None
        return endpoint

    def clean_p256dh(self) -> str:
        """Take a point of the curve."""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(self.cleaned_data, "p256dh"))
        except ValueError:
            raise forms.ValidationError("This is not a browser's key.") from None
        return str(self.cleaned_data["p256dh"])

    def clean_auth(self) -> str:
        """Take a secret of the right length."""
        if len(_bytes(self.cleaned_data, "auth")) != AUTH_BYTES:
            raise forms.ValidationError("This is not a browser's secret.")
        return str(self.cleaned_data["auth"])


def _bytes(told: Mapping[str, Any], name: str) -> bytes:
    text = str(told[name])
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
