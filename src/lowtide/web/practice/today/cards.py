"""A person and a moment in, the cards at the head of today and what is mentioned at its end out: the rooms' above.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One thing that may be good to know, mentioned quietly until it is looked at or waved aside."""

    text: str
    """One sentence."""
    address: str
    words: str
    """Of the link."""
    dismiss: str
    """Where it is told that nobody needs to mention it again."""


Source = Callable[[Person, datetime], Iterable[Card]]
"""A room's own cards for a person at a moment."""
AsideSource = Callable[[Person, datetime], Iterable[Aside]]
"""What a room would mention to a person at a moment."""
_sources: list[Source] = []
_aside_sources: list[AsideSource] = []


def shows_cards(source: Source) -> Source:
    """Let a room's cards be shown on today, after those of the rooms that came before it."""
    if source not in _sources:
        _sources.append(source)
    return source


def cards_of(person: Person, now: datetime) -> tuple[Card, ...]:
    """Give every card for this person at this moment."""
    return tuple(card for source in _sources for card in source(person, now))


def mentions(source: AsideSource) -> AsideSource:
    """Let a room mention something at the end of today."""
    if source not in _aside_sources:
        _aside_sources.append(source)
    return source


def aside_of(person: Person, now: datetime) -> Aside | None:
    """Give the one thing that is mentioned to this person at this moment, if any: a page with two is not calm."""
    return next((aside for source in _aside_sources for aside in source(person, now)), None)
