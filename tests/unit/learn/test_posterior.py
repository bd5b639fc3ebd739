"""What is known is what a textbook's formula, written out row by row, would say."""

from __future__ import annotations

import numpy as np
import pytest

from lowtide.learn import effects, house_prior, replay
from lowtide.learn.features import features, sessions_of
from lowtide.learn.posterior import solve, start, sums_of
from lowtide.learn.prior import NOISE_SD, TECHNIQUE_SD
from lowtide.learn.student import probability, quantile
from lowtide.model.checkin import CheckIn, Measure
from practised import history, lived, practised

PRIOR = house_prior().measures[Measure.PAIN]


def by_the_book(checkins: list[CheckIn], techniques: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, float]:
    """The posterior mean, scale matrix and degrees of freedom of a normal–inverse-gamma regression, row by row."""
    rated = [one for one in checkins if None not in (one.before.pain, one.after.pain)]
    shared = features(sessions_of(rated, Measure.PAIN, 0)) / 64
    own = [[float(not one.chosen_by.is_random)] for one in rated]
    which = [[float(one.technique == name) for name in techniques] for one in rated]
    x, y = np.hstack([shared[:, :-1], own, which]), shared[:, -1]
    mean = np.concatenate([PRIOR.mean, np.zeros(len(techniques))])
    spread = np.zeros((len(mean), len(mean)))
    spread[:8, :8] = PRIOR.spread
    spread[8:, 8:] = np.eye(len(techniques)) * TECHNIQUE_SD**2
    precision = np.linalg.inv(spread / NOISE_SD**2)
    after = precision + x.T @ x
    found = np.linalg.solve(after, precision @ mean + x.T @ y)
    shape = PRIOR.noise_weight / 2 + len(y) / 2
    apart, moved = y - x @ found, found - mean
    rate = PRIOR.noise_weight / 2 * NOISE_SD**2 + (apart @ apart + moved @ precision @ moved) / 2
    return found, np.linalg.inv(after) * rate / shape, 2 * shape


def test_the_belief_knows_what_the_textbook_knows() -> None:
    techniques = ("belly-breathing", "body-scan", "imagery", "kindness", "pmr")
    tame = [one for one in lived(200) if abs((one.before.pain or 0) - (one.after.pain or 0)) < 3]
    belief = replay(house_prior(), 0, tame)
    found = solve(start(PRIOR, techniques), sums_of(belief, Measure.PAIN, techniques))
    mean, scale, freedom = by_the_book(tame, techniques)
    np.testing.assert_allclose(found.mean, mean, atol=1e-9)
    np.testing.assert_allclose(found.scale, scale, atol=1e-9)
    assert float(found.freedom) == freedom


def test_with_little_known_a_technique_is_thought_to_be_like_the_others() -> None:
    once = effects(replay(house_prior(), 0, [practised(0, "pmr", 8, 1), practised(1, "body-scan", 8, 6)]), Measure.PAIN)
    best = next(one for one in once if one.technique == "pmr")
    assert 0 < best.mean < 2.5, "five points apart in one session each are mostly chance"
    assert best.low < 0


def test_bad_days_are_not_credited_to_the_technique_of_bad_days() -> None:
    # Both ease pain alike, by a third of what there is; one of them happens to be practised on bad days.
    bad = [practised(day, "pmr", 9, 6) for day in range(0, 60, 2)]
    good = [practised(day, "body-scan", 3, 2) for day in range(1, 60, 2)]
    found = {one.technique: one for one in effects(replay(house_prior(), 0, bad + good), Measure.PAIN)}
    raw = 2.0
    assert abs(found["pmr"].mean) < raw / 2
    assert found["pmr"].low < 0 < found["pmr"].high


def test_what_helps_is_found_with_an_interval_that_holds_it() -> None:
    gains = {"belly-breathing": 1.0, "body-scan": 1.0, "pmr": 2.5}
    found = {one.technique: one for one in effects(replay(house_prior(), 0, history(gains, 150, 3)), Measure.PAIN)}
    assert found["pmr"].low < 1.5 < found["pmr"].high
    assert found["pmr"].low > 0
    assert found["pmr"].sessions == sum(one.technique == "pmr" for one in history(gains, 150, 3))


@pytest.mark.parametrize(("freedom", "upper"), [(8, 1.860), (10, 1.812), (30, 1.697), (1000, 1.646)])
def test_students_t_is_the_tables(freedom: int, upper: float) -> None:
    assert float(quantile(1.644854, np.array(float(freedom)))) == pytest.approx(upper, abs=0.001)
    assert probability(upper, freedom) == pytest.approx(0.95, abs=0.002)
    assert probability(-upper, freedom) == pytest.approx(0.05, abs=0.002)
