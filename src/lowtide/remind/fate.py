"""What is due in, what is to be sent and what is dropped, and why, out. Called by the app's worker, twice for each.

Law: nothing is sent late, in quiet hours, or for what was practised already; of several that are due at one look the
latest alone is sent. The order of the reasons: late, quiet, done, earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from lowtide.model.routine import LATEST, Due, Fate, OwnClock, Quiet, Routine
from lowtide.remind.due import moment_of


def is_quiet(at: datetime, quiet: Quiet | None, clock: OwnClock) -> bool:
    """Say whether a moment lies in somebody's quiet hours.

    >>> from datetime import UTC
    >>> night = Quiet(from_minute=22 * 60, to_minute=7 * 60)
    >>> utc = OwnClock(zone=UTC, day_starts_minute=240)
    >>> [is_quiet(datetime(2026, 3, 1, hour, tzinfo=UTC), night, utc) for hour in (21, 22, 6, 7)]
    [False, True, True, False]
    """
    if quiet is None:
        return False
    wall = at.astimezone(clock.zone)
    minute = wall.hour * 60 + wall.minute
    if quiet.from_minute < quiet.to_minute:
        return quiet.from_minute <= minute < quiet.to_minute
    return minute >= quiet.from_minute or minute < quiet.to_minute


def done_since(routine: Routine, due: Due) -> datetime | None:
    """Give the moment from which practice counts as done for this reminder; None where it never does.

    From the beginning of the person's own day, or, where the routine has several times a day, from half way since the
    one before: who practised at 12:35 because of the reminder of 12:30 is still reminded at 17:00.
    """
    if routine.once_at is not None:
        return None
    starts = routine.clock.day_starts_minute
    begins = moment_of(due.day, starts, routine.clock)
    moments = sorted(moment_of(due.day, minute, routine.clock) for minute in {*routine.times, due.minute})
    halves = [before + (after - before) / 2 for before, after in pairwise(moments)]
    return max((half for half in halves if half <= due.at), default=begins)


def fates(
    routine: Routine, dues: Sequence[Due], now: datetime, *, quiet: Quiet | None, done_at: datetime | None
) -> tuple[Fate | None, ...]:
    """Decide what becomes of everything of one routine that is found due at `now`; None is to be sent.

    `dues` in the order of `dues_between`; `done_at` is when it was last practised, None where it was not.
    """
    alone = [fate_of(routine, due, now, quiet=quiet, done_at=done_at) for due in dues]
    last = max((place for place, fate in enumerate(alone) if fate is None), default=-1)
    return tuple(Fate.EARLIER if fate is None and place < last else fate for place, fate in enumerate(alone))


def fate_of(routine: Routine, due: Due, now: datetime, *, quiet: Quiet | None, done_at: datetime | None) -> Fate | None:
    """Decide what becomes of one by itself: also asked again just before it is sent."""
    if now - due.at > LATEST:
        return Fate.LATE
    if is_quiet(due.at, quiet, routine.clock) or is_quiet(now, quiet, routine.clock):
        return Fate.QUIET
    since = done_since(routine, due)
    if done_at is not None and since is not None and since <= done_at <= now:
        return Fate.DONE
    return None
