"""What has gone badly before in, what it changes from now on out: harm is counted.

Called by the app, which keeps what happened, before each session. Laws: one "I don't feel right" is enough to alter the
sessions of the coming weeks; a second unwanted effect says to talk to a professional; nothing is ever counted against
the person, and after some weeks without any, sessions are as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lowtide.model.checkin import DISTRESS_AFTER, CheckIn
from lowtide.model.time import MS_PER_DAY, MS_PER_MINUTE

DISTRESS_DAYS = 30
"""For so long after an unwanted effect sessions stay altered. Of meditators 10.4 % report effects that last a month or
more (Goldberg 2021, Psychother Res 32:359): within that time it can not be known to be over."""
SHORTER_MS = 10 * MS_PER_MINUTE
"""What is offered is no longer than this meanwhile; the careful half of a usual session. The number is a house rule."""

TALK_TO_SOMEONE = (
    "More than once you have not felt right with a session, or your pain was clearly worse after it. Please talk to a "
    "doctor, a therapist or someone else who knows you, before you go on. It is nothing that you did wrong: for about "
    "one person in three such practice also brings something unpleasant, and there are other ways."
)
"""Said after the second time (SAFETY); the share is from Goldberg 2021, 32.3 %."""
GENTLER_NOW = (
    "Last time was not easy, so sessions are gentler for a while: shorter, with your eyes open if you like, with a "
    "sound or your hands to rest on, and the voice never away for long."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What the unwanted effects of the last weeks change."""

    effects: int
    """How many sessions or moments had one."""
    is_distressed: bool
    """True where sessions are altered: other anchor, open eyes, short silences, shorter."""
    needs_professional: bool
    """True where the person is asked to talk to someone first."""

    @property
    def words(self) -> str:
        """What the person is told; empty where nothing is to be told."""
        if self.needs_professional:
            return TALK_TO_SOMEONE
        return GENTLER_NOW if self.is_distressed else ""

    @property
    def most_ms(self) -> int | None:
        """The longest session that is offered by itself; None for no limit."""
        return SHORTER_MS if self.is_distressed else None


def count_harm(checkins: Iterable[CheckIn], *, now_ms: int, unwell_ms: Iterable[int] = ()) -> Harm:
    """Count the unwanted effects of the last `DISTRESS_DAYS` days, and say what they change.

    `unwell_ms` are the moments of "I don't feel right" outside any session; times are milliseconds of UTC since 1970. A
    session that was broken off and after which the pain had risen is one effect.

    >>> count_harm((), now_ms=0).words
    ''
    >>> count_harm((), now_ms=9, unwell_ms=(1,)).is_distressed
    True
    >>> count_harm((), now_ms=9, unwell_ms=(1, 2)).needs_professional
    True
    """
    since_ms = now_ms - DISTRESS_DAYS * MS_PER_DAY
    lately = [one for one in checkins if one.ended_ms > since_ms]
    unwell = sum(one.is_unwell for one in lately) + sum(at_ms > since_ms for at_ms in unwell_ms)
    effects = unwell + sum(one.is_worse and not one.is_unwell for one in lately)
    is_second = effects >= DISTRESS_AFTER
    return Harm(effects=effects, is_distressed=unwell > 0 or is_second, needs_professional=is_second)
