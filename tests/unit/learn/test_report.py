"""What a report says of some weeks, and what it refuses to say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lowtide.learn.prior import house_prior
from lowtide.learn.report import report
from lowtide.learn.update import replay
from lowtide.model.checkin import CheckIn, ChosenBy, Ratings
from lowtide.model.report import PainRating, Report, Verdict
from lowtide.model.time import MS_PER_DAY

TEN_MIN_MS = 600_000
HOUR_MS = 3_600_000


def _day(day: int, before: float | None, after: float | None, technique: str = "pmr") -> CheckIn:
    at_ms = day * MS_PER_DAY + 9 * HOUR_MS
    return CheckIn(
        id=f"{day}-{technique}", began_ms=at_ms, ended_ms=at_ms, technique=technique, planned_ms=TEN_MIN_MS,
        heard_ms=TEN_MIN_MS, before=Ratings(pain=before), after=Ratings(pain=after), chosen_by=ChosenBy.PROTOCOL,
    )  # fmt: skip


def _told(checkins: list[CheckIn], diary: tuple[PainRating, ...] = (), **period: int) -> Report:
    found = report(replay(house_prior(), 0, checkins), diary, **period)
    assert found is not None
    return found


def _weeks(pains: list[float]) -> list[CheckIn]:
    return [_day(day, pain, max(pain - 1, 0)) for day, pain in enumerate(pains)]


def test_nothing_practised_and_nothing_rated_is_no_report() -> None:
    assert report(replay(house_prior(), 0, [])) is None
    assert report(replay(house_prior(), 0, _weeks([5])), first_day=10, last_day=20) is None


def test_weeks_follow_each_other_without_a_gap_and_quiet_ones_are_there() -> None:
    told = _told([_day(0, 5, 4), _day(1, 5, 4), _day(22, 5, 4), _day(23, 4, 4)])
    assert [week.first_day for week in told.weeks] == [0, 7, 14, 21]
    assert [week.sessions for week in told.weeks] == [2, 0, 0, 2]
    assert [week.pain is None for week in told.weeks] == [False, True, True, False]


def test_practice_is_counted_in_full_with_what_was_left_before_its_end() -> None:
    half = replace(_day(1, 5, 4), heard_ms=TEN_MIN_MS // 2)
    dose = _told([_day(0, 5, 4), half, _day(1, 5, 4, "kindness")]).dose
    assert (dose.sessions, dose.partial, dose.days) == (3, 1, 2)
    assert dose.heard_ms == 25 * 60_000
    assert dose.minutes_a_week == pytest.approx(25)


def test_the_diary_counts_as_well_as_the_question_before_a_session() -> None:
    diary = tuple(PainRating(at_ms=day * MS_PER_DAY, utc_offset_minutes=0, pain=3) for day in range(30))
    told = _told([_day(0, 9, 8)], diary)
    assert sum(week.rated_days for week in told.weeks) == 30
    assert told.trend is not None


def test_relief_is_told_beside_what_comes_by_itself() -> None:
    told = _told(_weeks([6.0] * 10))
    assert told.relief is not None
    assert told.relief.value == pytest.approx(1)
    assert 0 < told.eased_by_itself < told.relief.value
    assert _told(_weeks([6.0] * 4)).relief is None


def test_a_period_takes_only_its_own_days() -> None:
    told = _told(_weeks([8.0] * 7 + [2.0] * 14), first_day=7, last_day=20)
    assert told.dose.sessions == 14
    assert told.change is not None
    assert told.change.verdict is Verdict.NO_CLEAR_CHANGE


def test_a_bad_first_week_is_warned_of_as_regression_to_the_mean() -> None:
    chance = np.random.default_rng(1)
    ordinary = [float(np.clip(np.rint(chance.normal(4, 1)), 0, 10)) for _ in range(21)]
    assert any("regression to the mean" in one for one in _told(_weeks([8.0] * 7 + ordinary)).cautions)
    assert not any("regression to the mean" in one for one in _told(_weeks([4.0] * 7 + ordinary)).cautions)


def test_there_is_always_a_word_about_the_missing_comparison() -> None:
    assert "no comparison group" in _told([_day(0, 5, 4)]).cautions[0]


def test_sessions_that_were_not_rated_and_those_that_were_chosen_are_pointed_out() -> None:
    silent = [replace(_day(day, 5, None), chosen_by=ChosenBy.PERSON) for day in range(10)]
    cautions = " ".join(_told(silent).cautions)
    assert "None of 10 sessions were rated" in cautions
    assert "chosen by the person" in cautions


def test_unwanted_effects_are_counted_by_technique_and_never_left_out() -> None:
    told = _told([_day(0, 3, 6), replace(_day(1, 5, 5), is_unwell=True), _day(2, 5, 4, "kindness")])
    assert [(one.technique, one.sessions, one.unwell, one.worse) for one in told.unwanted] == [("pmr", 2, 1, 1)]
