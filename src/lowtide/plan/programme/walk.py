"""A programme and a log's entries in, one after the other, what has become of the weeks out.

Called by `standing` only. Law: a week that was opened stays open, and the present week never goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import assert_never

from lowtide.model.programme import (
    DAYS_A_WEEK,
    Began,
    Chose,
    Finished,
    Left,
    LogEntry,
    Pace,
    Paused,
    Practised,
    Programme,
    Resumed,
    State,
    Stayed,
    Why,
)
from lowtide.model.time import MS_PER_MINUTE

PRACTICE_DAY_MS = MS_PER_MINUTE
"""A day on which less was practised is no practice day: somebody looked in and went away again. A house rule."""
ONE_DAY = timedelta(days=1)
A_WEEK = timedelta(days=DAYS_A_WEEK)


class Walk:
    """One person's way through a programme, day by day."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.numbers = {week.name: index for index, week in enumerate(programme.weeks)}
        self.state = State.NOT_BEGUN
        self.pace = programme.pace
        self.index = 0
        self.opened: dict[str, date] = {}
        self.days: list[date] = []
        self.rounds = 1
        self.ends = date.max
        """The first day of the next week by the calendar."""
        self.stayed: set[date] = set()
        self.own: tuple[str, ...] = ()
        self.began: date | None = None
        self.halted: date | None = None
        """Since when it is paused or left."""
        self.why: Why | None = None
        self.earliest = date.min
        """When it was last taken up again, or its pace changed: a week opens then at the earliest."""
        self.finished: date | None = None
        self.ignored: list[LogEntry] = []
        self.week_ms: tuple[dict[date, int], ...] = tuple({} for _ in programme.weeks)
        """How long each week was practised on each day."""

    @property
    def wanted(self) -> int:
        """How many practice days the next week waits for."""
        return self.programme.days_for_next * self.rounds

    @property
    def _is_under_way(self) -> bool:
        return self.state is State.UNDER_WAY

    def go(self, day: date, entries: Sequence[LogEntry]) -> None:
        """Take all entries of one day, which are in order."""
        is_end = any(isinstance(entry, Finished) for entry in entries)
        morning = day - ONE_DAY if is_end else day  # what was the end of it then opens no week that was added since
        self.until(morning)
        for entry in entries:
            if isinstance(entry, Practised):
                self._practise(entry)
            else:
                self._take(entry)
                self.until(morning)  # whoever takes it up again on a later day may find the next week open

    def until(self, day: date) -> None:
        """Open what is due to open up to the morning of a day."""
        while (opens := self.opens()) is not None and opens <= day:
            self._open(self.index + 1, opens)

    def opens(self) -> date | None:
        """Say when the present week is over, where that is certain."""
        if not self._is_under_way:
            return None
        if self.pace is Pace.CALENDAR:
            return max(self.ends, self.earliest)
        if len(self.days) < self.wanted:
            return None
        return max(_after(self.days[self.wanted - 1], ONE_DAY), self.earliest)

    def _open(self, index: int, day: date) -> None:
        if index == len(self.programme.weeks):
            self.state, self.finished = State.FINISHED, day
            return
        self.index, self.days, self.rounds = index, [], 1
        self.opened[self.programme.weeks[index].name] = day
        self.ends = _after(day, A_WEEK)

    def _take(self, entry: Began | Chose | Stayed | Paused | Resumed | Left | Finished) -> None:
        match entry:
            case Began():
                self._begin(entry)
            case Chose():
                self.own = entry.practices
            case Stayed():
                self._stay(entry.day)
            case Paused():
                if self.state in (State.UNDER_WAY, State.PAUSED):
                    self.state, self.halted, self.why = State.PAUSED, self.halted or entry.day, entry.why
            case Resumed():
                if self.state is State.PAUSED:
                    self._go_on(entry.day)
            case Left():
                if self.state in (State.UNDER_WAY, State.PAUSED):
                    self.halted = self.halted or entry.day
                    self.state, self.why = State.LEFT, None
            case Finished():
                self._finish(entry.day)
            case _:
                assert_never(entry)

    def _begin(self, entry: Began) -> None:
        if entry.programme != self.programme.name:
            self.ignored.append(entry)
            return
        if entry.pace is not self.pace:
            self.pace, self.earliest = entry.pace, entry.day
        if self.state is State.NOT_BEGUN:
            self.state, self.began = State.UNDER_WAY, entry.day
            self._open(0, entry.day)
        elif self.state in (State.LEFT, State.PAUSED):
            self._go_on(entry.day)

    def _go_on(self, day: date) -> None:
        """Take it up again in the same week: the days between have not passed for it."""
        assert self.halted is not None
        self.ends = _after(self.ends, day - self.halted)
        self.state, self.halted, self.why, self.earliest = State.UNDER_WAY, None, None, day

    def _stay(self, day: date) -> None:
        if self._is_under_way and day not in self.stayed:
            self.stayed.add(day)
            self.rounds += 1
            self.ends = _after(self.ends, A_WEEK)

    def _finish(self, day: date) -> None:
        was_left_today = self.state is State.LEFT and self.halted == day
        if self.state in (State.UNDER_WAY, State.PAUSED) or was_left_today:
            self.state, self.finished = State.FINISHED, day

    def _practise(self, entry: Practised) -> None:
        number = self.numbers.get(entry.week)
        if number is None:
            self.ignored.append(entry)
            return
        its = self.week_ms[number]
        its[entry.day] = ms = its.get(entry.day, 0) + entry.ms
        if self.state is not State.UNDER_WAY:
            return
        if number > self.index and ms >= PRACTICE_DAY_MS:
            self._open(number, entry.day)  # whoever has practised in a week has been there, whatever the text says now
        if not self.days or self.days[-1] != entry.day:
            self._count(entry.day)

    def _count(self, day: date) -> None:
        """Count a day, whichever of the open weeks it was practised for: what a telephone kept may be a day old."""
        today = sum([its.get(day, 0) for its in self.week_ms[: self.index + 1]])
        if today >= PRACTICE_DAY_MS:
            self.days.append(day)
            is_last = self.index + 1 == len(self.programme.weeks)
            if is_last and self.pace is Pace.PRACTICE and len(self.days) >= self.wanted:
                self._open(self.index + 1, day)  # nothing is left to open tomorrow: it is done today


def _after(day: date, length: timedelta) -> date:
    """Go on by some days; the calendar's last day is the last."""
    return day + min(length, date.max - day)
