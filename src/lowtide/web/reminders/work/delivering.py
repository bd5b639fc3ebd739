"""Deliveries in, messages out: each is claimed, looked at once more, handed over once, and told how it ended.

Called by the task. Law: only who holds a delivery's token changes it. The last change before the hand-over asks the
database whether it still may be sent; killed before it, another worker takes over when the lease ends; killed after it,
what can not be repeated unseen is not sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Exists, F, Q, QuerySet

from lowtide.model.routine import Fate
from lowtide.web.reminders.breaks import silencing
from lowtide.web.reminders.channels import Again, Channel, Failed, Lost, Outcome, Sent, Unsure, channel_of
from lowtide.web.reminders.clock import Clock
from lowtide.web.reminders.models import Delivery, Pause, Routine, State
from lowtide.web.reminders.records import due_of
from lowtide.web.reminders.work.around import Around, around

LEASE = timedelta(minutes=2)
"""Longer than a channel's own patience, shorter than a person would notice; workers' clocks agree within it."""
FIRST_WAIT = timedelta(minutes=1)
"""Before the second attempt; then twice as long each time, until it is late."""
MOST_DOUBLINGS = 4
log = logging.getLogger(__name__)


def deliver_all(deliveries: Collection[UUID], clock: Clock) -> None:
    """Deliver these, one after the other; those that are gone, held by others or not yet due are left alone."""
    token = _claim(deliveries, clock())
    ours = Delivery.objects.filter(pk__in=deliveries, token=token)
    rows = list(ours.select_related("reminder__routine__person__owner"))
    known = around([row.reminder.routine for row in rows], clock())
    for row in rows:
        _deliver(Held(row=row, token=token, clock=clock), known)


def _claim(deliveries: Collection[UUID], now: datetime) -> UUID:
    """Take those that wait, or whose worker was ended; give the token that says which are ours now."""
    token = uuid4()
    free = Q(state=State.WAITING, not_before__lte=now) | Q(state=State.CLAIMED, lease_until__lt=now)
    Delivery.objects.filter(free, pk__in=deliveries).update(
        state=State.CLAIMED, token=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return token


def _deliver(one: Held, known: Around) -> None:
    reminder, channel = one.row.reminder, channel_of(one.row.channel)
    (fate,) = known.fates(reminder.routine, [due_of(reminder)], one.clock())
    if fate is not None or channel is None:
        one.end(fate or Fate.NOWHERE)
        return
    try:
        outcome = channel.send(one.row, one.hand_over)
    except Lost:
        one.let_go()
    except Exception:  # the worker's loop: one delivery that breaks must not stop the others
        log.exception("A reminder could not be delivered.")  # the log's formatter leaves out the error's words
        one.settle(_broken(one, channel))
    else:
        one.settle(outcome)


def _broken(one: Held, channel: Channel) -> Outcome:
    return Unsure() if one.is_handed_over and not channel.may_repeat else Again()


@dataclass(slots=True, kw_only=True)
class Held:
    """A delivery in one worker's hands."""

    row: Delivery
    token: UUID
    clock: Clock
    is_handed_over: bool = False

    def hand_over(self) -> None:
        """Say that it leaves now; raise `Lost` where it may not: taken over, or the person is to be sent nothing."""
        now = self.clock()
        still = self._ours(State.CLAIMED).filter(self._may_be_sent(), lease_until__gt=now)
        if not still.update(state=State.HANDING, lease_until=now + LEASE):
            raise Lost
        self.is_handed_over = True

    def let_go(self) -> None:
        """Leave it: if it is still ours, the person is to be sent nothing, or we were too slow and another may try."""
        now = self.clock()
        self._ours(State.CLAIMED).exclude(self._may_be_sent()).update(state=Fate.PAUSED, ended_at=now)
        self._ours(State.CLAIMED).update(state=State.WAITING, token=None, lease_until=None, queued_at=None)

    def settle(self, outcome: Outcome) -> None:
        """Keep what became of it."""
        match outcome:
            case Sent():
                self.end(Fate.SENT)
            case Failed():
                self.end(Fate.FAILED)
            case Unsure():
                self.end(Fate.UNSURE)
            case Again(after=after):
                wait = after or FIRST_WAIT * 2 ** min(self.row.attempts - 1, MOST_DOUBLINGS)
                self._ours(State.CLAIMED, State.HANDING).update(
                    state=State.WAITING, token=None, lease_until=None, queued_at=None, not_before=self.clock() + wait
                )

    def end(self, fate: Fate) -> None:
        """End it; what was given up as unsure while we were slow is told as it really was."""
        self._ours(State.CLAIMED, State.HANDING, Fate.UNSURE).update(state=fate.value, ended_at=self.clock())

    def _ours(self, *states: str) -> QuerySet[Delivery]:
        return Delivery.objects.filter(pk=self.row.pk, token=self.token, state__in=[str(state) for state in states])

    def _may_be_sent(self) -> Q:
        """Let the database say, in the same statement, that the person is still to be sent this."""
        routine = self.row.reminder.routine
        is_paused = Exists(Pause.objects.filter(silencing(routine.about), person=routine.person_id))
        return Q(~is_paused) & Q(Exists(Routine.objects.filter(pk=routine.pk, is_on=True)))
