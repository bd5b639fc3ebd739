"""What the page of taking along sends in: a file to read back, or the words that delete everything."""

from __future__ import annotations

from typing import Any

from django import forms

from lowtide.web.takeout.reading import MOST_BYTES

WORDS = "delete everything"
"""What has to be written before anything is deleted: no slip of a thumb writes it."""


class ReadForm(forms.Form):
    """A file to read back."""

    file = forms.FileField(
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty.",
            "missing": "Choose a file first.",
        }
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is too large to be one of ours.")
        return file


class DeleteForm(forms.Form):
    """The words."""

    words = forms.CharField(required=False)

    def clean_words(self) -> str:
        """Take them as a person writes them."""
        words = " ".join(str(self.cleaned_data["words"]).split()).casefold().strip("“”\"'.!")
        if words != WORDS:
            raise forms.ValidationError(f"Nothing was deleted. If you are sure, write: {WORDS}")
        return words
