"""A stretch of many people's lives: every reminder that was due was sent once, or dropped by a rule that held."""

from __future__ import annotations

import logging
import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection

from living.people import DAY, Someone, Wish, people, utc
from living.watching import HALF_AN_HOUR, TO_BE_SENT, Became, Occurrence, Watch, expected, is_done, is_quiet
from living.world import Ended, World

SEED = 20261025


def zone_at(one: Someone, at: datetime) -> str:
    travelled = [happening.what for happening in one.happenings if "/" in happening.what and happening.at <= at]
    return (one.zone, *travelled)[-1]


def is_paused(one: Someone, at: datetime) -> bool:
    said = [happening.what for happening in one.happenings if "/" not in happening.what and happening.at <= at]
    return said[-1:] == ["pause"]


def lived(many: int, begin: datetime, end: datetime, *days_a_week: int) -> World:
    """Let them live, with the speed of a disk that nobody pulls the plug of."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    drawn = people(many, begin, end, SEED, days_a_week=days_a_week)
    world = World(begin, end, drawn, random.Random(SEED))
    world.live()
    return world


def judged(world: World, caplog: pytest.LogCaptureFixture) -> Counter[str]:
    """Hold everything that became of reminders against the watcher's list; give how often each end was met."""
    watch, cut, met = Watch(world.begin, world.end), world.end - DAY, Counter[str]()
    for one in world.people:
        for wish in one.wishes:
            must = expected(one, wish, world.looks, watch)
            is_ = {key: end for key, end in world.ended[one.number, wish.about].items() if end.due_at < cut}
            assert {key: due.at for key, due in must.items() if due.at < cut} == {k: e.due_at for k, e in is_.items()}
            for key, end in is_.items():
                met[judge(world, one, wish, watch, key, must[key], end)] += 1
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    return met


def judge(
    world: World, one: Someone, wish: Wish, watch: Watch, key: tuple[object, int], must: Became, end: Ended
) -> str:
    """Hold one reminder against the rules; give what became of it."""
    if must.fate != TO_BE_SENT:
        assert (end.standing, end.ways) == (must.fate, ()), (one, wish, key)
        return must.fate
    assert end.standing == "given", (one, wish, key)
    ((way, state, ended_at),) = end.ways
    assert ended_at is not None, "nothing is left lying about"
    handed = world.handed.get(way, [])
    for at in handed:
        assert timedelta(0) <= at - must.at <= HALF_AN_HOUR
        assert not is_quiet(one, zone_at(one, at), at)
        assert not is_paused(one, at)
    assert len(handed) <= 1 or (not wish.by_mail and way in world.doubtful), "nobody sees anything twice"
    due = Occurrence(must.at, key)  # type: ignore[arg-type]  # it is the watcher's own
    assert {
        "sent": len(handed) >= 1 and not (wish.by_mail and way in world.doubtful),
        "failed": len(handed) >= 1,
        "unsure": len(handed) >= 1 and way in world.doubtful,
        "late": ended_at - must.at > HALF_AN_HOUR and way in world.troubled and not (handed and wish.by_mail),
        "quiet": is_quiet(one, zone_at(one, ended_at), ended_at),
        "done": is_done(one, wish, zone_at(one, ended_at), due, ended_at, watch),
        "paused": is_paused(one, ended_at),
    }[state], (one, wish, key, end)
    return state


REASONS = {"sent", "late", "quiet", "done", "earlier", "paused", "failed", "unsure"}


def test_sixty_people_through_the_weeks_in_which_clocks_change(
    committed: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = lived(60, utc("2026-10-19T00:00"), utc("2026-11-04T00:00"), 2, 3)
    met = judged(world, caplog)
    assert met["sent"] > 80
    assert {"late", "quiet", "done", "unsure"} <= set(met)
    assert world.kills > 3


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_people_through_a_year(committed: str, caplog: pytest.LogCaptureFixture) -> None:
    world = lived(1000, utc("2026-01-01T00:00"), utc("2027-01-01T00:00"), 1)
    met = judged(world, caplog)
    assert set(met) >= REASONS - {"paused"}, "somebody is seldom away in just that moment"
    assert sum(met.values()) > 50_000, "in the mean more than one a week for everybody"
    assert world.kills > 500
