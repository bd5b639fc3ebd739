"""A group's meeting in, the invitation or its taking back as a calendar reads it out (RFC 5546). Called by the app.

Law: the same meeting has the same name for ever, and each change of it a higher number: calendars then move the entry
that they have, and take it away when it is called off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lowtide.deliver.calendar.feed import DOMAIN, MAKER, one_line
from lowtide.deliver.calendar.zone import timezone_of

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

QUARTER_OF_AN_HOUR = timedelta(minutes=15)
"""House rule: long enough to settle down before a meeting."""


class Method(StrEnum):
    """What a calendar is asked to do."""

    REQUEST = "REQUEST"
    """Enter it, or move it."""
    CANCEL = "CANCEL"
    """Take it away."""


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

    def __post_init__(self) -> None:
        assert self.begins.tzinfo is not None, "a meeting knows its zone"
        assert self.minutes > 0, self.minutes
        assert self.version >= 0, self.version


def invitation(meeting: Meeting, now: datetime, method: Method = Method.REQUEST) -> bytes:
    """Write an invitation, or its taking back; goes with a letter as `text/calendar; method=…`."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method.value)
    zone = meeting.begins.tzinfo
    if isinstance(zone, ZoneInfo):
        calendar.add_component(timezone_of(zone, meeting.begins.year, meeting.begins.year))
    calendar.add_component(_event(meeting, now, method))
    written: bytes = calendar.to_ical()
    return written


def _event(meeting: Meeting, now: datetime, method: Method) -> Event:
    from icalendar import Event

    event = Event()
    begins = meeting.begins if isinstance(meeting.begins.tzinfo, ZoneInfo) else meeting.begins.astimezone(UTC)
    event.add("UID", f"{meeting.name}@{DOMAIN}")
    event.add("SEQUENCE", meeting.version)
    event.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", begins)
    event.add("DURATION", timedelta(minutes=meeting.minutes))
    event.add("SUMMARY", one_line(meeting.title))
    event.add("STATUS", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("ORGANIZER", _known(meeting.leader))
    for guest in meeting.guests:
        event.add("ATTENDEE", _known(guest, is_guest=True))
    if meeting.address:
        event.add("LOCATION", one_line(meeting.address))
        event.add("URL", one_line(meeting.address))
    if meeting.text:
        event.add("DESCRIPTION", "\n".join(one_line(line) for line in meeting.text.splitlines()))
    if method is Method.REQUEST:
        _ring(event, meeting.title)
    return event


def _ring(event: Event, title: str) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", one_line(title))
    alarm.add("TRIGGER", -QUARTER_OF_AN_HOUR)
    event.add_component(alarm)


def _known(guest: Guest, *, is_guest: bool = False) -> vCalAddress:
    from icalendar import vCalAddress

    who = vCalAddress(f"mailto:{one_line(guest.mail)}")
    if guest.name:
        who.params["CN"] = one_line(guest.name).replace('"', "'")
    if is_guest:
        who.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
    return who
