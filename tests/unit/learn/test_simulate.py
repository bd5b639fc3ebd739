"""Virtual people are the same for every policy, and what decides for them is the learner that decides for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from lowtide.errors import UserError
from lowtide.learn import house_prior, replay
from lowtide.learn.features import PACKED
from lowtide.learn.simulate import simulate
from lowtide.learn.simulate import table as table_module
from lowtide.learn.simulate.block import Order, Outcome
from lowtide.learn.simulate.ours import Ours
from lowtide.learn.simulate.people import TECHNIQUES, People, people, world
from lowtide.learn.simulate.policies import Rotation
from lowtide.model.belief import Belief, Group
from lowtide.model.checkin import CheckIn, ChosenBy, Measure, Ratings
from lowtide.model.time import MS_PER_MINUTE
from practised import DAY_MS

COUNT, WEEKS = 40, 3
PAIN = house_prior().measures[Measure.PAIN]


@pytest.fixture(scope="module")
def crowd() -> People:
    return people(world(5, WEEKS), COUNT, np.random.default_rng(5))


def believed(crowd: People, picks: np.ndarray, person: int) -> Belief:
    """What the learner itself believes after this person's check-ins."""
    checkins = []
    for day in np.flatnonzero(crowd.is_there[person]).tolist():
        kind = int(picks[person, day])
        # The simulation counts weeks from midnight and hours apart from it, so the hour is told as an offset.
        offset = int(crowd.own_minute[person, day])
        before = float(crowd.before[person, day])
        after = before - float(crowd.relief[person, day, kind]) if crowd.is_rated[person, day] else None
        checkins.append(
            CheckIn(
                id=str(day), began_ms=day * DAY_MS, ended_ms=day * DAY_MS + 60 * MS_PER_MINUTE,
                utc_offset_minutes=offset if offset <= 720 else offset - 1440, technique=TECHNIQUES[kind],
                planned_ms=int(crowd.planned_ms[person, day]), heard_ms=int(crowd.heard_ms[person, day]),
                before=Ratings(pain=before), after=Ratings(pain=after),
                chosen_by=ChosenBy.PERSON if crowd.is_own[person, day] else ChosenBy.PROTOCOL,
            )
        )  # fmt: skip
    return replay(house_prior(), 0, checkins)


def test_the_simulated_learner_counts_exactly_what_the_learner_counts(crowd: People) -> None:
    ours = Ours(crowd, PAIN, np.random.default_rng(1))
    picks = np.zeros(crowd.before.shape, dtype=np.int64)
    for day in range(crowd.before.shape[1]):
        picks[:, day] = np.where(crowd.is_own[:, day], crowd.own_pick[:, day], ours.pick(day))
        ours.told(day, picks[:, day], crowd.is_rated[:, day], crowd.is_own[:, day], crowd.is_there[:, day])
    for person in range(COUNT):
        belief = believed(crowd, picks, person)
        told = [[belief.sums.get(Group(name, Measure.PAIN, own), (0,) * PACKED) for own in (False, True)]
                for name in TECHNIQUES]  # fmt: skip
        np.testing.assert_array_equal(ours.sums[person], np.array(told))


def test_the_simulated_learner_logs_the_odds_that_it_drew_from(crowd: People) -> None:
    ours = Ours(crowd, PAIN, np.random.default_rng(1))
    ours.pick(0)
    there = crowd.is_there[:, 0]
    np.testing.assert_allclose(ours.odds[there, 0].sum(axis=1), 1)
    assert (ours.odds[there, 0] > 0).all()


def test_rotation_gives_each_technique_in_turn(crowd: People) -> None:
    rotation, everyone = Rotation(crowd), np.ones(COUNT, dtype=bool)
    given = []
    for day in range(len(TECHNIQUES)):
        given.append(rotation.pick(day))
        rotation.told(day, given[-1], everyone, ~everyone, everyone)
    assert (np.sort(np.stack(given), axis=0) == np.arange(len(TECHNIQUES))[:, None]).all()


def test_ratings_are_whole_and_on_the_scale_and_people_miss_days_and_answers(crowd: People) -> None:
    after = crowd.before[..., None] - crowd.relief
    for rated in (crowd.before, after):
        assert ((rated >= 0) & (rated <= 10) & (rated == np.rint(rated))).all()
    assert 0.4 < crowd.is_there.mean() < 0.85
    assert 0.6 < crowd.is_rated.mean() < 0.95
    assert 0.05 < crowd.is_own.mean() < 0.35


def test_in_the_null_population_every_technique_is_worth_the_same() -> None:
    nobody_differs = people(world(5, WEEKS, 0.0), COUNT, np.random.default_rng(5))
    assert np.ptp(nobody_differs.worth, axis=1).max() < 1e-9


def test_those_who_choose_themselves_do_better_than_chance_so_their_sessions_are_not_random() -> None:
    crowd = people(world(6, 8, 0.0), 200, np.random.default_rng(6))
    own = np.take_along_axis(crowd.relief, crowd.own_pick[..., None], axis=2)[..., 0][crowd.is_own].mean()
    assert own > crowd.relief.mean() + 0.3


@pytest.fixture(scope="module")
def table() -> dict[str, object]:
    return simulate(40, 2, 3).values


def test_the_same_seed_is_the_same_table_however_the_work_is_spread(table: dict[str, object]) -> None:
    backwards = simulate(40, 2, 3, over=lambda job, orders: [job(one) for one in reversed(orders)][::-1])
    assert backwards.values == table


def test_the_table_has_every_policy_and_nobody_beats_the_oracle(table: dict[str, object]) -> None:
    policies = table["policies"]
    assert isinstance(policies, dict)
    assert set(policies) == {
        "lowtide", "lowtide-house-prior", "rotation", "random", "best-on-average", "most-played", "oracle", "lints",
        "linucb",
    }  # fmt: skip
    assert policies["oracle"]["regret"] == 0
    assert all(one["regret"] > 0 for name, one in policies.items() if name != "oracle")


@pytest.mark.parametrize(("count", "weeks", "seed", "differs", "says"), [
    (0, 8, 1, 1.0, "0 people"), (10**9, 8, 1, 1.0, "1000000000 people"), (40, 0, 1, 1.0, "0 weeks"),
    (40, 8, -1, 1.0, "-1 is not a seed"), (40, 8, 1, float("nan"), "nan"), (40, 8, 1, -1.0, "-1"),
])  # fmt: skip
def test_sizes_that_make_no_sense_are_refused(count: int, weeks: int, seed: int, differs: float, says: str) -> None:
    with pytest.raises(UserError, match=says):
        simulate(count, weeks, seed, differs=differs)


def test_a_persons_decisions_are_told_from_everybody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Outcome] = []

    def keep(job: Callable[[Order], Outcome], orders: Sequence[Order]) -> list[Outcome]:
        seen.extend(job(one) for one in orders)
        return seen

    monkeypatch.setattr(table_module, "BLOCK", 30)
    simulate(40, 1, 3, over=keep, has_bandits=False)
    real = [set(outcome.logged.person.tolist()) for outcome in seen[:2]]
    assert all(real)
    assert real[0].isdisjoint(real[1])


@pytest.mark.long
@pytest.mark.parametrize("seed", [21, 22])
def test_the_learner_keeps_its_promises_in_worlds_that_it_was_not_made_in(seed: int) -> None:
    values = simulate(1000, 8, seed, has_bandits=False).values
    policies = values["policies"]
    assert policies["lowtide"]["regret"] <= policies["rotation"]["regret"] / 2
    assert 0.87 <= values["coverage_90"] <= 0.93
    assert values["null_false_claims"] <= 0.05
    low, high = values["off_policy"]["interval"]
    middle, half = (low + high) / 2, (high - low) / 2
    assert abs(values["off_policy"]["truth"] - middle) < 1.6 * half, "three standard errors"
