"""What was said before and after a session, shown to be corrected; and what was corrected out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lowtide.model.body import REGIONS
from lowtide.web.practice.body.form import label
from lowtide.web.practice.models import Moment, Ratings
from lowtide.web.practice.models.told import LONGEST_NOTE
from lowtide.web.practice.today.forms import rating

SCALES = {
    "tension": ("Tension in the body", "none", "as much as can be"),
    "stress": ("Stress", "none", "as much as can be"),
    "mood": ("Mood", "low", "as good as can be"),
}
PLEASANTNESS = ("How pleasant was it for you?", "not at all", "very")
PAIN_ENDS = ("no pain", "the worst I can imagine")


class SaidForm(forms.Form):
    """Ratings that were given, each under the name of its moment: `after-mood`, `before-pain-neck`."""

    def __init__(self, rows: Sequence[Ratings], places: Sequence[str], data: Any = None) -> None:
        """Show these rows, and ask about these places in each."""
        super().__init__(data)
        self.rows = tuple(rows)
        self.places = tuple(name for name in dict.fromkeys(places) if name in REGIONS)
        for row in self.rows:
            self._ask(row)

    def _ask(self, row: Ratings) -> None:
        rated = {one.region: one.intensity for one in row.pains.all()}
        for name in self.places:
            self.fields[f"{row.moment}-pain-{name}"] = rating()
            self.initial[f"{row.moment}-pain-{name}"] = rated.get(name)
        for name in _measures(row):
            self.fields[f"{row.moment}-{name}"] = rating()
            self.initial[f"{row.moment}-{name}"] = getattr(row, name)
        self.fields[f"{row.moment}-note"] = forms.CharField(required=False, max_length=LONGEST_NOTE)
        self.initial[f"{row.moment}-note"] = row.note

    def groups(self) -> list[dict[str, Any]]:
        """Give the scales of each moment, for the page."""
        return [{"row": row, "scales": self._scales(row), "note": self[f"{row.moment}-note"]} for row in self.rows]

    def _scales(self, row: Ratings) -> list[dict[str, Any]]:
        asked = [(f"pain-{name}", (label(name), *PAIN_ENDS)) for name in self.places]
        asked += list(SCALES.items())
        asked += [("pleasantness", PLEASANTNESS)] if row.moment == Moment.AFTER else []
        return [
            {"name": f"{row.moment}-{name}", "legend": words[0], "low": words[1], "high": words[2],
             "value": self[f"{row.moment}-{name}"].value()}
            for name, words in asked
        ]  # fmt: skip

    def measures(self, row: Ratings) -> dict[str, Any]:
        """Give what one row is to say now."""
        names = (*_measures(row), "note")
        return {name: self.cleaned_data[f"{row.moment}-{name}"] for name in names}

    def pains(self, row: Ratings) -> dict[str, int]:
        """Give each place that is rated now."""
        told = ((name, self.cleaned_data.get(f"{row.moment}-pain-{name}")) for name in self.places)
        return {name: value for name, value in told if value is not None}


def _measures(row: Ratings) -> tuple[str, ...]:
    return (*SCALES, "pleasantness") if row.moment == Moment.AFTER else tuple(SCALES)
