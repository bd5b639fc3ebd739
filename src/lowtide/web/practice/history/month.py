"""A person's rows and a month in, its days for the calendar out; and days in a row, for who wants them counted.

Called by the page of looking back. Law: an empty day is only quiet; nothing here compares a day with another one.
"""

from __future__ import annotations

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lowtide.model.time import MS_PER_MINUTE
from lowtide.web.accounts.models import Person

SHADES = ((20, "most"), (8, "more"), (0, "some"))
"""From how many minutes a day is how deep, as in the charts; the number stands in the cell as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One cell of the calendar."""

    day: date
    practised_ms: int
    """What was practised, here and elsewhere; 0 where nothing was begun."""
    is_told: bool
    """True where something was written in the diary or rated."""
    is_today: bool
    is_ahead: bool
    """True for a day that is still to come."""
    is_inside: bool
    """True for a day of the month itself."""

    @property
    def is_open(self) -> bool:
        """True where there is something to look at."""
        return self.is_inside and (self.practised_ms > 0 or self.is_told)

    @property
    def shade(self) -> str:
        """How deep its colour is."""
        return next((css for least, css in SHADES if self.practised_ms > least * MS_PER_MINUTE), "")


def weeks(person: Person, month: date, today: date) -> list[list[Day]]:
    """Give the weeks of a month, from Monday to Sunday."""
    grid = Calendar().monthdatescalendar(month.year, month.month)
    first, last = grid[0][0], grid[-1][-1]
    practised, told = practised_on(person, first, last), _told(person, first, last)
    return [
        [
            Day(day=day, practised_ms=practised.get(day, 0), is_told=day in told, is_today=day == today,
                is_ahead=day > today,
                is_inside=(day.year, day.month) == (month.year, month.month))
            for day in week
        ]
        for week in grid
    ]  # fmt: skip


def practised_on(person: Person, first: date, last: date) -> dict[date, int]:
    """Give what was practised on each day with practice, in milliseconds; what was begun is never nothing."""
    heard: Counter[date] = Counter()
    rows = person.sessions.filter(day__range=(first, last), begun_at__isnull=False)
    for day, heard_ms in rows.values_list("day", "heard_ms"):
        heard[day] += max(heard_ms, 1)
    for day, minutes in person.outside_practice.filter(day__range=(first, last)).values_list("day", "minutes"):
        heard[day] += minutes * MS_PER_MINUTE
    return dict(heard)


def _told(person: Person, first: date, last: date) -> set[date]:
    rows = (person.diary, person.ratings, person.unwell_reports)
    made = person.sessions.filter(day__range=(first, last)).values_list("day", flat=True)
    found = {day for one in rows for day in one.filter(day__range=(first, last)).values_list("day", flat=True)}
    return found | set(made)


def in_a_row(days: Iterable[date], today: date) -> int:
    """Count the days in a row up to today; a today that is still quiet does not end it.

    >>> first = date(2026, 3, 1)
    >>> in_a_row([first, first + timedelta(days=1)], first + timedelta(days=2))
    2
    >>> in_a_row([first], first + timedelta(days=2))
    0
    """
    known = set(days)
    day = today if today in known else today - timedelta(days=1)
    count = 0
    while day - timedelta(days=count) in known:
        count += 1
    return count


def month_from(text: str, today: date) -> date:
    """Read a month as it stands in an address; this month where it is none, or is still to come.

    >>> month_from("2026-02", date(2026, 3, 21)).isoformat(), month_from("soon", date(2026, 3, 21)).isoformat()
    ('2026-02-01', '2026-03-01')
    """
    this = today.replace(day=1)
    try:
        return min(date.fromisoformat(f"{text}-01"), this)
    except ValueError:
        return this
