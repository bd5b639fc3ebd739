"""A group's meeting as a calendar knows it, and its event (RFC 5545). Written by `feed` and `invitation`.

Law: the same meeting has the same name for ever, wherever it is written, and each change of it a higher number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lowtide.deliver.calendar.lines import DOMAIN, one_line

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

QUARTER_OF_AN_HOUR = timedelta(minutes=15)
"""House rule: long enough to settle down before a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who is invited, or who invites."""

    mail: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a group, as a calendar knows it."""

    name: str
    """Stays the same when the meeting is moved: its uuid."""
    version: int = 0
    """Goes up with each change."""
    title: str
    begins: datetime
    """With its zone; where that is an IANA one, the meeting stands in it."""
    minutes: int
    leader: Guest
    guests: tuple[Guest, ...] = ()
    address: str = ""
    """Where it takes place: a meeting link; may be empty."""
    text: str = ""
    """What it is about; may have several lines."""
    is_off: bool = False
    """True where it was called off."""
    is_answered: bool = True
    """False where nobody reads who answers that they come."""
    since: datetime | None = None
    """When it was arranged; stands in a calendar that is to stay the same file while nothing changes."""

    def __post_init__(self) -> None:
        assert self.begins.tzinfo is not None, "a meeting knows its zone"
        assert self.minutes > 0, self.minutes
        assert self.version >= 0, self.version


def event_of(meeting: Meeting, stamp: datetime, *, is_off: bool = False) -> Event:
    """Write a meeting as an event; guests are asked whether they come where there are some."""
    from icalendar import Event

    event = Event()
    begins = meeting.begins if isinstance(meeting.begins.tzinfo, ZoneInfo) else meeting.begins.astimezone(UTC)
    event.add("UID", f"{meeting.name}@{DOMAIN}")
    event.add("SEQUENCE", meeting.version)
    event.add("DTSTAMP", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", begins)
    event.add("DURATION", timedelta(minutes=meeting.minutes))
    event.add("SUMMARY", one_line(meeting.title))
    is_off = is_off or meeting.is_off
    event.add("STATUS", "CANCELLED" if is_off else "CONFIRMED")
    event.add("ORGANIZER", _known(meeting.leader))
    for guest in meeting.guests:
        event.add("ATTENDEE", _known(guest, rsvp=meeting.is_answered))
    if meeting.address:
        event.add("LOCATION", one_line(meeting.address))
        event.add("URL", one_line(meeting.address))
    if meeting.text:
        event.add("DESCRIPTION", "\n".join(one_line(line) for line in meeting.text.splitlines()))
    if not is_off:
        _ring(event, meeting.title)
    return event


def _ring(event: Event, title: str) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", one_line(title))
    alarm.add("TRIGGER", -QUARTER_OF_AN_HOUR)
    event.add_component(alarm)


def _known(guest: Guest, *, rsvp: bool | None = None) -> vCalAddress:
    from icalendar import vCalAddress

    who = vCalAddress(f"mailto:{one_line(guest.mail)}")
    if guest.name:
        who.params["CN"] = one_line(guest.name).replace('"', "'")
    if rsvp is not None:
        answer = {"RSVP": "TRUE" if rsvp else "FALSE"}
        who.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"} | answer)
    return who
