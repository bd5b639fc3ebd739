"""The course of pain: what is said of it is as often right as it says, and nothing is said too soon."""

from __future__ import annotations

import numpy as np
import pytest

from lowtide.learn.trend import DAYS_PER_MONTH, change, daily, means, trend
from lowtide.model.report import Estimate, PainRating, Verdict
from lowtide.model.time import MS_PER_DAY

HOUR_MS = 3_600_000


def _rated(pains: list[float], *, every_days: int = 1, hour: int = 9) -> list[PainRating]:
    return [
        PainRating(at_ms=day * every_days * MS_PER_DAY + hour * HOUR_MS, utc_offset_minutes=0, pain=pain)
        for day, pain in enumerate(pains)
    ]


def _lived(chance: np.random.Generator, days: int, *, falls_a_month: float, alike: float) -> list[PainRating]:
    """Draw the days of somebody whose pain falls steadily, with good and bad spells, in whole points from 0 to 10."""
    spell, pains = 0.0, []
    for day in range(days):
        spell = alike * spell + chance.normal(0, 1.4 * np.sqrt(1 - alike**2))
        pains.append(float(np.clip(np.rint(5.5 - falls_a_month * day / DAYS_PER_MONTH + spell), 0, 10)))
    return _rated(pains)


@pytest.mark.parametrize(("falls", "alike"), [(0.0, 0.0), (0.0, 0.5), (1.0, 0.3), (0.5, 0.6)])
def test_nine_in_ten_intervals_hold_the_trend_that_people_really_had(falls: float, alike: float) -> None:
    chance = np.random.default_rng(7)
    held = []
    for _ in range(400):
        found = trend(daily(_lived(chance, 56, falls_a_month=falls, alike=alike)))
        assert found is not None
        held.append(found.low <= -falls <= found.high)
    assert 0.84 <= np.mean(held) <= 0.98


def test_whoever_does_not_change_is_hardly_ever_told_that_they_did() -> None:
    chance = np.random.default_rng(8)
    told = [change(daily(_lived(chance, 56, falls_a_month=0.0, alike=0.4))) for _ in range(400)]
    better = [one for one in told if one and one.verdict in {Verdict.BETTER, Verdict.SLIGHTLY_BETTER}]
    assert len(better) / len(told) <= 0.08


def test_a_clear_and_large_improvement_is_said_to_matter() -> None:
    found = change(daily(_rated([7, 6, 7, 8, 7, 6, 7, 6, 6, 5, 6, 5, 5, 4, 4, 3, 4, 3, 4, 3, 3])))
    assert found is not None
    assert found.verdict is Verdict.BETTER
    assert found.points.high < 0


def test_one_bad_week_after_a_good_one_is_said_as_plainly() -> None:
    found = change(daily(_rated([3, 2, 3, 3, 2, 3, 3, 5, 6, 6, 7, 6, 6, 7])))
    assert found is not None
    assert found.verdict is Verdict.WORSE


@pytest.mark.parametrize("pains", [[], [5.0], [6, 5, 4, 3, 2, 1], [6, 5, 4, 3, 2, 1, 0, 0, 0, 0]])
def test_nothing_is_said_of_a_few_days_however_steep(pains: list[float]) -> None:
    assert trend(daily(_rated(pains))) is None
    assert change(daily(_rated(pains))) is None


def test_two_ratings_at_the_ends_are_too_few_to_speak_of() -> None:
    found = change(daily(_rated([8.0, 2.0], every_days=27)))
    assert found is not None
    assert found.verdict is Verdict.TOO_FEW


def test_a_day_counts_once_however_often_it_was_rated() -> None:
    often = [PainRating(at_ms=hour * HOUR_MS, utc_offset_minutes=0, pain=9) for hour in range(8, 20)]
    days = daily([*often, *(one for one in _rated([0, 1]) if one.pain)])
    assert days.pain.tolist() == [9.0, 1.0]


def test_a_rating_after_midnight_belongs_to_the_evening_where_the_person_says_so() -> None:
    late = [PainRating(at_ms=25 * HOUR_MS, utc_offset_minutes=0, pain=4)]
    assert daily(late).days.tolist() == [1.0]
    assert daily(late, day_begins_minute=4 * 60).days.tolist() == [0.0]


def test_ratings_belong_to_the_day_of_the_place_they_were_given_in() -> None:
    far_east = [PainRating(at_ms=20 * HOUR_MS, utc_offset_minutes=9 * 60, pain=4)]
    assert daily(far_east).days.tolist() == [1.0]


def test_a_week_of_like_days_is_known_better_than_two_wild_ones() -> None:
    (narrow,) = means(daily(_rated([4, 4, 5, 4, 4, 5, 4])), [(0, 6)])
    (wide,) = means(daily(_rated([0, 10])), [(0, 6)])
    assert narrow is not None
    assert wide is not None
    assert narrow.high - narrow.low < wide.high - wide.low


def test_a_week_is_as_bad_as_its_days_and_an_interval_never_leaves_the_scale() -> None:
    good, empty, bad = means(daily(_rated([0, 0, 1])[:3] + _rated([9] * 17)[14:]), [(0, 6), (7, 13), (14, 20)])
    assert good is not None
    assert bad is not None
    assert empty is None
    assert good.low == 0
    assert good.value == pytest.approx(1 / 3, abs=0.2)
    assert bad.value == pytest.approx(9, abs=0.2)


def test_the_smallest_change_that_matters_is_two_points_or_a_third_less() -> None:
    from lowtide.learn.trend import judge

    assert judge(9, Estimate(value=-2.0, low=-3, high=-1)) is Verdict.BETTER
    assert judge(4, Estimate(value=-1.2, low=-2, high=-0.4)) is Verdict.BETTER
    assert judge(9, Estimate(value=-1.5, low=-2, high=-1)) is Verdict.SLIGHTLY_BETTER
    assert judge(9, Estimate(value=1.5, low=0.2, high=3)) is Verdict.SLIGHTLY_WORSE
