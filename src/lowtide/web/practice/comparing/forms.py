"""What a comparison is to be of, as the page sends it in, out as the core takes it."""

from __future__ import annotations

from typing import Any

from django import forms

from lowtide.model.checkin import Measure
from lowtide.model.library import Technique
from lowtide.model.report.comparison import FEWEST_TECHNIQUES, FEWEST_WEEKS, MOST_TECHNIQUES, MOST_WEEKS
from lowtide.model.time import MS_PER_MINUTE

LENGTHS = (5, 10, 20, 30)
WEEKS = tuple(range(FEWEST_WEEKS, MOST_WEEKS + 1))
USUAL_WEEKS, USUAL_LENGTH = 4, 10
MEASURES = {Measure.PAIN: "Pain", Measure.TENSION: "Tension", Measure.STRESS: "Stress"}


class CompareForm(forms.Form):
    """Which practices, for how long, and what they are to ease."""

    techniques = forms.MultipleChoiceField(error_messages={"required": "Choose two, or three."})
    weeks = forms.TypedChoiceField(choices=[(one, one) for one in WEEKS], coerce=int)
    minutes = forms.TypedChoiceField(choices=[(one, one) for one in LENGTHS], coerce=int)
    measure = forms.ChoiceField(choices=[(one.value, words) for one, words in MEASURES.items()])

    def __init__(self, offered: tuple[Technique, ...], data: Any = None) -> None:
        """Offer these practices."""
        super().__init__(
            data,
            initial={"weeks": USUAL_WEEKS, "minutes": USUAL_LENGTH, "measure": Measure.PAIN.value, "techniques": []},
        )
        field = self.fields["techniques"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.name, one.title) for one in offered]

    def clean_techniques(self) -> list[str]:
        """Take two or three."""
        names: list[str] = self.cleaned_data["techniques"]
        if not FEWEST_TECHNIQUES <= len(set(names)) <= MOST_TECHNIQUES:
            raise forms.ValidationError(f"You chose {len(names)}. Choose two, or three.")
        return names

    @property
    def length_ms(self) -> int:
        """How long each session is to be."""
        return int(self.cleaned_data["minutes"]) * MS_PER_MINUTE
