"""What one of the first steps sends in, what it means out. Law: nothing is required; mistakes are said beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from lowtide.screen import Question
from lowtide.web.practice.begin.wording import Label
from lowtide.web.practice.models.known import OLDEST_YEARS

YES, NO, UNSURE = "yes", "no", "unsure"
MEANING: dict[str, bool | None] = {YES: True, NO: False, UNSURE: None}
AGE = "age"
REST_NO = "rest-no"
"""The button that answers with no whatever was left open."""
NONE_OF_THESE = "none"


class SafetyForm(forms.Form):
    """One group of safety questions; the group about age also takes the age itself."""

    def __init__(self, questions: tuple[Question, ...], *args: Any, has_age: bool = False, **kwargs: Any) -> None:
        """Ask these questions."""
        super().__init__(*args, **kwargs)
        self.questions = questions
        choices = [(value, value) for value in MEANING]
        for question in questions:
            self.fields[question.code] = forms.ChoiceField(choices=choices, required=False)
        if has_age:
            self.fields[AGE] = age_field()

    def rows(self) -> list[dict[str, Any]]:
        """Give each question with what is answered, for the page."""
        return [{"question": one, "value": self[one.code].value() or ""} for one in self.questions]

    def answers(self) -> dict[str, bool | None]:
        """Give what was answered; with the button for it, what was left open is a no."""
        told = {one.code: self.cleaned_data.get(one.code) for one in self.questions}
        rest = NO if REST_NO in self.data else ""
        return {code: MEANING[value or rest] for code, value in told.items() if value or rest}


def age_field() -> forms.IntegerField:
    """Make the field for an age."""
    words = {"invalid": "Write your age in years, such as 47.", "min_value": "Write your age in years, such as 47.",
             "max_value": f"Write your age in years, up to {OLDEST_YEARS}."}  # fmt: skip
    return forms.IntegerField(min_value=1, max_value=OLDEST_YEARS, required=False, error_messages=words)


class ChoiceForm(forms.Form):
    """Several controlled words of one kind; "none of these" is an answer, and saying nothing is none."""

    chosen = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": "This can not be chosen."})

    def __init__(self, labels: Iterable[Label], *args: Any, **kwargs: Any) -> None:
        """Offer these choices."""
        super().__init__(*args, **kwargs)
        self.labels = tuple(labels)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.value, one.text) for one in self.labels]

    def rows(self) -> list[dict[str, Any]]:
        """Give each choice with whether it is chosen, for the page."""
        chosen = self["chosen"].value() or ()
        return [{"label": one, "is_chosen": one.value in chosen} for one in self.labels]

    def words(self) -> list[str] | None:
        """Give what was chosen; an empty list for "none of these", None where nothing was said."""
        chosen: list[str] = self.cleaned_data["chosen"]
        return chosen if chosen or NONE_OF_THESE in self.data else None


class LikesForm(ChoiceForm):
    """What appeals, how familiar it is, and what the guide may call the person."""

    experience = forms.ChoiceField(choices=[(one, one) for one in ("new", "some", "regular")], required=False)
    name = forms.CharField(
        required=False, max_length=60, error_messages={"max_length": "A name can have up to 60 letters."}
    )
