"""What the course's pages send in, what it means out. Law: only what is needed is required, and no word is lost."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from typing import Any

from django import forms

from lowtide.model.programme import Pace
from lowtide.web.accounts.models import Person
from lowtide.web.course.models import EventKind
from lowtide.web.course.models.event import LONGEST_WORDS
from lowtide.web.practice.diary.when import WhenForm
from lowtide.web.practice.models.diary import LONGEST_OUTSIDE_MINUTES
from lowtide.web.practice.today.forms import RatingsForm

FARTHEST = timedelta(days=366)
"""A course that begins later than this was a slip of the thumb."""
MINUTES = (5, 10, 15, 20, 30, 45)
PACES = (
    (Pace.PRACTICE.value, "By practice", "The next week opens after {days} days with practice, whenever those were."),
    (Pace.CALENDAR.value, "By the calendar", "The next week opens after seven days, whatever was done."),
)
"""How a person may choose when the next week opens: value, name, what it means."""
TIME = {"invalid": "Write a time such as 7:30."}
LONGEST_NUMBER = 8
"""Digits of a day in milliseconds."""
WHICH = {"required": "Which one was it?", "invalid_choice": "Which one was it?"}
WORDS = ("happened", "body", "mind", "now")


def _arrival() -> forms.UUIDField:
    words = "Please send the page once more."
    return forms.UUIDField(error_messages={"required": words, "invalid": words})


def wanted(play: str) -> tuple[str, str, int]:
    """Read the button that was pressed: week, practice and length; a length of 0 where nothing was asked for.

    >>> wanted("week-1/body-scan/1800000"), wanted("week-8/week-1/body-scan/60000"), wanted("")
    (('week-1', 'body-scan', 1800000), ('week-8', 'week-1/body-scan', 60000), ('', '', 0))
    """
    whole, _, length = play.rpartition("/")
    week, _, practice = whole.partition("/")  # a practice of one's own week is called `WEEK/PRACTICE`
    is_length = length.isascii() and length.isdecimal() and len(length) <= LONGEST_NUMBER
    return week, practice, int(length) if is_length else 0


class RemindForm(forms.Form):
    """When to be reminded; nothing for not at all."""

    remind = forms.TimeField(required=False, error_messages=TIME)

    def remind_minute(self) -> int | None:
        """Give the minute of the day."""
        told: time | None = self.cleaned_data.get("remind")
        return None if told is None else told.hour * 60 + told.minute


class BeginForm(RemindForm):
    """When a programme begins, and how its weeks open."""

    pace = forms.ChoiceField(choices=[(value, name) for value, name, _ in PACES])
    first_day = forms.DateField(required=False, error_messages={"invalid": "Write a date such as 2026-03-21."})

    def __init__(self, today: date, usual: Pace, data: Any = None) -> None:
        """Offer today and the programme's usual pace."""
        super().__init__(data, initial={"pace": usual.value})
        self.today = today

    def clean_first_day(self) -> date:
        """Take a day from today on; today where none is said."""
        told: date = self.cleaned_data["first_day"] or self.today
        if told < self.today:
            raise forms.ValidationError("That day is over. Leave it empty to begin today.")
        if told > self.today + FARTHEST:
            raise forms.ValidationError("Choose a day within a year.")
        return told


class PaceForm(forms.Form):
    """How the weeks open."""

    pace = forms.ChoiceField(choices=[(value, name) for value, name, _ in PACES])


class PlayForm(RatingsForm):
    """What is played, and what is asked before every session."""

    anything_new = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)
    play = forms.CharField(required=False, max_length=300)
    """`WEEK/PRACTICE/MILLISECONDS`, from the button that was pressed."""


class DoneForm(WhenForm):
    """Which practice was done by oneself, and how long."""

    arrival = _arrival()
    practice = forms.ChoiceField(error_messages=WHICH)
    minutes = forms.IntegerField(required=False)
    other_minutes = forms.IntegerField(required=False, error_messages={"invalid": "Write whole minutes, such as 25."})

    def __init__(self, person: Person, practices: list[tuple[str, str]], data: Any = None, **kwargs: Any) -> None:
        """Offer these practices: `WEEK/PRACTICE` and what each is called."""
        initial = {"arrival": uuid.uuid4()} | kwargs.pop("initial", {})
        super().__init__(person, data, initial=initial, **kwargs)
        field = self.fields["practice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = practices

    def clean(self) -> dict[str, Any]:
        """Take what was written before what was tapped."""
        told = super().clean()
        if "other_minutes" in self.errors:
            return told
        minutes = told.get("minutes") if told.get("other_minutes") is None else told["other_minutes"]
        told["minutes"] = minutes
        if minutes is None:
            self.add_error("other_minutes", "How long was it? About is enough.")
        elif not 0 < minutes <= LONGEST_OUTSIDE_MINUTES:
            self.add_error("other_minutes", "From 1 minute to a whole day.")
        return told


def _words() -> forms.CharField:
    words = f"Up to {LONGEST_WORDS} letters fit here; nothing of it is lost."
    return forms.CharField(required=False, max_length=LONGEST_WORDS, error_messages={"max_length": words})


class EventForm(WhenForm):
    """One moment, in one's own words."""

    arrival = _arrival()
    kind = forms.ChoiceField(choices=EventKind.choices)
    happened = _words()
    body = _words()
    mind = _words()
    now = _words()

    def __init__(self, person: Person, data: Any = None, **kwargs: Any) -> None:
        """Show what was written before."""
        super().__init__(person, data, initial={"arrival": uuid.uuid4()} | kwargs.pop("initial", {}), **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a page on which nothing was written."""
        told = super().clean()
        if not self.errors and not any(told.get(name) for name in WORDS):
            self.add_error("happened", "A word or two is enough.")
        return told


class OwnForm(forms.Form):
    """The practices that the person puts together for the week that is their own."""

    practices = forms.MultipleChoiceField(error_messages={"required": "Choose one, or a few."})

    def __init__(self, offered: list[tuple[str, str]], data: Any = None, **kwargs: Any) -> None:
        """Offer these: `WEEK/PRACTICE` and what each is called."""
        super().__init__(data, **kwargs)
        field = self.fields["practices"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = offered
