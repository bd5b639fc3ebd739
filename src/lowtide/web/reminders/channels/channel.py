"""A way in which reminders reach a person: a delivery in, what became of it out. One file beside this for each.

How to add a channel: one file here with a class that has what `Channel` asks for, a `register(…)` of it in the app's
`ready()`, a `by_…` field on the row of routines. Law: `handing()` is called once, at the last moment before the message
leaves for good (for a letter: everything is agreed with the mail server, and its text comes next). It may raise `Lost`:
then nothing is sent, and the exception goes on its way. What was not yet handed over can be tried by another worker at
any time; so nothing that a person could notice may happen before it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from lowtide.web.reminders.models import Delivery


class Lost(Exception):  # noqa: N818 (no error: somebody else has it now, or it may not be sent any more)
    """This delivery is not this worker's any more: another has it, or the person was signed out meanwhile."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken: by the push service, by the mail server."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It can not be delivered there, and trying again will not help."""


@dataclass(frozen=True, slots=True)
class Again:
    """It was surely not taken, and may be tried again."""

    after: timedelta | None = None
    """How long whoever refused it wishes to be left alone; None for as long as we usually wait."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """It was handed over, and no answer came: it may have arrived."""


Outcome = Sent | Failed | Again | Unsure
Handing = Callable[[], None]


class Channel(Protocol):
    """One way to a person."""

    @property
    def name(self) -> str:
        """Name it as rows of deliveries do: `push`."""

    @property
    def may_repeat(self) -> bool:
        """Say whether the same delivery, handed over twice, is seen once."""

    def destinations(self, persons: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Give, for each of these persons (by key), where it would reach them; who is not there can not be reached."""

    def send(self, delivery: Delivery, handing: Handing) -> Outcome:
        """Send it; `delivery.reminder.routine.person.owner` is at hand without a further query."""
