"""What a learner may choose among is what could be planned without being asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factories import clearance
from lowtide import pipeline
from lowtide.learn import begin, house_prior
from lowtide.model.belief import Context
from lowtide.model.clearance import Clearance
from lowtide.model.library import ASKED_FOR, Family
from lowtide.model.movement import Position
from lowtide.model.profile import Condition, Profile, Wish
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan import candidates
from lowtide.screen import careful
from unit.plan.library import HEADS, TECHNIQUES

TEN = Wish(length_ms=10 * MS_PER_MINUTE)
NOBODY = begin(house_prior(), 0)


def among(wish: Wish = TEN, profile: Profile | None = None, **changes: object) -> set[str]:
    return set(candidates(profile or Profile(), clearance(**changes), wish, TECHNIQUES, HEADS))


def test_somatic_tracking_is_a_candidate_only_where_it_is_cleared() -> None:
    assert "somatic-tracking" not in among()
    assert "somatic-tracking" in among(somatic_tracking=True)


@pytest.mark.parametrize("family", sorted(ASKED_FOR))
def test_what_is_only_done_when_asked_for_is_never_a_candidate(family: Family) -> None:
    library = tuple(replace(one, family=family) if one.name == "pmr" else one for one in TECHNIQUES)
    assert "pmr" not in candidates(Profile(), clearance(), TEN, library, HEADS)


@pytest.mark.parametrize("wish", [replace(TEN, technique="pmr"), replace(TEN, script="pmr")])
def test_who_chooses_for_themselves_is_not_chosen_for(wish: Wish) -> None:
    assert among(wish) == set()
    drawn = pipeline.draw(Profile(), careful(), wish, NOBODY, Context(at_ms=0))
    assert drawn == (wish, None, None)


def test_where_a_rule_protects_the_learner_stays_within_it() -> None:
    panic = Profile(conditions=frozenset({Condition.PANIC}))
    assert among(profile=panic) == {"pmr"}
    assert among(other_anchor=True) == {"pmr", "gentle-stretch", "body-scan"}


def test_a_technique_that_can_not_be_had_in_the_wished_position_is_no_candidate() -> None:
    heads = HEADS | {"pmr": replace(HEADS["pmr"], positions=(Position.LYING,))}
    sitting = replace(TEN, position=Position.SITTING)
    assert "pmr" not in candidates(Profile(), clearance(), sitting, TECHNIQUES, heads)


def test_scripts_that_are_at_their_best_at_this_length_go_first() -> None:
    heads = HEADS | {"pmr": replace(HEADS["pmr"], least_minutes=20)}
    assert "pmr" not in candidates(Profile(), clearance(), TEN, TECHNIQUES, heads)
    short = {name: replace(head, least_minutes=20) for name, head in HEADS.items()}
    assert candidates(Profile(), clearance(), TEN, TECHNIQUES, short), "rather one that is stretched than none"


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("cleared", [careful(), clearance()])
def test_whatever_is_drawn_can_be_planned_and_the_plan_says_why(seed: int, cleared: Clearance) -> None:
    wish, choice, info = pipeline.draw(Profile(), cleared, replace(TEN, seed=seed), NOBODY, Context(at_ms=seed))
    assert choice is not None
    assert info is not None
    plan, plan_info = pipeline.decide(Profile(), cleared, wish)
    assert plan.technique == choice.technique
    assert info.sentence in plan_info.notes
