"""What the diary's pages send in, what it means out. Law: nothing but one answer is required, and no word is lost."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from lowtide.model.profile import Pain
from lowtide.web.accounts.models import Person
from lowtide.web.practice.body.form import read_pains
from lowtide.web.practice.diary.when import WhenForm
from lowtide.web.practice.models.diary import LONGEST_OUTSIDE_MINUTES
from lowtide.web.practice.models.told import LONGEST_NOTE
from lowtide.web.practice.today.forms import MEASURES, rating

OUTSIDE = (
    "A walk",
    "Stretching",
    "Physiotherapy exercises",
    "Yoga",
    "Pilates",
    "Swimming",
    "A group or a class",
    "Another recording",
    "Sitting quietly",
)
"""What people do besides; anything else in their own words."""
MINUTES = (5, 10, 15, 20, 30, 45, 60)
LONGEST_WHAT = 100


def _arrival() -> forms.UUIDField:
    words = "Please send the page once more."
    return forms.UUIDField(error_messages={"required": words, "invalid": words})


def _note() -> forms.CharField:
    words = f"A note can have up to {LONGEST_NOTE} letters; nothing of it is lost here."
    return forms.CharField(required=False, max_length=LONGEST_NOTE, error_messages={"max_length": words})


class EntryForm(WhenForm):
    """How it is at one time: pain in any number of places, tension, stress, mood and a note."""

    arrival = _arrival()
    tension = rating()
    stress = rating()
    mood = rating()
    note = _note()

    def __init__(
        self,
        person: Person,
        places: Iterable[Pain],
        data: Any = None,
        *,
        at: datetime | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Ask about these places; others may be added."""
        super().__init__(person, data, at=at, initial={"arrival": uuid.uuid4()} | (initial or {}))
        self.places = tuple(places)

    def pains(self) -> tuple[Pain, ...]:
        """Give each place of which something was said; one that was only asked about is left out."""
        asked = {one.region for one in self.places}
        told = read_pains(self.data)
        return tuple(one for one in told if one.region not in asked or one.intensity is not None or one.quality)

    def measures(self) -> dict[str, int | None]:
        """Give tension, stress and mood."""
        return {name: self.cleaned_data.get(name) for name in MEASURES}

    def clean(self) -> dict[str, Any]:
        """Refuse a page on which nothing was told."""
        told = super().clean()
        is_told = any(told.get(name) is not None for name in MEASURES) or told.get("note") or self.pains()
        if not self.errors and not is_told:
            raise forms.ValidationError("Tell one thing at least: a number is enough.")
        return told


class OutsideForm(WhenForm):
    """What was practised elsewhere, and how long."""

    arrival = _arrival()
    what = forms.CharField(required=False, max_length=LONGEST_WHAT)
    own = forms.CharField(
        required=False,
        max_length=LONGEST_WHAT,
        error_messages={"max_length": f"Up to {LONGEST_WHAT} letters; the note has room for more."},
    )
    minutes = forms.IntegerField(required=False)
    other_minutes = forms.IntegerField(required=False, error_messages={"invalid": "Write whole minutes, such as 25."})
    note = _note()

    def __init__(
        self, person: Person, data: Any = None, *, at: datetime | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        """Ask what it was, and show what was said before."""
        super().__init__(person, data, at=at, initial={"arrival": uuid.uuid4()} | (initial or {}))

    def clean(self) -> dict[str, Any]:
        """Take what was written before what was tapped; both are needed, and a day has only so many minutes."""
        told = super().clean()
        told["what"] = " ".join((told.get("own") or told.get("what") or "").split())
        minutes = told.get("minutes") if told.get("other_minutes") is None else told["other_minutes"]
        told["minutes"] = minutes
        if not told["what"] and "own" not in self.errors:
            self.add_error("own", "What was it? A word is enough.")
        elif not told["what"].isprintable():
            self.add_error("own", "Please write it in plain letters.")
        if "other_minutes" in self.errors:
            return told
        if minutes is None:
            self.add_error("other_minutes", "How long was it? About is enough.")
        elif not 0 < minutes <= LONGEST_OUTSIDE_MINUTES:
            self.add_error("other_minutes", "From 1 minute to a whole day.")
        return told
