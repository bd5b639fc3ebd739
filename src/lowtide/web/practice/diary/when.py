"""A date and a time as a person writes them in, a moment out; and back. For everything that may be told afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from lowtide.web.accounts.days import clock_of, zone_of
from lowtide.web.accounts.models import Person

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""What is older was a slip of the thumb."""
SLACK = timedelta(minutes=1)
"""A clock shows whole minutes, and this one has just begun."""
NO_DATE = "Write a date such as 2026-03-21."
NO_TIME = "Write a time such as 14:30."


class WhenForm(forms.Form):
    """When it was; now, where nothing is said."""

    date = forms.DateField(required=False, error_messages={"invalid": NO_DATE})
    time = forms.TimeField(required=False, error_messages={"invalid": NO_TIME})

    def __init__(self, person: Person, data: Any = None, *, at: datetime | None = None, **kwargs: Any) -> None:
        """Ask when it was, on this person's clock; `at` is what was said before."""
        self.person, self.at = person, at
        super().__init__(data, **kwargs)
        if at is not None:
            clock = clock_of(person, at)
            self.initial.update({"date": f"{clock:%Y-%m-%d}", "time": f"{clock:%H:%M}"})

    def clean(self) -> dict[str, Any]:
        """Make one moment of both; what is still to come is refused."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        now = timezone.now()
        told["at"] = self._moment(told.get("date"), told.get("time"), now)
        if told["at"] > now + SLACK:
            self.add_error("time", "That is still to come.")
        elif told["at"] < EARLIEST:
            self.add_error("date", "That is too long ago.")
        return told

    def _moment(self, date: Any, time: Any, now: datetime) -> datetime:
        # A minute that was not changed keeps its seconds: telling twice must not move what was told.
        known = self.at or now
        clock = clock_of(self.person, known)
        written = datetime.combine(date or clock.date(), time or clock.time().replace(second=0, microsecond=0))
        if written == clock.replace(tzinfo=None, second=0, microsecond=0):
            return known
        zone = zone_of(self.person)
        try:
            return (written.replace(tzinfo=zone) if zone else written.astimezone()).astimezone(UTC)
        except (OverflowError, ValueError, OSError):
            return EARLIEST - SLACK
