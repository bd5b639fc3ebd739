"""What reminders are tried with: a clock that is turned by hand, a channel that keeps what it was given, persons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lowtide.web.accounts.models import Person, User
from lowtide.web.reminders.channels import Handing, Outcome, Sent
from lowtide.web.reminders.models import Delivery, Reminder, Routine
from lowtide.web.reminders.work.loop import Loop

BEGIN = "2026-03-02T08:00"
"""A Monday in winter time."""


class Killed(BaseException):
    """The worker is ended here, as by `kill -9`: nothing that it would have done afterwards is done."""


@dataclass(slots=True)
class HandClock:
    """Shows what it was set to, in UTC."""

    at: datetime = field(default_factory=lambda: moment(BEGIN))

    def __call__(self) -> datetime:
        return self.at

    def to(self, text: str) -> None:
        """Set it."""
        self.at = moment(text)

    def on(self, **how_far: float) -> None:
        """Let time pass."""
        self.at += timedelta(**how_far)


def moment(text: str) -> datetime:
    """Read a moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(slots=True)
class Kept:
    """A channel that keeps what it was given; what goes wrong can be said before."""

    name: str = "push"
    may_repeat: bool = True
    places: Callable[[int], tuple[str, ...]] = lambda _person: ("here",)
    before: Callable[[Delivery], Outcome | None] = lambda _delivery: None
    """Called before the hand-over; what it gives is the end."""
    after: Callable[[Delivery], Outcome] = lambda _delivery: Sent()
    """Called after it."""
    given: list[tuple[UUID, UUID]] = field(default_factory=list)
    """What was handed over, in order: reminder and delivery."""

    def destinations(self, persons: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Reach everybody where they were said to be."""
        return {person: self.places(person) for person in persons}

    def send(self, delivery: Delivery, handing: Handing) -> Outcome:
        """Hand it over, unless something was said to happen before."""
        early = self.before(delivery)
        if early is not None:
            return early
        handing()
        self.given.append((delivery.reminder_id, delivery.pk))
        return self.after(delivery)


def somebody(name: str = "ana", **fields: object) -> Person:
    """Make a person, in Lisbon unless it is said otherwise."""
    user = User.objects.create_user(f"{name}@example.org")
    return Person.objects.create(**{"owner": user, "time_zone": "Europe/Lisbon", **fields})


def look(clock: HandClock, times: int = 1) -> Loop:
    """Let one worker look until there is nothing more to do."""
    loop = Loop(clock)
    for _ in range(times):
        while loop.look():
            pass
    return loop


def ends(row: Routine | Person) -> list[str]:
    """Say what became of all reminders, in their order: why one was dropped, or how its deliveries ended."""
    of = {"routine": row} if isinstance(row, Routine) else {"routine__person": row}
    said = []
    for one in Reminder.objects.filter(**of).order_by("due_at", "snooze"):
        ways = [way.state for way in one.deliveries.order_by("channel", "destination")]
        said.append("+".join(ways) or one.standing)
    return said
