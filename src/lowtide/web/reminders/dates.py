"""A person in, what else stands in their calendar beside their routines out: dates that rooms above know of.

Called by the calendar that subscribes; filled by rooms above in `AppConfig.ready()`. Law: what has a date of its own
stands in the calendar once, as that date, and not as its reminder again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from lowtide.web.accounts.models import Person

if TYPE_CHECKING:
    from lowtide.deliver.calendar import Meeting

Source = Callable[[Person, datetime], "Iterable[Meeting]"]
"""A room's own dates for a person at a moment."""
DATED = ("meeting:",)
"""What routines are about whose date stands in the calendar by itself."""
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a room's dates stand in calendars."""
    if source not in _sources:
        _sources.append(source)


def dates_of(person: Person, now: datetime) -> tuple[Meeting, ...]:
    """Give every date of this person."""
    return tuple(one for source in _sources for one in source(person, now))
