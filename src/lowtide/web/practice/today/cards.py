"""A person and a moment in, the cards at the head of today out: what the rooms above wish to say there.

Called by the page of today; filled by rooms above in `AppConfig.ready()`. Law: this room knows none of those that tell
it something, and a room with nothing to say leaves no trace on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from lowtide.web.accounts.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that waits, and where it leads."""

    title: str
    text: str
    """One sentence."""
    address: str
    button: str
    """What stands on the button."""
    eyebrow: str = ""
    """The words above the title."""


Source = Callable[[Person, datetime], Iterable[Card]]
"""A room's own cards for a person at a moment."""
_sources: list[Source] = []


def shows_cards(source: Source) -> Source:
    """Let a room's cards be shown on today, after those of the rooms that came before it."""
    if source not in _sources:
        _sources.append(source)
    return source


def cards_of(person: Person, now: datetime) -> tuple[Card, ...]:
    """Give every card for this person at this moment."""
    return tuple(card for source in _sources for card in source(person, now))
