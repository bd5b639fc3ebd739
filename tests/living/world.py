"""Where they live: the real rows and worker, a clock that jumps, machines that sleep, workers that are killed."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db.models import Min, Q
from django_tasks_db.models import DBTaskResult

from living.people import DAY, Happening, Someone
from living.watching import Key
from lowtide.remind import next_due
from lowtide.web.accounts.models import Person, User
from lowtide.web.reminders import actions, clock, practised
from lowtide.web.reminders.channels import Again, Failed, Handing, Outcome, Sent, Unsure, only
from lowtide.web.reminders.models import Delivery, PauseWhy, QuietHours, Reminder, Routine
from lowtide.web.reminders.records import routine_of, weekdays_row
from lowtide.web.reminders.work import making
from lowtide.web.reminders.work.loop import Loop
from remembering import HandClock, Killed

GRID = timedelta(minutes=5)
"""How often somebody would look; where there is nothing to do the simulation goes on to where there is."""
AFTER = timedelta(seconds=7)
KILLED_MAKING, KILLED_AFTER_MAKING = 0.02, 0.02
KILLED_BEFORE, KILLED_IN_HAND_OVER = 0.01, 0.01
REFUSED, FAILED, NO_ANSWER = 0.03, 0.01, 0.01
ROWS = 200


@dataclass(frozen=True, slots=True)
class Ended:
    """What the rows say of one reminder."""

    due_at: datetime
    standing: str
    ways: tuple[tuple[UUID, str, datetime | None], ...]
    """Each delivery, its state, and when it ended."""


@dataclass(slots=True)
class Way:
    """A channel that works, refuses, fails or is silent by chance; and notes what it did."""

    name: str
    may_repeat: bool
    world: World

    def destinations(self, persons: Collection[int]) -> Mapping[int, tuple[str, ...]]:
        """Reach everybody."""
        return dict.fromkeys(persons, ("here",))

    def send(self, delivery: Delivery, handing: Handing) -> Outcome:
        """Hand it over, perhaps."""
        dice, world = self.world.dice, self.world
        if dice.random() < KILLED_BEFORE:
            raise Killed
        if dice.random() < REFUSED:
            world.troubled.add(delivery.pk)
            return Again()
        handing()
        world.handed[delivery.pk].append(world.clock())
        if dice.random() < KILLED_IN_HAND_OVER:
            world.doubtful.add(delivery.pk)
            raise Killed
        if dice.random() < FAILED:
            return Failed()
        if dice.random() < NO_ANSWER:
            world.doubtful.add(delivery.pk)
            return Unsure()
        return Sent()


@dataclass(slots=True)
class World:
    """A stretch of time in which these people live."""

    begin: datetime
    end: datetime
    people: list[Someone]
    dice: random.Random
    clock: HandClock = field(init=False)
    looks: list[datetime] = field(default_factory=list)
    """When all that was due was made."""
    handed: defaultdict[UUID, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    troubled: set[UUID] = field(default_factory=set)
    """Deliveries that a refusal, a kill or a sleep got in the way of."""
    doubtful: set[UUID] = field(default_factory=set)
    """Deliveries of which, after the hand-over, nobody knew."""
    kills: int = 0
    ended: defaultdict[tuple[int, str], dict[Key, Ended]] = field(default_factory=lambda: defaultdict(dict))
    """By person (number) and what it is about."""
    _numbers: dict[int, Someone] = field(default_factory=dict)
    _workers: list[Loop] = field(default_factory=list)
    _harvested: datetime = field(init=False)

    def live(self) -> None:
        """Let it all happen."""
        self.clock, self._harvested = HandClock(self.begin), self.begin
        with self._set_up():
            self._settle_in()
            self._workers = [Loop(self.clock), Loop(self.clock)]
            sleeps, to_come = self._sleeps(), self._happenings()
            look = self._next_look(sleeps)
            while look is not None or to_come:
                if to_come and (look is None or to_come[-1][0].at < look):
                    self._happen(*to_come.pop())
                elif look is not None:
                    self._look(look)
                look = self._next_look(sleeps)
            self._harvest(self.end)

    @contextmanager
    def _set_up(self) -> Iterator[None]:
        """Let the world be the only one: its clock, its ways, what is practised in it, and kills that end a worker."""
        worker = "django_tasks_db.management.commands.db_worker"
        with ExitStack() as stack:
            for enter in (
                clock.told_by(self.clock),
                only(Way("push", may_repeat=True, world=self), Way("mail", may_repeat=False, world=self)),
                patch.object(practised, "_known", [self._practised]),
                patch.object(DBTaskResult, "set_failed", _ended),
                patch("lowtide.web.reminders.work.loop.make_due", self._make_due),
                # A worker gives its connection up after each task; here that would only take time.
                patch(f"{worker}.close_old_connections"),
            ):
                stack.enter_context(enter)
            yield

    def _settle_in(self) -> None:
        users = User.objects.bulk_create(User(email=_address(one)) for one in self.people)
        persons = Person.objects.bulk_create([
            Person(owner=user, time_zone=one.zone, day_starts_minute=one.day_starts)
            for one, user in zip(self.people, users, strict=True)
        ])  # fmt: skip
        self._numbers = {person.pk: one for one, person in zip(self.people, persons, strict=True)}
        QuietHours.objects.bulk_create([
            QuietHours(person=person, from_minute=one.quiet[0], to_minute=one.quiet[1])
            for one, person in zip(self.people, persons, strict=True) if one.quiet
        ])  # fmt: skip
        rows = [
            Routine(person=person, about=wish.about, times=list(wish.times), weekdays=weekdays_row(wish.weekdays),
                    by_mail=wish.by_mail, by_push=not wish.by_mail)
            for one, person in zip(self.people, persons, strict=True) for wish in one.wishes
        ]  # fmt: skip
        for row in rows:
            due = next_due(routine_of(row), self.begin)
            row.next_at = None if due is None else due.at
        Routine.objects.bulk_create(rows, batch_size=ROWS)

    # What happens

    def _happenings(self) -> list[tuple[Happening, Someone]]:
        """Give everything that people do, the first last."""
        all_of_it = [(one, who) for who in self.people for one in who.happenings if one.at < self.end]
        return sorted(all_of_it, key=lambda pair: pair[0].at, reverse=True)

    def _happen(self, happening: Happening, who: Someone) -> None:
        self.clock.at = happening.at
        person = Person.objects.get(owner__email=_address(who))
        if happening.what == "pause":
            actions.pause(person, PauseWhy.OWN)
        elif happening.what == "resume":
            actions.resume(person, PauseWhy.OWN)
        else:
            person.time_zone = happening.what
            person.save()

    def _practised(self, persons: Collection[int], since: datetime, until: datetime) -> dict[tuple[int, str], datetime]:
        found = {}
        for person in persons:
            for about, moments in self._numbers[person].practised.items():
                place = bisect_right(moments, until)
                if place and moments[place - 1] >= since:
                    found[person, about] = moments[place - 1]
        return found

    # Who looks, and when

    def _sleeps(self) -> list[tuple[datetime, datetime]]:
        """Draw when no worker runs at all: about once in ten days, for an hour up to two days."""
        days = (self.end - self.begin) // DAY
        begins = [self.begin + timedelta(minutes=self.dice.randrange(days * 1440)) for _ in range(days // 10 + 1)]
        return sorted((at, at + timedelta(minutes=self.dice.randrange(60, 2880))) for at in begins)

    def _next_look(self, sleeps: list[tuple[datetime, datetime]]) -> datetime | None:
        """Find when somebody next looks and finds something to do; None where that is after the end."""
        # The database is asked once and knows: routines, what waits, and what somebody holds.
        due = Routine.objects.aggregate(at=Min("next_at"))["at"]
        is_open = Delivery.objects.filter(ended_at__isnull=True)
        waits = is_open.aggregate(free=Min("not_before", filter=Q(state="waiting")), held=Min("lease_until"))
        moments = [at for at in (due, waits["free"], waits["held"]) if at is not None]
        if not moments:
            return None
        look = self._on_grid(max(min(moments), self.clock.at))
        for begins, ends in sleeps:
            if begins <= look < ends:
                self.troubled.update(is_open.values_list("pk", flat=True))
                look = self._on_grid(ends)
        return look if look < self.end else None

    def _on_grid(self, at: datetime) -> datetime:
        """Give the first look later than a moment."""
        return self.begin + ((at - AFTER - self.begin) // GRID + 1) * GRID + AFTER

    def _look(self, at: datetime) -> None:
        self.clock.at = at
        place = self.dice.randrange(len(self._workers))
        try:
            while self._workers[place].look():
                pass
        except Killed:
            self.kills += 1
            self.troubled.update(Delivery.objects.filter(ended_at__isnull=True).values_list("pk", flat=True))
            self._workers[place] = Loop(self.clock)
        if at - self._harvested > 10 * DAY:
            self._harvest(at - 5 * DAY)

    def _make_due(self, now: datetime) -> int:
        """Make all that is due; perhaps be killed just before it is whole, or just after."""
        if self.dice.random() < KILLED_MAKING:
            with patch.object(making, "enqueue", side_effect=Killed):
                making.make_due(now)
        made = 0
        while making.is_due(now):
            made += making.make_due(now)
        self.looks.append(now)
        if self.dice.random() < KILLED_AFTER_MAKING:
            raise Killed
        return made

    def _harvest(self, until: datetime) -> None:
        """Take what became of everything till then, before it is forgotten."""
        rows = Reminder.objects.filter(due_at__gte=self._harvested, due_at__lt=until)
        for row in rows.select_related("routine").prefetch_related("deliveries"):
            ways = tuple((way.pk, way.state, way.ended_at) for way in row.deliveries.all())
            who = self._numbers[row.routine.person_id].number
            key = row.day, row.minute
            assert key not in self.ended[who, row.routine.about]
            self.ended[who, row.routine.about][key] = Ended(row.due_at, row.standing, ways)
        self._harvested = until


def _address(one: Someone) -> str:
    return f"p{one.number}@example.org"


def _ended(_task: DBTaskResult[Any, Any], error: BaseException) -> None:
    """Leave a task as it is when its worker is ended; and hide no error."""
    raise error
