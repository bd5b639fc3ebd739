"""What the page after a session sends in, what it means out."""

from __future__ import annotations

from django import forms

from lowtide.web.practice.models.told import LONGEST_NOTE
from lowtide.web.practice.today.forms import RatingsForm, rating

FEELINGS = (
    "more pain",
    "fear or panic",
    "unreal or far away",
    "memories that hurt",
    "dizzy or sick",
    "numb or tingling",
    "very sad",
    "restless",
)
"""What people report (Britton 2021; Lindahl 2017), in lay words; several may be chosen."""


class AfterForm(RatingsForm):
    """The same ratings as before, how pleasant it was, a note, and whether it felt right."""

    pleasantness = rating()
    note = forms.CharField(
        required=False, max_length=LONGEST_NOTE,
        error_messages={"max_length": f"A note can have up to {LONGEST_NOTE} letters; nothing of it is lost here."},
    )  # fmt: skip
    unwell = forms.BooleanField(required=False)
    feelings = forms.MultipleChoiceField(choices=[(one, one) for one in FEELINGS], required=False)
