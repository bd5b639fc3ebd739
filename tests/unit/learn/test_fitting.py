"""Earlier people who have consented teach the prior what techniques do in general, and how much people differ."""

from __future__ import annotations

import numpy as np
import pytest

from lowtide.errors import UserError
from lowtide.learn import fit_prior, house_prior
from lowtide.model.belief import History
from lowtide.model.checkin import Measure
from practised import history

GENERAL = {"belly-breathing": 0.5, "body-scan": 1.0, "pmr": 1.8}
DIFFER = 0.5


@pytest.fixture(scope="module")
def crowd() -> list[History]:
    chance = np.random.default_rng(3)
    gains = [{name: gain + chance.normal(0, DIFFER) for name, gain in GENERAL.items()} for _ in range(150)]
    return [History(checkins=tuple(history(one, 40, seed)), since_ms=0) for seed, one in enumerate(gains)]


def test_what_helps_people_in_general_is_found(crowd: list[History]) -> None:
    prior, info = fit_prior(crowd)
    pain = prior.measures[Measure.PAIN]
    middle = np.mean(list(GENERAL.values()))
    for name, mean in zip(pain.techniques, pain.technique_mean, strict=True):
        assert mean == pytest.approx(GENERAL[name] - middle, abs=0.2)
    assert pain.noise_sd == pytest.approx(1.0, abs=0.15)
    assert np.sqrt(np.diag(pain.technique_spread)).mean() == pytest.approx(DIFFER, abs=0.2)
    assert (info.people, info.checkins) == (150, 150 * 40)
    assert prior.name == "fitted to 150 people"


def test_a_measure_that_nobody_rated_keeps_the_house_prior(crowd: list[History]) -> None:
    prior, _ = fit_prior(crowd[:40])
    assert prior.measures[Measure.STRESS] == house_prior().measures[Measure.STRESS]


def test_a_technique_that_few_have_tried_is_named(crowd: list[History]) -> None:
    rare = History(checkins=tuple(history({"imagery": 1.0}, 5, 999)), since_ms=0)
    _, info = fit_prior([*crowd[:40], rare])
    assert info.notes == ("Fewer than 20 people have rated pain with imagery.",)


def test_a_handful_of_people_is_not_enough(crowd: list[History]) -> None:
    with pytest.raises(UserError, match="3 histories are too few"):
        fit_prior(crowd[:3])
    with pytest.raises(UserError, match="No history has a session that was rated"):
        fit_prior([History(checkins=(), since_ms=0)] * 30)
