"""What the page about oneself sends in, what it means out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from lowtide.model.audio import Soundscape
from lowtide.web.accounts.days import zones
from lowtide.web.accounts.models import LONGEST_NAME, MINUTES_OF_DAY, Person
from lowtide.web.accounts.zones import offered, present_name
from lowtide.web.practice.begin.wording import Label
from lowtide.web.practice.me.voices import AT_ONCE
from lowtide.web.practice.models import Preferences

if TYPE_CHECKING:  # the types know what Django's classes do not: which rows a form is of
    OfPerson = forms.ModelForm[Person]
    OfPreferences = forms.ModelForm[Preferences]
else:
    OfPerson = OfPreferences = forms.ModelForm

VOLUMES = ((-60.0, "off"), (-12.0, "quiet"), (-6.0, "softer"), (0.0, "as designed"), (6.0, "louder"))
"""dB relative to the designed balance, as a person would choose."""


class PersonForm(OfPerson):
    """What the guide may say, and when a day begins."""

    name = forms.CharField(
        required=False, max_length=LONGEST_NAME, error_messages={"max_length": "A name can have up to 60 letters."}
    )
    day_starts = forms.TimeField(error_messages={"invalid": "Write a time such as 4:00.", "required": "Write a time."})

    class Meta:
        """Of a person."""

        model = Person
        fields = ("name", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the day's beginning as a time."""
        super().__init__(*args, **kwargs)
        minute = self.instance.day_starts_minute
        self.initial["day_starts"] = f"{minute // 60:02}:{minute % 60:02}"

    def zones(self) -> dict[str, list[tuple[str, str, bool]]]:
        """Give the time zones by the part of the world, each with its words and whether it is chosen."""
        chosen = present_name(self["time_zone"].value() or "")
        found: dict[str, list[tuple[str, str, bool]]] = {}
        for name in sorted(offered() | ({chosen} if chosen else set())):
            area, _, place = name.partition("/")
            words = place.replace("_", " ").replace("/", ", ") or name
            found.setdefault(area, []).append((name, words, name == chosen))
        return found

    def clean_time_zone(self) -> str:
        """Take a time zone that is known here, or none."""
        zone: str = self.cleaned_data["time_zone"].strip()
        if zone and zone not in zones():
            raise forms.ValidationError("There is no such time zone here. Choose one from the list.")
        return zone

    def save(self, commit: bool = True) -> Person:
        """Keep the day's beginning in minutes."""
        starts = self.cleaned_data["day_starts"]
        self.instance.day_starts_minute = (starts.hour * 60 + starts.minute) % MINUTES_OF_DAY
        return super().save(commit)


SOUNDSCAPES = {
    Soundscape.WAVES: "waves", Soundscape.RAIN: "rain", Soundscape.STREAM: "a stream", Soundscape.WIND: "wind",
    Soundscape.FIRE: "a fire", Soundscape.BROWN: "a deep hush", Soundscape.BOWL: "singing bowls",
    Soundscape.NONE: "nothing",
}  # fmt: skip
"""What each soundscape is called on a page."""


class SoundForm(OfPreferences):
    """How sessions sound."""

    soundscape = forms.ChoiceField(choices=[(one.value, SOUNDSCAPES[one]) for one in Soundscape])
    voice = forms.ChoiceField(required=False, error_messages={"invalid_choice": "This voice is not here."})
    voice_db = forms.TypedChoiceField(choices=VOLUMES, coerce=float)
    soundscape_db = forms.TypedChoiceField(choices=VOLUMES, coerce=float)
    bell_db = forms.TypedChoiceField(choices=VOLUMES, coerce=float)

    class Meta:
        """Of the preferences."""

        model = Preferences
        fields = ("voice", "soundscape", "voice_db", "soundscape_db", "bell_db", "shows_captions", "shows_streaks")

    def __init__(self, voices: tuple[Label, ...], *args: Any, **kwargs: Any) -> None:
        """Offer these voices; a volume that was set in the player stays a choice."""
        super().__init__(*args, **kwargs)
        self.voices = voices
        self._offer("voice", [(one.value, one.text) for one in voices])
        for name in ("voice_db", "soundscape_db", "bell_db"):
            now = float(getattr(self.instance, name))
            others = [] if now in dict(VOLUMES) else [(now, f"{now:+.0f} dB, as you set it")]
            self._offer(name, [*VOLUMES, *others])

    def first_voices(self) -> list[dict[str, Any]]:
        """Give the voices that are shown at once, for the page."""
        return self._rows(self.voices[: AT_ONCE + 1])

    def more_voices(self) -> list[dict[str, Any]]:
        """Give the voices that are folded away."""
        return self._rows(self.voices[AT_ONCE + 1 :])

    def is_more_chosen(self) -> bool:
        """Say whether one of those is chosen."""
        return any(row["is_chosen"] for row in self.more_voices())

    def _rows(self, voices: tuple[Label, ...]) -> list[dict[str, Any]]:
        chosen = self["voice"].value() or ""
        return [{"label": one, "is_chosen": one.value == chosen} for one in voices]

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
