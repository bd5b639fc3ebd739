"""Routines in, what decides over their reminders at this moment out: read for all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lowtide.model.routine import Due, Fate, Quiet
from lowtide.remind import fates
from lowtide.web.reminders.breaks import is_silenced
from lowtide.web.reminders.models import Pause, QuietHours, Routine
from lowtide.web.reminders.practised import last_practised
from lowtide.web.reminders.records import quiet_of, routine_of

LOOK_BACK = timedelta(days=3)
"""A person's own day with its clock changes is shorter; what was practised before says nothing of today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What decides, beside the clock."""

    quiet: Mapping[int, Quiet | None]
    """By person; who is not there has no quiet hours."""
    paused: Mapping[int, set[str]]
    """By person, their reasons to pause; who is not there has none."""
    done_at: Mapping[tuple[int, str], datetime]
    """By person and what it is about."""

    def fates(self, row: Routine, dues: Sequence[Due], now: datetime) -> tuple[Fate | None, ...]:
        """Decide what becomes of what is due of one routine; None is to be sent."""
        if not row.is_on or is_silenced(row.about, self.paused.get(row.person_id, ())):
            return (Fate.PAUSED,) * len(dues)
        done_at = self.done_at.get((row.person_id, row.about))
        return fates(routine_of(row), dues, now, quiet=self.quiet.get(row.person_id), done_at=done_at)


def around(rows: Collection[Routine], now: datetime) -> Around:
    """Read what decides over these routines: three or four queries, however many they are."""
    persons = {row.person_id for row in rows}
    quiet = {hours.person_id: quiet_of(hours) for hours in QuietHours.objects.filter(person__in=persons)}
    paused: dict[int, set[str]] = {}
    for person, why in Pause.objects.filter(person__in=persons).values_list("person_id", "why"):
        paused.setdefault(person, set()).add(why)
    return Around(quiet=quiet, paused=paused, done_at=last_practised(persons, now - LOOK_BACK, now))
