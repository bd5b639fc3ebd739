"""What today's screens send in, what it means out. Law: nothing is required; what is wrong is said beside it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from lowtide.errors import UserError
from lowtide.model.movement import Position
from lowtide.model.profile import WORST_PAIN, Pain
from lowtide.model.time import MS_PER_MINUTE, parse_minutes
from lowtide.web.practice.body.form import label

LENGTHS = (3, 5, 10, 20, 30, 45)
"""Minutes that one tap chooses."""
LAST = "last"
"""The length of the last time, where it is none of those."""
MEASURES = ("tension", "stress", "mood")
PLACES_AT_ONCE = 3
"""So many places are asked about at once, the worst first; with more of them a phone's screen is only scrolled past."""
USUAL_PLACE = "lower-back"
"""Asked about where no place is known yet: what most people come with."""


def rating(words: str = "It goes from 0 to 10.") -> forms.IntegerField:
    """Make a field for a rating from 0 to 10, or none."""
    messages = {"invalid": words, "min_value": words, "max_value": words}
    return forms.IntegerField(min_value=0, max_value=WORST_PAIN, required=False, error_messages=messages)


class RatingsForm(forms.Form):
    """How it is: pain in each known place, tension, stress, mood."""

    arrival = forms.UUIDField(
        error_messages={"required": "Please send the page once more.", "invalid": "Please reload."}
    )
    tension = rating()
    stress = rating()
    mood = rating()

    def __init__(self, places: Iterable[Pain], data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        """Ask about these places."""
        known = {one.region: one for one in places} or {USUAL_PLACE: Pain(region=USUAL_PLACE)}
        said = {f"pain-{name}": one.intensity for name, one in known.items()}
        super().__init__(data, initial={"arrival": uuid.uuid4()} | dict(initial or {}) | said)
        self.places = tuple(known.values())
        for name in known:
            self.fields[f"pain-{name}"] = rating()

    def first_rows(self) -> list[dict[str, Any]]:
        """Give the scales of the places that are worst, for the page."""
        return self._rows(self.places[:PLACES_AT_ONCE])

    def more_rows(self) -> list[dict[str, Any]]:
        """Give the scales of the other places, which are folded away."""
        return self._rows(self.places[PLACES_AT_ONCE:])

    def _rows(self, places: Iterable[Pain]) -> list[dict[str, Any]]:
        names = ((one, f"pain-{one.region}") for one in places)
        return [{"name": name, "label": label(one.region), "value": self[name].value()} for one, name in names]

    def pains(self) -> dict[str, int]:
        """Give each place that was rated."""
        told = ((one.region, self.cleaned_data.get(f"pain-{one.region}")) for one in self.places)
        return {region: intensity for region, intensity in told if intensity is not None}

    def measures(self) -> dict[str, int | None]:
        """Give tension, stress and mood."""
        return {name: self.cleaned_data.get(name) for name in MEASURES}


class LengthField(forms.CharField):
    """A length as a person types it, as milliseconds."""

    def clean(self, value: Any) -> Any:
        """Read minutes or a clock."""
        text = super().clean(value)
        try:
            return parse_minutes(text) if text else None
        except UserError as error:
            raise forms.ValidationError(str(error)) from None


class WishForm(forms.Form):
    """How long, and how the person wants to be placed."""

    minutes = forms.ChoiceField(choices=[(str(one), str(one)) for one in (*LENGTHS, LAST)], required=False)
    other = LengthField(required=False, max_length=12, error_messages={"max_length": "Try 7, 12.5 or 1:30:00."})
    position = forms.ChoiceField(choices=[("", ""), *((one.value, one.value) for one in Position)], required=False)

    def length_ms(self, usual_ms: int) -> int:
        """Give the length asked for: what was typed goes before what was tapped, and that before the last one."""
        told = self.cleaned_data
        if told.get("other"):
            return int(told["other"])
        if told.get("minutes") in ("", LAST):
            return usual_ms
        return int(told["minutes"]) * MS_PER_MINUTE


class TodayForm(RatingsForm, WishForm):
    """Everything that is asked before a session, on one screen."""

    anything_new = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)


class QuickForm(WishForm):
    """The least that is asked before a first session."""

    anything_new = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)


class WishQuery(forms.Form):
    """What the page of offers is asked for, in its address."""

    length_ms = forms.IntegerField(min_value=1, max_value=12 * 60 * MS_PER_MINUTE)
    position = forms.ChoiceField(choices=[("", ""), *((one.value, one.value) for one in Position)], required=False)
    before = forms.UUIDField(required=False)
    session = forms.UUIDField(required=False)
    technique = forms.CharField(required=False, max_length=100)
    script = forms.CharField(required=False, max_length=100)
    q = forms.CharField(required=False, max_length=100)
    family = forms.CharField(required=False, max_length=20)
    seal = forms.CharField(required=False, max_length=20_000)
