"""The learner draws from the odds that it gives out, forgets nothing, and never draws what has done harm."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lowtide.errors import UserError
from lowtide.learn import begin, choose, house_prior, replay
from lowtide.learn.odds import FLOOR
from lowtide.model.belief import Belief, Context
from lowtide.model.checkin import CheckIn, Measure, Ratings
from practised import DAY_MS, history, practised

NAMES = ("belly-breathing", "body-scan", "imagery", "pmr")
ALIKE = dict.fromkeys(NAMES, 1.0)
HELPED_BY_PMR = ALIKE | {"pmr": 3.0}
DAYS = 60


def believed(checkins: list[CheckIn]) -> Belief:
    return replay(house_prior(), 0, checkins)


def on(day: float, **changes: Any) -> Context:
    return replace(Context(at_ms=round(day * DAY_MS)), **changes)


def odds(belief: Belief, context: Context, names: tuple[str, ...] = NAMES, seed: int = 0) -> dict[str, float]:
    return dict(choose(belief, names, context, seed)[0].odds)


@pytest.mark.parametrize("checkins", [[], history(HELPED_BY_PMR, DAYS, 1)])
def test_odds_add_up_and_nothing_is_forgotten(checkins: list[CheckIn]) -> None:
    found = odds(believed(checkins), on(DAYS))
    assert sum(found.values()) == pytest.approx(1)
    assert set(found) == set(NAMES)
    assert min(found.values()) >= FLOOR / len(NAMES) * (1 - 1e-9)


def test_what_helps_is_drawn_more_often() -> None:
    found = odds(believed(history(HELPED_BY_PMR, DAYS, 1)), on(DAYS + 20))
    assert found["pmr"] > 0.8


def test_techniques_are_drawn_as_often_as_their_odds_say() -> None:
    belief = believed(history(ALIKE, 20, 2))
    drawn: Counter[str] = Counter()
    expected = dict.fromkeys(NAMES, 0.0)
    tries = 600
    for seed in range(tries):
        choice, _ = choose(belief, NAMES, on(40), seed)
        drawn[choice.technique] += 1
        expected = {name: expected[name] + chance for name, chance in choice.odds}
    for name in NAMES:
        share = expected[name] / tries
        assert abs(drawn[name] / tries - share) < 4 * np.sqrt(share * (1 - share) / tries)


def test_the_same_arguments_give_the_same_choice_and_another_day_another_lot() -> None:
    belief = begin(house_prior(), 0)
    assert choose(belief, NAMES, on(3), 7) == choose(belief, tuple(reversed(NAMES)), on(3), 7)
    assert len({choose(belief, NAMES, on(day), 0)[0].technique for day in range(40)}) == len(NAMES)


def test_even_what_helps_most_is_not_given_daily_unless_that_is_asked_for() -> None:
    belief = believed([*history(HELPED_BY_PMR, DAYS, 1), practised(DAYS, "pmr", id="last")])
    soon, later = on(DAYS + 0.5), on(DAYS + 30)
    assert odds(belief, soon)["pmr"] < odds(belief, later)["pmr"]
    assert odds(belief, replace(soon, wants_same=True))["pmr"] > odds(belief, soon)["pmr"]


def test_a_technique_that_twice_left_the_person_unwell_is_not_offered_for_three_months() -> None:
    unwell = [practised(day, "pmr", id=str(day), is_unwell=True) for day in (100, 110)]
    belief = believed(history(HELPED_BY_PMR, DAYS, 1) + unwell)
    choice, info = choose(belief, NAMES, on(111), 0)
    assert "pmr" not in dict(choice.odds)
    assert info.withheld == (("pmr", "it has twice left you unwell"),)
    assert "pmr" in odds(belief, on(100 + 91))


def test_pain_that_rose_by_two_points_twice_does_the_same_and_once_does_not() -> None:
    worse = [practised(day, "imagery", 4, 6, id=str(day)) for day in (100, 110)]
    assert "imagery" not in odds(believed(worse), on(111))
    assert "imagery" in odds(believed(worse[:1]), on(111))


def test_when_everything_has_done_harm_the_person_is_sent_to_a_professional() -> None:
    harm = [practised(day, name, id=f"{name}{day}", is_unwell=True) for day in (1, 2) for name in NAMES]
    with pytest.raises(UserError, match="professional"):
        choose(believed(harm), NAMES, on(3), 0)


def test_without_candidates_nothing_is_drawn() -> None:
    with pytest.raises(UserError, match="no technique to choose from"):
        choose(begin(house_prior(), 0), (), on(0), 0)


def test_between_equals_the_more_pleasant_is_drawn_more_often() -> None:
    told = [practised(day, name, id=f"{name}{day}", pleasantness=9.0 if name == "imagery" else 2.0)
            for day in range(10) for name in NAMES]  # fmt: skip
    found = odds(believed(told), on(40))
    assert found["imagery"] == max(found.values())


def test_what_matters_to_the_person_decides() -> None:
    def session(day: int, name: str) -> CheckIn:
        eased = Ratings(pain=5, stress=3) if name == "imagery" else Ratings(pain=3, stress=5)
        known = practised(day, name, id=f"{name}{day}")
        return replace(known, before=Ratings(pain=6, stress=6), after=eased)

    belief = believed([session(day, name) for day in range(25) for name in ("imagery", "pmr")])
    for_pain = odds(belief, on(60), ("imagery", "pmr"))
    for_stress = odds(belief, on(60, matters={Measure.STRESS: 1.0}), ("imagery", "pmr"))
    assert for_pain["pmr"] > 0.9
    assert for_stress["imagery"] > 0.9
