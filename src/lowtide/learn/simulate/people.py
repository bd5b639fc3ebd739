"""A world and a seed in, virtual people out: what each technique would do for each of them on each day of some weeks.

Called by `block`. Law: what would have happened is drawn before anybody chooses, so every policy meets the same people,
days and chances; and nothing here is the learner's model. It differs from it on purpose: ratings are rounded and end
at 0 and 10, noise has heavy tails, pain runs in spells from day to day, relief grows with the pain there is, the
common gain fades, and people choose for themselves on good days and what would do them good on that very day.

No number here is estimated from people, because no data set of techniques within persons is known to us; each says
what it rests on, and `docs/explanation/learning.md` says what becomes of the result when techniques differ less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lowtide.learn.features import MIDDLE, Real, Whole, slowing
from lowtide.model.checkin import BEST_RATING

Flags = NDArray[np.bool_]

FAMILIES = {
    "body-scan": "body", "interoception": "body", "belly-breathing": "breath", "mindful-breathing": "breath",
    "paced-breathing": "breath", "pmr": "muscles", "imagery": "imagery", "gentle-stretch": "movement",
    "mindful-yoga": "movement", "breathing-space": "mind", "kindness": "mind", "letting-go": "mind", "sitting": "mind",
    "open-awareness": "mind",
}  # fmt: skip
"""The techniques of the simulation, with what they have in common: what the library offers somebody without a wish."""
TECHNIQUES = tuple(FAMILIES)
DAYS_A_WEEK = 7
WORLD, EARLIER, REAL, NULL, DECIDING = 1, 2, 3, 4, 5
"""Names of streams of chance; none is 0, which a seed sequence would take for nothing."""
LEVEL_MEAN, LEVEL_SD = 5.0, 1.4
"""Usual pain before a session, 0–10, in people with lasting back pain: moderate (Cherkin 2016 began at 6)."""
SPELL_SD, SPELL_KEEP = 1.2, 0.6
"""How far pain wanders around the usual, and how much of that is left a day later."""
DRIFT_MEAN, DRIFT_SD = -0.8, 1.0
"""Points that usual pain changes by in the long run: courses help, slowly (Cherkin 2016: about −1.5 at 8 weeks)."""
BEFORE_SD, AFTER_SD = 0.7, 0.9
"""Error of a rating. With what follows a difference errs by about 1.3 points, as √2 × 1.02 = 1.44 (Childs 2005)
suggests."""
GOOD_SD, PRIVATE_SD = 0.4, 0.4
"""A good or bad day for any session, and for one technique: noise to the learner, but the person may feel it coming."""
TAILS = 5.0
"""Degrees of freedom of the Student t that the error afterwards and people's own differences are drawn from."""
COMMON_MEAN, COMMON_SD, COMMON_FADES = 1.0, 0.6, 0.3
"""Points that any session gives at 5 of 10, placebo included (Garland 2017: 23 %), and the share that fades with the
weeks."""
GENERAL_SD, FAMILY_SD, SINGLE_SD = 0.25, 0.5, 0.5
"""Points by which techniques differ in everybody, and in one person by family and by technique: assumed."""
PRACTISE = (6.0, 2.0)
"""The Beta distribution of the share of days practised, mean 75 %; 64 % of home practice is done (Parsons 2017)."""
LEAVES_A_DAY = 0.006
"""The chance of leaving for good: 28 % in eight weeks (46 % attended fewer than 6 of 8 classes in Cherkin 2016)."""
RATED, RATED_PARTIAL = 0.9, 0.5
"""The share of sessions rated afterwards, and of those that were broken off."""
WHOLE = 0.9
"""The share of sessions heard to the end."""
OWN_LOGIT = -1.8
"""How often people choose themselves: about one day in six, more on good days."""
UNWELL, UNWELL_PRONE, PRONE = 0.005, 0.15, 0.04
"""The chance of feeling unwell in a session; the same for a technique that does not suit the person, and how often
that is: over eight weeks about a third report something (Goldberg 2021: 32 %)."""
WORTH_ROUNDS = 6
"""How often each day is lived again to know what a technique is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What holds for everybody."""

    weeks: int
    general: Real
    """(K): how much more than the average each technique gives to people in general, in points."""
    differs: float = 1.0
    """How much techniques differ within and between people, 1 as above, 0 not at all: the null population."""

    @property
    def days(self) -> int:
        """How many days there are."""
        return self.weeks * DAYS_A_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """N people over D days with K techniques, with everything that would happen to them."""

    worth: Real
    """(N, K): the relief, as rated, that each technique gives this person on an average day of theirs."""
    relief: Real
    """(N, D, K): the relief that would be rated."""
    before: Real
    """(N, D): the rating before."""
    planned_ms: Real
    heard_ms: Real
    own_minute: Real
    weeks: Real
    """(N, D): weeks since the beginning."""
    is_there: Flags
    """(N, D): True where there is a session on that day."""
    is_rated: Flags
    """(N, D): True where it is rated afterwards."""
    is_own: Flags
    """(N, D): True where the person chooses."""
    own_pick: Whole
    """(N, D): the technique that the person would choose."""
    pleasantness: Real
    """(N, D, K): how pleasant it would be; NaN where it is not asked."""
    is_unwell: Flags
    """(N, D, K)."""


def world(seed: int, weeks: int, differs: float = 1.0) -> World:
    """Make the world of a seed: what its techniques do for people in general."""
    chance = np.random.Generator(np.random.PCG64([seed, WORLD]))
    return World(weeks=weeks, general=chance.normal(0, GENERAL_SD, len(TECHNIQUES)), differs=differs)


def people(where: World, count: int, chance: np.random.Generator) -> People:
    """Draw people."""
    days, kinds = where.days, len(TECHNIQUES)
    shape = (count, days)
    effect = _effects(where, count, chance)
    state = _states(where, count, chance)
    weeks = np.broadcast_to(np.arange(days) / DAYS_A_WEEK, shape)
    is_whole = chance.random(shape) < WHOLE
    share = np.where(is_whole, 1.0, chance.uniform(0.2, 0.95, shape))
    common = np.maximum(chance.normal(COMMON_MEAN, COMMON_SD, (count, 1)), 0) * (1 - COMMON_FADES * slowing(weeks))
    size = 0.5 + 0.5 * np.clip(state, 0, BEST_RATING) / MIDDLE
    gain = (share * size)[..., None] * (common[..., None] + effect[:, None, :])
    good, private = chance.normal(0, GOOD_SD, shape), chance.normal(0, PRIVATE_SD, (*shape, kinds))
    before = rating(state + chance.normal(0, BEFORE_SD, shape))
    error = AFTER_SD * _heavy(chance, shape) - good
    liking = 0.4 * effect + chance.normal(0, 0.6, (count, kinds))
    planned = chance.choice([5.0, 10.0, 20.0], (count, 1)) * np.ones(shape) * 60_000
    hour = chance.choice([7.0, 13.0, 21.0], (count, 1)) + chance.normal(0, 1, shape)
    prone = np.where(chance.random((count, kinds)) < PRONE, UNWELL_PRONE, UNWELL)
    pleasant = rating(MIDDLE + 1.5 * liking[:, None, :] + chance.normal(0, 1.5, (*shape, kinds)))
    return People(
        worth=_worth(state, gain, chance),
        relief=before[..., None] - rating(state[..., None] - gain - private + error[..., None]),
        before=before, planned_ms=planned, heard_ms=np.floor(planned * share), own_minute=np.floor(hour * 60) % 1440,
        weeks=weeks, is_there=_schedule(shape, chance),
        is_rated=chance.random(shape) < np.where(is_whole, RATED, RATED_PARTIAL),
        is_own=chance.random(shape) < 1 / (1 + np.exp(-OWN_LOGIT - good / GOOD_SD)),
        own_pick=(liking[:, None, :] + 2 * private + chance.gumbel(0, 0.3, (*shape, kinds))).argmax(axis=-1),
        pleasantness=np.where(chance.random(shape)[..., None] < 0.8, pleasant, np.nan),
        is_unwell=chance.random((*shape, kinds)) < prone[:, None, :],
    )  # fmt: skip


def rating(latent: Real) -> Real:
    """Rate as people do: whole numbers from 0 to 10."""
    whole: Real = np.rint(np.clip(latent, 0, BEST_RATING))
    return whole


def _heavy(chance: np.random.Generator, shape: tuple[int, ...]) -> Real:
    drawn: Real = chance.standard_t(TAILS, shape) / np.sqrt(TAILS / (TAILS - 2))
    return drawn


def _effects(where: World, count: int, chance: np.random.Generator) -> Real:
    names = sorted(set(FAMILIES.values()))
    family = np.array([names.index(FAMILIES[name]) for name in TECHNIQUES])
    by_family = chance.normal(0, FAMILY_SD, (count, len(names)))[:, family]
    single = SINGLE_SD * _heavy(chance, (count, len(TECHNIQUES)))
    return where.differs * (where.general + by_family + single)


def _states(where: World, count: int, chance: np.random.Generator) -> Real:
    level = chance.normal(LEVEL_MEAN, LEVEL_SD, (count, 1))
    drift = chance.normal(DRIFT_MEAN, DRIFT_SD, (count, 1))
    steps = chance.normal(0, SPELL_SD, (count, where.days))
    spell = np.empty_like(steps)
    spell[:, 0] = steps[:, 0]
    for day in range(1, where.days):
        spell[:, day] = SPELL_KEEP * spell[:, day - 1] + np.sqrt(1 - SPELL_KEEP**2) * steps[:, day]
    state: Real = level + drift * slowing(np.arange(where.days) / DAYS_A_WEEK) + spell
    return state


def _schedule(shape: tuple[int, int], chance: np.random.Generator) -> Flags:
    often = chance.beta(*PRACTISE, (shape[0], 1))
    leaves = chance.geometric(LEAVES_A_DAY, (shape[0], 1))
    there: Flags = (chance.random(shape) < often) & (np.arange(shape[1]) < leaves)
    return there


def _worth(state: Real, gain: Real, chance: np.random.Generator) -> Real:
    # Each day is lived again, with the same errors for every technique: what differs is what the techniques do.
    total = np.zeros((len(state), gain.shape[-1]))
    noise_sd = np.hypot(GOOD_SD, PRIVATE_SD)
    for _ in range(WORTH_ROUNDS):
        before = rating(state + chance.normal(0, BEFORE_SD, state.shape))
        error = AFTER_SD * _heavy(chance, state.shape) + chance.normal(0, noise_sd, state.shape)
        total += (before[..., None] - rating(state[..., None] - gain + error[..., None])).mean(axis=1)
    return total / WORTH_ROUNDS
