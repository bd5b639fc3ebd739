"""What must have come of it: the rules of reminders once more, by somebody who watches each wall and keeps a list.

Knows nothing of `remind` or of any row: people and looks in, what each occurrence must have become out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from living.people import DAY, TIMES, ZONES, Happening, Someone, Wish, wall

STEP = timedelta(minutes=5)
"""Every zone that is lived in is a multiple of this from UTC, and every time too."""
HALF_AN_HOUR = timedelta(minutes=30)
TO_BE_SENT = "to be sent"
Key = tuple[date, int]
WATCHED = frozenset({*TIMES, 0, 240, 330})


@dataclass(frozen=True)
class Watch:
    """Somebody who watches walls from the beginning to the end."""

    begin: datetime
    end: datetime

    @lru_cache(maxsize=len(ZONES))  # noqa: B019 (there is one watch, and it ends with the test)
    def comes(self, zone: str) -> Mapping[datetime, datetime]:
        """Watch one wall; give when each time that matters comes."""
        comes: dict[datetime, datetime] = {}
        at, before = self.begin - 4 * DAY, None
        while at < self.end + 4 * DAY:
            shows = wall(at, zone)
            if before is not None:
                left_out = before + STEP
                while left_out < shows:  # the clock went forward: what it leaves out comes that much later
                    comes.setdefault(left_out, at + (left_out - before - STEP))
                    left_out += STEP
            comes.setdefault(shows, at)  # a clock that went back shows it again: the first time holds
            at, before = at + STEP, shows
        return {shows: at for shows, at in comes.items() if shows.hour * 60 + shows.minute in WATCHED}

    def time_of(self, one: Someone, zone: str, day: date, minute: int) -> datetime:
        """Give when a time of one of a person's own days comes."""
        shows = datetime.combine(day, time()) + timedelta(minutes=minute)
        return self.comes(zone)[shows + DAY if minute < one.day_starts else shows]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of one of a person's own days."""

    at: datetime
    key: Key


def occurrences(one: Someone, wish: Wish, zone: str, watch: Watch) -> list[Occurrence]:
    """List everything that this wall rings for, of this wish, in order."""
    found = []
    for shows, at in watch.comes(zone).items():
        minute, own = shows.hour * 60 + shows.minute, shows - timedelta(minutes=one.day_starts)
        if minute in wish.times and own.weekday() in wish.weekdays:
            found.append(Occurrence(at, (own.date(), minute)))
    return sorted(found, key=lambda due: due.at)


@dataclass(frozen=True, slots=True)
class Became:
    """What must have become of an occurrence when it was found due."""

    at: datetime
    """When it was due."""
    fate: str


def expected(one: Someone, wish: Wish, looks: Sequence[datetime], watch: Watch) -> dict[Key, Became]:
    """Say what must have become of each occurrence of a wish; what is not there must not be there."""
    became: dict[Key, Became] = {}
    zone, since, is_paused = one.zone, watch.begin, False
    listed = occurrences(one, wish, zone, watch)
    for happening in (*one.happenings, Happening(at=watch.end, what="end")):
        if not is_paused:
            since = _look(one, wish, zone, listed, looks, since, happening.at, became, watch)
        if happening.what == "pause":
            is_paused = True
        elif happening.what == "resume":
            is_paused, since = False, happening.at if is_paused else since
        elif happening.what != "end":
            pending = [due.at for due in listed if since < due.at <= happening.at] if not is_paused else []
            since = min(pending) - timedelta(seconds=1) if pending else happening.at
            zone = happening.what
            listed = occurrences(one, wish, zone, watch)
    return became


def _look(
    one: Someone, wish: Wish, zone: str, listed: Sequence[Occurrence], looks: Sequence[datetime], since: datetime,
    until: datetime, became: dict[Key, Became], watch: Watch,
) -> datetime:  # fmt: skip
    """Go from look to look; give until when everything was looked at."""
    moments = [due.at for due in listed]
    while True:
        place = bisect_right(moments, since)
        look = bisect_left(looks, moments[place]) if place < len(moments) else len(looks)
        if look == len(looks) or looks[look] > until:
            return since
        found = [due for due in listed[place : bisect_right(moments, looks[look])] if due.key not in became]
        became.update(_decided(one, wish, zone, found, looks[look], watch))
        since = looks[look]


def _decided(
    one: Someone, wish: Wish, zone: str, found: Iterable[Occurrence], look: datetime, watch: Watch
) -> dict[Key, Became]:
    order = sorted(found, key=lambda due: (due.at, due.key[0], (due.key[1] - one.day_starts) % 1440))
    became = {due.key: Became(due.at, _alone(one, wish, zone, due, look, watch)) for due in order}
    sendable = [key for key, one_of_them in became.items() if one_of_them.fate == TO_BE_SENT]
    return became | {key: Became(became[key].at, "earlier") for key in sendable[:-1]}


def _alone(one: Someone, wish: Wish, zone: str, due: Occurrence, look: datetime, watch: Watch) -> str:
    if look - due.at > HALF_AN_HOUR:
        return "late"
    if is_quiet(one, zone, due.at) or is_quiet(one, zone, look):
        return "quiet"
    return "done" if is_done(one, wish, zone, due, look, watch) else TO_BE_SENT


def is_quiet(one: Someone, zone: str, at: datetime) -> bool:
    """Say whether they wish to be left alone at a moment."""
    if one.quiet is None:
        return False
    begins, ends = one.quiet
    shows = wall(at, zone)
    return (shows.hour * 60 + shows.minute - begins) % 1440 < (ends - begins) % 1440


def is_done(one: Someone, wish: Wish, zone: str, due: Occurrence, until: datetime, watch: Watch) -> bool:
    """Say whether they practised it since their day began, or since half way from the time before."""
    since = watch.time_of(one, zone, due.key[0], one.day_starts)
    of_the_day = sorted(watch.time_of(one, zone, due.key[0], minute) for minute in wish.times)
    for before, after in pairwise(of_the_day):
        half_way = before + (after - before) / 2
        since = half_way if half_way <= due.at else since
    return any(since <= at <= until for at in one.practised[wish.about])
