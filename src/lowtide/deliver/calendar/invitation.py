"""A group's meetings in, invitations or files of dates as a calendar reads them out (RFC 5546). Called by the app.

Law: the same meeting has the same name for ever, and each change of it a higher number: calendars then move the entry
that they have, and take it away when it is called off.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lowtide.deliver.calendar.lines import MAKER
from lowtide.deliver.calendar.meeting import Meeting, event_of
from lowtide.deliver.calendar.zone import timezone_of

if TYPE_CHECKING:
    from icalendar import Calendar


class Method(StrEnum):
    """What a calendar is asked to do."""

    REQUEST = "REQUEST"
    """Enter it, or move it."""
    CANCEL = "CANCEL"
    """Take it away."""
    PUBLISH = "PUBLISH"
    """Show it: a file that somebody has fetched for themselves."""


def invitation(meeting: Meeting, now: datetime, method: Method = Method.REQUEST) -> bytes:
    """Write an invitation, or its taking back; goes with a letter as `text/calendar; method=…`."""
    return _written([meeting], now, method)


def dates(meetings: Iterable[Meeting], now: datetime) -> bytes:
    """Write meetings into one file to be fetched; those that were called off stand in it as such."""
    return _written(list(meetings), now, Method.PUBLISH)


def _written(meetings: list[Meeting], now: datetime, method: Method) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method.value)
    _tell_zones(calendar, meetings)
    for meeting in meetings:
        calendar.add_component(event_of(meeting, now, is_off=method is Method.CANCEL))
    written: bytes = calendar.to_ical()
    return written


def _tell_zones(calendar: Calendar, meetings: list[Meeting]) -> None:
    zones = {zone.key: zone for one in meetings if isinstance(zone := one.begins.tzinfo, ZoneInfo)}
    for _, zone in sorted(zones.items()):
        years = [one.begins.year for one in meetings if one.begins.tzinfo == zone]
        calendar.add_component(timezone_of(zone, min(years), max(years)))
