"""What the page of people sends in, what it means out."""

from __future__ import annotations

from django import forms

from lowtide.web.accounts.models import LONGEST_NAME


class NameForm(forms.Form):
    """A name for somebody who is new here."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": "Write a name.", "max_length": f"A name can have up to {LONGEST_NAME} letters."},
    )
