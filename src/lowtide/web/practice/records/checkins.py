"""A person's sessions in, the core's check-ins out: each session as it was lived, for learning, reports and harm."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from lowtide.model.checkin import CheckIn, ChosenBy
from lowtide.model.checkin import Ratings as RatingsNoun
from lowtide.screen import Harm, count_harm
from lowtide.screen.harm import DISTRESS_DAYS
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Moment, Ratings, Session


def checkins_of(person: Person, *, since: datetime | None = None) -> tuple[CheckIn, ...]:
    """Give every session that was begun or answered, in order; partial ones too. Prefetched: five queries in all."""
    lived = Q(begun_at__isnull=False) | Q(ratings__moment=Moment.AFTER) | Q(unwell_reports__isnull=False)
    rows: QuerySet[Session] = person.sessions.filter(lived).distinct()
    if since is not None:
        rows = rows.filter(made_at__gte=since)
    return tuple(_checkin(row) for row in rows.prefetch_related("ratings__pains", "unwell_reports"))


def harm_of(person: Person, at: datetime) -> Harm:
    """Count the unwanted effects of the last weeks."""
    since = at - timedelta(days=DISTRESS_DAYS + 1)
    loose = person.unwell_reports.filter(session__isnull=True, at__gte=since)
    return count_harm(
        checkins_of(person, since=since), now_ms=ms_of(at), unwell_ms=[ms_of(report.at) for report in loose]
    )


def _checkin(row: Session) -> CheckIn:
    told = {one.moment: one for one in row.ratings.all()}
    before, after = told.get(Moment.BEFORE), told.get(Moment.AFTER)
    reports = list(row.unwell_reports.all())
    began_ms = ms_of(row.begun_at or row.made_at)
    ends = [row.ended_at, after.at if after else None, *(report.at for report in reports)]
    return CheckIn(
        id=str(row.uuid),
        began_ms=began_ms,
        ended_ms=max([began_ms, *(ms_of(end) for end in ends if end is not None)]),
        utc_offset_minutes=row.utc_offset_minutes,
        technique=row.technique,
        planned_ms=row.length_ms,
        heard_ms=row.heard_ms,
        before=_ratings(before),
        after=_ratings(after),
        pleasantness=None if after is None else _float(after.pleasantness),
        is_unwell=bool(reports),
        chosen_by=ChosenBy(row.chosen_by),
        odds=tuple(sorted(row.odds.items())),
    )


def _ratings(row: Ratings | None) -> RatingsNoun:
    if row is None:
        return RatingsNoun()
    pains = [one.intensity for one in row.pains.all() if one.intensity is not None]
    return RatingsNoun(pain=_float(max(pains, default=None)), tension=_float(row.tension), stress=_float(row.stress))


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)


def ms_of(at: datetime) -> int:
    """Give a moment in milliseconds of UTC since 1970."""
    return round(at.timestamp() * 1000)
