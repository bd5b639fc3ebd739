"""A block of virtual people in, how each policy did with them out. Blocks are independent, and can be run side by side.

Called by `table`. Law: a block's outcome depends on the order (seed, number, size, weeks) and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from lowtide.learn.claims import against_others
from lowtide.learn.features import Real, Whole, moments
from lowtide.learn.fitting import fit_measure
from lowtide.learn.off_policy import Logged
from lowtide.learn.prior import house_prior
from lowtide.learn.simulate.bandits import LINTS, LINUCB, Bandit
from lowtide.learn.simulate.ours import Ours
from lowtide.learn.simulate.people import DECIDING, EARLIER, NULL, REAL, TECHNIQUES, Flags, People, World, people
from lowtide.learn.simulate.policies import Chance, MostPlayed, Policy, Rotation, Same
from lowtide.model.belief import MeasurePrior
from lowtide.model.checkin import Measure

FEWEST_EARLIER, MOST_EARLIER = 200, 1000
"""How many earlier people the prior is fitted to, as many as there are people within that: they were given techniques
at random, and are nobody of the table."""
LAST = 10
"""The technique that a person ends with is the one given most often in so many last decisions."""
OURS, UNFITTED = "lowtide", "lowtide-house-prior"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is known from earlier people."""

    prior: MeasurePrior
    best: int
    """The technique with the greatest mean relief."""
    favourite: int
    """The technique that they chose most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a block is made from."""

    seed: int
    number: int
    first: int
    """How many people there are in the blocks before it."""
    size: int
    where: World
    earlier: Earlier
    has_bandits: bool
    is_null: bool
    """True where nothing differs; then only what is claimed is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one policy did with each of N people."""

    decisions: Real
    """(N): how many there were."""
    relief: Real
    """(N): their relief, added up, in points."""
    regret: Real
    """(N): what the best technique would have given more, added up."""
    ends_best: Real
    """(N): 1 where the person ends with their best technique, a share where it is one of several; without those for
    whom nothing was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A block's results."""

    scores: Mapping[str, Score]
    claimed: Flags
    """(N, K): what was ever claimed."""
    is_wrong: Flags
    """(N, K): True where the technique is worth no more than the mean of the others."""
    is_shown: Flags
    """(N, K): True where there is an interval at the end."""
    is_covered: Flags
    """(N, K): True where the truth is in it."""
    logged: Logged
    """Our decisions that were rated."""
    even_truth: Real
    """What choosing evenly would have given in each of them."""


def earlier_people(seed: int, where: World, count: int) -> Earlier:
    """Simulate earlier people who were given techniques at random, and fit what is known from them."""
    chance = np.random.Generator(np.random.PCG64([seed, EARLIER]))
    crowd = people(where, min(max(count, FEWEST_EARLIER), MOST_EARLIER), chance)
    house = house_prior().measures[Measure.PAIN]
    keeper, evenly = Ours(crowd, house, chance), Chance(crowd, chance)
    picks = _live(crowd, evenly, also=keeper)
    seen = crowd.is_there & crowd.is_rated & ~crowd.is_own
    relief = np.take_along_axis(crowd.relief, picks[..., None], axis=2)[..., 0]
    means = [relief[seen & (picks == kind)].mean() for kind in range(len(TECHNIQUES))]
    return Earlier(
        prior=fit_measure(house, TECHNIQUES, moments(keeper.sums)).prior,
        best=int(np.argmax(means)),
        favourite=int(np.bincount(crowd.own_pick[crowd.is_there & crowd.is_own], minlength=len(TECHNIQUES)).argmax()),
    )


def run(order: Order) -> Outcome:
    """Let every policy decide for the same people."""
    where = replace(order.where, differs=0.0) if order.is_null else order.where
    stream = NULL if order.is_null else REAL
    crowd = people(where, order.size, np.random.Generator(np.random.PCG64([order.seed, stream, order.number])))
    ours = Ours(crowd, order.earlier.prior, _chance(order, 0))
    policies: dict[str, Policy] = {OURS: ours}
    if not order.is_null:
        policies = _policies(order, crowd) | policies
    scores = {name: _score(crowd, _live(crowd, policy)) for name, policy in policies.items()}
    is_shown, is_covered = ours.is_covered()
    worth = np.einsum("ki,ni->nk", against_others(np.ones(len(TECHNIQUES), dtype=bool)), crowd.worth)
    logged, even_truth = _logged(order, crowd, ours)
    return Outcome(
        scores=scores, claimed=ours.claimed, is_wrong=worth <= 0, is_shown=is_shown, is_covered=is_covered,
        logged=logged, even_truth=even_truth,
    )  # fmt: skip


def _chance(order: Order, which: int) -> np.random.Generator:
    stream = NULL if order.is_null else REAL
    return np.random.Generator(np.random.PCG64([order.seed, stream, order.number, DECIDING, which]))


def _policies(order: Order, crowd: People) -> dict[str, Policy]:
    earlier, house = order.earlier, house_prior().measures[Measure.PAIN]
    makers: dict[str, Callable[[], Policy]] = {
        "rotation": lambda: Rotation(crowd),
        "random": lambda: Chance(crowd, _chance(order, 1)),
        "best-on-average": lambda: Same(np.full(order.size, earlier.best)),
        "most-played": lambda: MostPlayed(crowd, earlier.favourite),
        "oracle": lambda: Same(crowd.worth.argmax(axis=1)),
        UNFITTED: lambda: Ours(crowd, house, _chance(order, 2)),
    }
    if order.has_bandits:
        makers |= {kind: partial(Bandit, crowd, kind, _chance(order, 3)) for kind in (LINTS, LINUCB)}
    return {name: make() for name, make in makers.items()}


def _live(crowd: People, policy: Policy, also: Policy | None = None) -> Whole:
    """Live through the days; give what was practised, or would have been: (N, D)."""
    picks = np.zeros(crowd.before.shape, dtype=np.int64)
    for day in range(crowd.before.shape[1]):
        is_own, who = crowd.is_own[:, day], crowd.is_there[:, day]
        picks[:, day] = np.where(is_own, crowd.own_pick[:, day], policy.pick(day))
        for learner in (policy, also):
            if learner is not None:
                learner.told(day, picks[:, day], crowd.is_rated[:, day], is_own, who)
    return picks


def _score(crowd: People, picks: Whole) -> Score:
    decided = crowd.is_there & ~crowd.is_own
    relief = np.take_along_axis(crowd.relief, picks[..., None], axis=2)[..., 0]
    regret = crowd.worth.max(axis=1)[:, None] - np.take_along_axis(crowd.worth, picks, axis=1)
    from_end = decided[:, ::-1].cumsum(axis=1)[:, ::-1]
    is_last = decided & (from_end <= LAST)
    counts = np.stack([(is_last & (picks == kind)).sum(axis=1) for kind in range(len(TECHNIQUES))], axis=1)
    return Score(
        decisions=decided.sum(axis=1).astype(np.float64),
        relief=(relief * decided).sum(axis=1),
        regret=(regret * decided).sum(axis=1),
        ends_best=_share_of_best(counts, crowd.worth)[is_last.any(axis=1)],
    )


def _share_of_best(counts: Whole, worth: Real) -> Real:
    is_most = counts == counts.max(axis=1, keepdims=True)
    best = np.take_along_axis(is_most, worth.argmax(axis=1)[:, None], axis=1)[:, 0]
    share: Real = best / is_most.sum(axis=1)
    return share


def _logged(order: Order, crowd: People, ours: Ours) -> tuple[Logged, Real]:
    seen = crowd.is_there & ~crowd.is_own & crowd.is_rated
    person, day = np.nonzero(seen)
    odds, technique = ours.odds[person, day], ours.picked[person, day]
    logged = Logged(
        person=person + order.first, technique=technique, odds=odds,
        relief=crowd.relief[person, day, technique], before=crowd.before[person, day],
    )  # fmt: skip
    could = logged.is_offered
    return logged, (crowd.relief[person, day] * could).sum(axis=1) / could.sum(axis=1)
