"""Nothing is said to help more until the sessions bear it out, and what is said is true to the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lowtide.learn import choose, effects, helps, house_prior, replay
from lowtide.learn.claims import EVIDENCE_NEEDED, FALSE_CLAIMS
from lowtide.learn.explain import why
from lowtide.model.belief import Choice, Context, Effect
from lowtide.model.checkin import CheckIn, ChosenBy, Measure
from practised import DAY_MS, history, practised

GAINS = {"belly-breathing": 1.0, "body-scan": 1.0, "pmr": 3.0}
TITLES = {"belly-breathing": "Belly breathing", "body-scan": "Body scan", "pmr": "Muscle relaxation"}


def found(checkins: list[CheckIn]) -> dict[str, Effect]:
    return {one.technique: one for one in effects(replay(house_prior(), 0, checkins), Measure.PAIN)}


def test_a_large_and_lasting_difference_is_claimed_of_what_makes_it_and_of_nothing_else() -> None:
    assert [name for name, one in found(history(GAINS, 120, 4)).items() if one.is_claimed] == ["pmr"]


@pytest.mark.parametrize("days", [0, 1, 2, 6])
def test_a_few_days_prove_nothing(days: int) -> None:
    assert not any(one.is_claimed for one in found(history(GAINS, days, 4)).values())


def test_where_all_help_alike_hardly_anybody_is_ever_told_otherwise_though_one_looks_each_day() -> None:
    alike = dict.fromkeys(GAINS, 1.0)
    people, days = 40, 56
    told = 0
    for person in range(people):
        lived = history(alike, days, 1000 + person, noise=1.3)
        told += any(one.is_claimed for day in range(4, days) for one in found(lived[:day]).values())
    assert told / people <= 2 * FALSE_CLAIMS, "of forty people two, give or take two"


def test_what_people_choose_for_themselves_is_no_evidence_of_what_helps() -> None:
    # On days that would have been good anyway they take a walk through the body; on other days chance decides.
    own = [practised(day, "body-scan", 8, 2, id=f"own{day}", chosen_by=ChosenBy.PERSON) for day in range(0, 56, 2)]
    lots = np.resize(["pmr", "body-scan", "imagery"], 28).tolist()
    given = [practised(day, name, 8, 7, id=f"given{day}") for day, name in zip(range(1, 57, 2), lots, strict=True)]
    effect = found(own + given)["body-scan"]
    as_if_random = found([replace(one, chosen_by=ChosenBy.PROTOCOL) for one in own] + given)["body-scan"]
    assert not effect.is_claimed
    assert as_if_random.is_claimed, "or else this test could not fail"
    assert effect.mean < as_if_random.mean / 2


def test_the_chances_of_a_false_claim_add_up_over_the_measures() -> None:
    assert sum(1 / needed for needed in EVIDENCE_NEEDED.values()) == pytest.approx(FALSE_CLAIMS)


def test_an_untried_technique_has_an_interval_and_no_claim() -> None:
    belief = replay(house_prior(), 0, history(GAINS, 120, 4))
    untried = effects(belief, Measure.PAIN, ("imagery", "pmr"))[0]
    assert untried.technique == "imagery"
    assert untried.low < 0 < untried.high
    assert untried.sessions == 0
    assert not untried.is_claimed


def test_with_nothing_to_compare_there_is_no_effect() -> None:
    assert effects(replay(house_prior(), 0, []), Measure.PAIN) == ()
    assert effects(replay(house_prior(), 0, [practised(0)]), Measure.PAIN) == ()


def sentence(checkins: list[CheckIn], want: str) -> str:
    belief = replay(house_prior(), 0, checkins)
    for seed in range(4000):
        choice, info = choose(belief, tuple(GAINS), Context(at_ms=1000 * DAY_MS), seed, TITLES)
        if choice.technique == want:
            return info.sentence
    raise AssertionError(f"{want} was never drawn")


def test_in_the_first_days_the_sentence_says_that_there_is_not_enough_data() -> None:
    said = sentence(history(GAINS, 3, 4), "body-scan")
    assert said.startswith("Body scan was chosen partly by chance: there is not enough data yet")


def test_the_sentence_repeats_the_numbers_of_what_is_claimed() -> None:
    lived = history(GAINS, 120, 4)
    effect = found(lived)["pmr"]
    said = sentence(lived, "pmr")
    assert said == f"Muscle relaxation was chosen, because {helps(effect)}."
    for number in (effect.mean, effect.low, effect.high):
        assert f"{number:.1f}" in said
    assert f"over {effect.sessions} sessions" in said


def test_what_is_drawn_for_the_comparisons_sake_is_not_praised() -> None:
    said = sentence(history(GAINS, 120, 4), "body-scan")
    assert said.startswith("Body scan was chosen to keep comparing")
    assert "another practice has helped you more than your others on average" in said


def test_nothing_is_praised_that_is_not_claimed() -> None:
    unproved = replace(found(history(GAINS, 120, 4))["pmr"], is_claimed=False)
    choice = Choice(technique="pmr", odds=(("body-scan", 0.1), ("pmr", 0.9)))
    assert "not enough data yet" in why(choice, (unproved,), 30)
    with pytest.raises(AssertionError):
        helps(unproved)
