"""What the pages of groups send in, what it means out. Law: no word is lost, and a link is https or none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from lowtide import content
from lowtide.web.accounts.days import zones
from lowtide.web.accounts.models import Person
from lowtide.web.course.meetings.actions import Change, Wish
from lowtide.web.course.meetings.shown import moment, zone_of
from lowtide.web.course.models import Meeting
from lowtide.web.course.models.enrolment import LONGEST_NAME
from lowtide.web.course.models.group import LONGEST_LINK, LONGEST_MEETING_MINUTES, LONGEST_TEXT

NO_DATE, NO_TIME = "Write a date such as 2026-03-21.", "Write a time such as 18:30."
NO_MINUTES = f"From 1 to {LONGEST_MEETING_MINUTES} minutes."
NO_LINK = "Write a link that begins with https://, or leave it empty."
FARTHEST = timedelta(days=366)
"""What is farther away, to either side, was a slip of the thumb."""
MOST_MEETINGS = 52
_is_link = URLValidator(schemes=["https"], message=NO_LINK)


class Line(forms.CharField):
    """A text of one line, in letters that a page can show."""

    def __init__(self, **kwargs: Any) -> None:
        """Take up to a name's length."""
        words = {"max_length": f"Up to {LONGEST_NAME} letters."} | kwargs.pop("error_messages", {})
        super().__init__(max_length=LONGEST_NAME, error_messages=words, **kwargs)

    def clean(self, value: Any) -> str:
        """Put it on one line."""
        text = " ".join(str(super().clean(value)).split())
        if not text.isprintable():
            raise ValidationError("Please write it in plain letters.")
        return text


def _link() -> forms.CharField:
    words = {"max_length": f"Up to {LONGEST_LINK} letters."}
    return forms.CharField(required=False, max_length=LONGEST_LINK, validators=[_is_link], error_messages=words)


def _minutes(*, required: bool = False) -> forms.IntegerField:
    words = dict.fromkeys(("invalid", "min_value", "max_value", "required"), NO_MINUTES)
    return forms.IntegerField(
        required=required, min_value=1, max_value=LONGEST_MEETING_MINUTES, error_messages=words
    )  # fmt: skip


def _text() -> forms.CharField:
    words = {"max_length": f"Up to {LONGEST_TEXT} letters fit here; nothing of it is lost."}
    return forms.CharField(required=False, max_length=LONGEST_TEXT, error_messages=words)


class _At(forms.Form):
    """A day and a time, which may be still to come."""

    date = forms.DateField(error_messages={"invalid": NO_DATE, "required": NO_DATE})
    time = forms.TimeField(error_messages={"invalid": NO_TIME, "required": NO_TIME})

    def __init__(self, today: Any, data: Any = None, **kwargs: Any) -> None:
        """Ask, on the person's own day `today`."""
        self.today = today
        super().__init__(data, **kwargs)

    def clean_date(self) -> Any:
        """Refuse a day that nobody can have meant."""
        day = self.cleaned_data["date"]
        if abs(day - self.today) > FARTHEST:
            raise ValidationError("Choose a day within a year.")
        return day


class FoundForm(_At):
    """A group that somebody founds, or one elsewhere whose dates they write down."""

    name = Line(error_messages={"required": "Please give it a name."})
    called = Line(required=False)
    programme = forms.ChoiceField(required=False)
    time_zone = forms.CharField(required=False, max_length=64)
    minutes = _minutes()
    meetings = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_MEETINGS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"From 1 to {MOST_MEETINGS} meetings."),
    )  # fmt: skip
    link = _link()
    led_by = Line(required=False)

    def __init__(
        self, person: Person, today: date, data: Any = None, *, is_elsewhere: bool, programme: str = ""
    ) -> None:
        """Offer the programmes, their founder's own first; it meets where they are, unless it is said otherwise."""
        initial = {"called": person.name, "time_zone": person.time_zone, "date": f"{today:%Y-%m-%d}"}
        initial |= {"programme": programme} if programme else {}
        super().__init__(today, data, initial=initial)
        self.is_elsewhere = is_elsewhere
        self.programmes = [(one.name, one.title) for one in content.programmes()]
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*self.programmes, ("", "Another one")]

    def clean_time_zone(self) -> str:
        """Take a zone that is known here."""
        zone: str = self.cleaned_data["time_zone"]
        if zone and zone not in zones():
            raise ValidationError("This time zone is not known here.")
        return zone

    def clean(self) -> dict[str, Any]:
        """Let a group here have a leader with a name, and follow a programme."""
        told: dict[str, Any] = super().clean() or {}
        if not self.is_elsewhere:
            if not told.get("called") and "called" not in self.errors:
                self.add_error("called", "Members see who leads: a first name is enough.")
            if not told.get("programme") and "programme" not in self.errors:
                self.add_error("programme", "Choose a course.")
        return told

    def wish(self) -> Wish:
        """Give what was wished for."""
        told = self.cleaned_data
        return Wish(
            name=told["name"], called=told["called"], programme=told["programme"], day=told["date"], at=told["time"],
            time_zone=told["time_zone"], minutes=told["minutes"], meetings=told["meetings"], link=told["link"],
            is_elsewhere=self.is_elsewhere, led_by=told["led_by"],
        )  # fmt: skip


class MemberForm(forms.Form):
    """What the group calls somebody, and what they wish for."""

    called = Line(required=False)
    by_mail = forms.BooleanField(required=False)
    is_reminded = forms.BooleanField(required=False)


class MeetingForm(_At):
    """What a leader says of a meeting, on the group's own clock."""

    minutes = _minutes(required=True)
    led_by = Line(required=False)
    link = _link()
    agenda = _text()
    summary = _text()

    def __init__(self, meeting: Meeting, agenda: tuple[str, ...], today: date, data: Any = None) -> None:
        """Show what it is now."""
        self.zone, self.meeting, self.usual = zone_of(meeting.group), meeting, agenda
        clock = meeting.begins.astimezone(self.zone)
        self.clock = clock.replace(tzinfo=None, second=0, microsecond=0)
        told = {"date": f"{clock:%Y-%m-%d}", "time": f"{clock:%H:%M}", "agenda": "\n".join(agenda)}
        told |= {name: getattr(meeting, name) for name in ("minutes", "led_by", "link", "summary")}
        super().__init__(today, data, initial=told)

    def change(self) -> Change:
        """Give what it is from now on; an agenda that was not touched stays the week's own."""
        told = self.cleaned_data
        lines = tuple(line.strip() for line in told["agenda"].splitlines() if line.strip())
        return Change(
            begins=self._begins(), minutes=told["minutes"], led_by=told["led_by"], link=told["link"],
            agenda=self.meeting.agenda if lines == self.usual else "\n".join(lines), summary=told["summary"],
        )  # fmt: skip

    def _begins(self) -> datetime:
        told = self.cleaned_data
        written = datetime.combine(told["date"], told["time"])
        return self.meeting.begins if written == self.clock else moment(written.date(), written.time(), self.zone)
