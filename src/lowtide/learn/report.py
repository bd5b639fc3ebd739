"""A belief and pain ratings in, a report out: what can be said of some weeks, and what can not.

Called by the pipeline, for `lowtide report` and the app. Law: every number comes with its interval or with the reason
why there is none; nothing here is estimated a second time elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from lowtide.learn.claims import effects
from lowtide.learn.student import INTERVAL_Z, quantile
from lowtide.learn.trend import DAY_SD, DAYS_PER_WEEK, Days, change, daily, means, own_day, trend
from lowtide.model.belief import Belief
from lowtide.model.checkin import CheckIn, Measure
from lowtide.model.report import Dose, Estimate, PainRating, Report, Unwanted, Week
from lowtide.model.time import MS_PER_MINUTE

EASED_BY_ITSELF = 0.09
"""The share of pain that 15 minutes of education eased (Garland 2017, J Gen Intern Med 32:1106): what attention, rest
and regression to the mean do without any technique."""
BEGAN_HIGH = 0.5
"""A first week that is so many of the person's standard deviations above the later ones began on bad days: house
value, a "medium" difference (Cohen 1988)."""
FEWEST_RELIEFS = 5
"""Rated sessions under which an average relief is not given: house value."""
MOST_UNRATED = 0.4
"""A share of sessions without an answer afterwards from which a reader must be warned: house value."""
NO_COMPARISON = (
    "There is no comparison group here. Pain goes up and down by itself, and people begin on bad days, so a change "
    "over time does not show what caused it."
)
"""In the active control of MBSR's trials, self-reported gains were as large (MacCoon 2012; Rosenkranz 2013)."""
BEGAN_ON_BAD_DAYS = (
    "The first week was worse than the weeks after it. Some of the improvement would have come by itself: bad weeks "
    "are usually followed by better ones (regression to the mean)."
)
CHOSEN = (
    "Most sessions were chosen by the person. People choose what will do them good that day, so techniques can not be "
    "compared fairly from these; a fair comparison can."
)
Dated = Sequence[tuple[int, CheckIn]]
"""Sessions with the person's own day of each."""


def report(
    belief: Belief,
    diary: Iterable[PainRating] = (),
    *,
    first_day: int | None = None,
    last_day: int | None = None,
    day_begins_minute: int = 0,
) -> Report | None:
    """Say what can be said of the days from `first_day` to `last_day`: days since 1970, all that there are if left out.

    `diary` are ratings besides those of the check-ins. Technique effects rest on everything that is believed, whatever
    the period. None where nothing was practised and nothing rated in it.
    """
    every = tuple((own_day(one.began_ms, one.utc_offset_minutes, day_begins_minute), one) for one in _in_order(belief))
    rated = daily((*_as_they_began(belief.counted.values()), *diary), day_begins_minute)
    seen = sorted({*(day for day, _ in every), *map(int, rated.days)})
    if not seen:
        return None
    first, last = (seen[0] if first_day is None else first_day), (seen[-1] if last_day is None else last_day)
    days, dated = rated.between(first, last), tuple((day, one) for day, one in every if first <= day <= last)
    if first > last or not (dated or len(days)):
        return None
    sessions = tuple(one for _, one in dated)
    return Report(
        first_day=first, last_day=last, weeks=_weeks(first, last, days, dated), trend=trend(days), change=change(days),
        relief=_relief(sessions), eased_by_itself=_eased_by_itself(sessions), began_high=_began_high(days),
        effects=effects(belief, Measure.PAIN), dose=_dose(dated, last - first + 1), unwanted=_unwanted(sessions),
        cautions=_cautions(sessions, days),
    )  # fmt: skip


def _in_order(belief: Belief) -> list[CheckIn]:
    return sorted(belief.counted.values(), key=lambda one: (one.began_ms, one.id))


def _as_they_began(checkins: Iterable[CheckIn]) -> list[PainRating]:
    return [
        PainRating(at_ms=one.began_ms, utc_offset_minutes=one.utc_offset_minutes, pain=one.before.pain)
        for one in checkins
        if one.before.pain is not None
    ]


def _weeks(first: int, last: int, days: Days, dated: Dated) -> tuple[Week, ...]:
    parts = [(begin, begin + DAYS_PER_WEEK - 1) for begin in range(first, last + 1, DAYS_PER_WEEK)]
    practised = [[one for day, one in dated if begin <= day <= end] for begin, end in parts]
    return tuple(
        Week(
            first_day=part[0],
            pain=pain,
            rated_days=len(days.between(*part)),
            sessions=len(sessions),
            heard_ms=sum(one.heard_ms for one in sessions),
        )
        for part, pain, sessions in zip(parts, means(days, parts), practised, strict=True)
    )


def _reliefs(sessions: Sequence[CheckIn]) -> list[tuple[float, float]]:
    # (before, after) where both were rated.
    pairs = [(one.before.pain, one.after.pain) for one in sessions]
    return [(before, after) for before, after in pairs if before is not None and after is not None]


def _relief(sessions: Sequence[CheckIn]) -> Estimate | None:
    reliefs = np.array([before - after for before, after in _reliefs(sessions)])
    if len(reliefs) < FEWEST_RELIEFS:
        return None
    mean, error = float(reliefs.mean()), float(reliefs.std(ddof=1)) / math.sqrt(len(reliefs))
    half = float(quantile(INTERVAL_Z, np.array(len(reliefs) - 1.0))) * error
    return Estimate(value=mean, low=mean - half, high=mean + half)


def _eased_by_itself(sessions: Sequence[CheckIn]) -> float:
    befores = [before for before, _ in _reliefs(sessions)]
    return EASED_BY_ITSELF * math.fsum(befores) / len(befores) if befores else 0.0


def _began_high(days: Days) -> float | None:
    if not len(days):
        return None
    first = int(days.days[0])
    then, later = (
        days.between(first, first + DAYS_PER_WEEK - 1),
        days.between(first + DAYS_PER_WEEK, int(days.days[-1])),
    )
    if min(len(then), len(later)) < DAYS_PER_WEEK // 2:
        return None
    return float(then.pain.mean() - later.pain.mean()) / DAY_SD


def _dose(dated: Dated, days: int) -> Dose:
    sessions = [one for _, one in dated]
    heard = sum(one.heard_ms for one in sessions)
    return Dose(
        sessions=len(sessions), partial=sum(one.heard_ms < one.planned_ms for one in sessions),
        days=len({day for day, _ in dated}), heard_ms=heard,
        minutes_a_week=heard / MS_PER_MINUTE / max(days, DAYS_PER_WEEK) * DAYS_PER_WEEK,
    )  # fmt: skip


def _unwanted(sessions: Sequence[CheckIn]) -> tuple[Unwanted, ...]:
    found = []
    for name in sorted({one.technique for one in sessions}):
        own = [one for one in sessions if one.technique == name]
        unwell, worse = sum(one.is_unwell for one in own), sum(one.is_worse for one in own)
        if unwell or worse:
            found.append(Unwanted(technique=name, sessions=len(own), unwell=unwell, worse=worse))
    return tuple(found)


def _unrated(answered: int, of: int) -> str:
    if of == 1:
        return "The one session was not rated before and after."
    some = f"Only {answered}" if answered else "None"
    was = "was" if answered == 1 else "were"
    return f"{some} of {of} sessions {was} rated before and after; the others may be different."


def _cautions(sessions: Sequence[CheckIn], days: Days) -> tuple[str, ...]:
    found = [NO_COMPARISON]
    if (_began_high(days) or 0.0) >= BEGAN_HIGH:
        found.append(BEGAN_ON_BAD_DAYS)
    answered = len(_reliefs(sessions))
    if sessions and answered < len(sessions) * (1 - MOST_UNRATED):
        found.append(_unrated(answered, len(sessions)))
    if sessions and sum(not one.chosen_by.is_random for one in sessions) > len(sessions) / 2:
        found.append(CHOSEN)
    return tuple(found)
