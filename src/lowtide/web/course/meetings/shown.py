"""A group and whoever looks at it in, what its pages show out: meetings on their own clock, agendas, who leads.

Law: a time is always told on the clock of whoever reads it, and whose clock that is stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from lowtide import content
from lowtide.errors import UserError
from lowtide.model.programme import Week
from lowtide.web.accounts.days import clock_of, zones
from lowtide.web.accounts.days import zone_of as zone_of_person
from lowtide.web.accounts.models import Person
from lowtide.web.course.models import Group, Meeting
from lowtide.web.course.models.group import LONGEST_MEETING_MINUTES
from lowtide.web.course.pages.shown import day_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A meeting as somebody reads it."""

    row: Meeting
    title: str
    """The week's title, or which meeting it is."""
    day: str
    time: str
    until: str
    there: str
    """The time on the group's clock, where that shows something else, with the day if that is another; else nothing."""
    leader: str
    link: str
    agenda: tuple[str, ...]
    is_past: bool
    came: bool = False
    """True where whoever looks was there."""


def zone_of(group: Group) -> tzinfo | None:
    """Give the zone that a group meets in; None, the machine's own, where there is none or it is not known here."""
    return ZoneInfo(group.time_zone) if group.time_zone in zones() else None


def moment(day: date, at: time, zone: tzinfo | None) -> datetime:
    """Give the moment of a time on a wall; one that the wall leaves out is as much later as the clock is set."""
    written = datetime.combine(day, at)
    return (written.replace(tzinfo=zone) if zone else written.astimezone()).astimezone(UTC)


def clock_said(zone: tzinfo | None, at: datetime) -> str:
    """Say whose clock a time is on.

    >>> clock_said(ZoneInfo("America/New_York"), datetime(2026, 3, 1, tzinfo=UTC))
    'America/New York'
    """
    return zone.key.replace("_", " ") if isinstance(zone, ZoneInfo) else f"this machine’s, {at.astimezone():%Z}"


def shown(meetings: Iterable[Meeting], group: Group, person: Person, now: datetime) -> list[Shown]:
    """Give meetings of a group for this person."""
    rows, leader = list(meetings), leader_of(group)
    came = set(person.attendances.filter(meeting__in=[one.pk for one in rows]).values_list("meeting_id", flat=True))
    return [_shown(row, group, leader, person, now, came=row.pk in came) for row in rows]


def _shown(row: Meeting, group: Group, leader: str, person: Person, now: datetime, *, came: bool) -> Shown:
    begins, ends = clock_of(person, row.begins), clock_of(person, row.begins + timedelta(minutes=row.minutes))
    there = row.begins.astimezone(zone_of(group))
    is_same = there.utcoffset() == begins.utcoffset()
    return Shown(
        row=row, title=title_of(row, group), day=day_said(begins.date()), time=f"{begins:%H:%M}", until=f"{ends:%H:%M}",
        there="" if is_same else f"{there:%H:%M}" if there.date() == begins.date() else f"{there:%A} {there:%H:%M}",
        leader=row.led_by or leader, link=row.link or group.link, agenda=agenda_of(row, group),
        is_past=row.begins + timedelta(minutes=row.minutes) < now, came=came,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What comes next in one of somebody's groups."""

    group: Group
    one: Shown
    is_on: bool
    """True while it takes place."""


def next_of(group: Group, person: Person, now: datetime) -> Next | None:
    """Give a group's next meeting, or the one that has begun and is not over; None where none is to come."""
    rows = group.meetings.filter(begins__gt=now - timedelta(minutes=LONGEST_MEETING_MINUTES), is_off=False)
    row = next((one for one in rows if one.begins + timedelta(minutes=one.minutes) > now), None)
    return Next(group=group, one=shown([row], group, person, now)[0], is_on=row.begins <= now) if row else None


def next_meetings(person: Person, now: datetime) -> list[Next]:
    """Give the next meeting of each of a person's groups, the first first."""
    found = [next_of(one.group, person, now) for one in person.memberships.select_related("group")]
    return sorted((one for one in found if one), key=lambda one: one.one.row.begins)


def clocks_said(group: Group, person: Person, at: datetime) -> str:
    """Say whose clock times are on, and whose the group's are where that shows something else."""
    own = f"Times are on your clock: {own_clock_said(person, at)}."
    zone = zone_of(group)
    if at.astimezone(zone).utcoffset() == clock_of(person, at).utcoffset():
        return own
    return f"{own} “There” is {clock_said(zone, at)}, where the group meets."


def own_clock_said(person: Person, at: datetime) -> str:
    """Say whose clock this person's times are on."""
    return clock_said(zone_of_person(person), at)


def leader_of(group: Group) -> str:
    """Give the name of who leads a group; empty where nobody does."""
    if group.is_elsewhere:
        return group.led_by
    return group.memberships.filter(is_leading=True).values_list("name", flat=True).first() or ""


def title_of(row: Meeting, group: Group) -> str:
    """Call a meeting by its week."""
    for week in _weeks(group):
        if week.name == row.week:
            return week.title
    return f"Meeting {row.number}"


def agenda_of(row: Meeting, group: Group) -> tuple[str, ...]:
    """Give what a meeting goes through: what its leader wrote, else what the programme's week has."""
    if row.agenda:
        return tuple(line.strip() for line in row.agenda.splitlines() if line.strip())
    return next((week.agenda for week in _weeks(group) if week.name == row.week), ())


def _weeks(group: Group) -> tuple[Week, ...]:
    try:
        return content.programme(group.programme).weeks if group.programme else ()
    except UserError:
        return ()
