"""What a plan makes of a script: gates, wordings, movements, silences."""

from __future__ import annotations

from itertools import pairwise

import pytest

import factories
import trees
from lowtide.compose import resolve
from lowtide.errors import UserError
from lowtide.model.body import region
from lowtide.model.movement import Kind, Position
from lowtide.model.plan import Plan
from lowtide.model.profile import Pain, Profile
from lowtide.model.session import Attend, Bell, Group, Pause, Phrase, Session, Step, Tense
from lowtide.script import nodes
from trees import chapter, move, options, paragraph, said, script

SITTING = factories.plan(position=Position.SITTING)


def cleared_for(*kinds: Kind, spared: frozenset[str] | None = frozenset(), **more: object) -> Plan:
    allowed = frozenset({Kind.SUPINE, *kinds})
    return factories.plan(clearance=factories.clearance(allowed=allowed, spared=spared, **more))


# --- gates


def test_a_position_mark_keeps_a_paragraph_for_that_position() -> None:
    blocks = (
        paragraph("On the floor.", positions=(Position.LYING,)),
        paragraph("On the chair.", positions=(Position.SITTING, Position.STANDING)),
    )
    assert said(trees.resolved(*blocks)) == ["On the floor."]
    assert said(trees.resolved(*blocks, plan=SITTING)) == ["On the chair."]


def test_when_needs_every_fact_and_unless_needs_none() -> None:
    blocks = (
        paragraph("Both.", when=("lower-back", "evening")),
        paragraph("Not pregnant.", unless=("pregnant",)),
        paragraph("Pregnant.", when=("pregnant",)),
        paragraph("By another name.", when=("low-back",)),
        paragraph("Lying.", when=("lying",)),
    )
    plan = factories.plan(facts=frozenset({"lower-back", "pregnant"}))
    assert said(trees.resolved(*blocks, plan=plan)) == ["Pregnant.", "By another name.", "Lying."]


def test_a_chapter_a_section_and_a_step_are_gated_as_one() -> None:
    made = script(
        chapter(paragraph("One."), when=("evening",)),
        chapter(
            nodes.Section(title="S", blocks=(paragraph("Two."), paragraph("Three.")), gate=nodes.Gate(when=("x",))),
            move("rotation", "Turn.", "Picture turning.", positions=(Position.SITTING,)),
            paragraph("Four."),
        ),
    )
    assert said(resolve(factories.plan(), made, trees.OPENING)) == ["Four."]


def test_a_chapter_with_nothing_left_is_not_there() -> None:
    made = script(chapter(paragraph("One.", when=("x",)), title="Empty"), chapter(paragraph("Two."), title="Full"))
    titles = [part.title for part in resolve(factories.plan(), made, trees.OPENING).parts]
    assert titles == ["Before you begin", "Full"]


def test_the_opening_comes_first() -> None:
    session = trees.resolved(paragraph("Rest."))
    first = session.parts[0]
    assert isinstance(first.parts[0], Phrase)
    assert first.parts[0].text == trees.SAFETY_LINE


@pytest.mark.parametrize(
    "opening",
    [
        script(),
        script(chapter(paragraph("Stop if it hurts."), when=("x",))),
        script(chapter(paragraph("Stop if it hurts."), optional=1)),
        script(chapter(paragraph("Stop if it hurts.", optional=1), paragraph(nodes.Silence(natural_ms=9000)))),
    ],
)
def test_a_session_without_a_safety_line_that_is_always_said_is_refused(opening: nodes.Script) -> None:
    with pytest.raises(UserError, match="safety"):
        resolve(factories.plan(), script(chapter(paragraph("Rest."))), opening)


def test_a_script_with_nothing_for_this_position_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="'A script' has nothing to say to someone who is lying"):
        trees.resolved(paragraph("On the chair.", positions=(Position.SITTING,)))


def test_a_script_that_repeats_without_end_is_refused_quickly() -> None:
    inner = nodes.Section(title="", blocks=(paragraph("Rest.", most_rounds=1000),), gate=nodes.Gate(most_rounds=1000))
    with pytest.raises(UserError, match="repeats more than a session can hold"):
        trees.resolved(inner)


# --- wordings


def wordings(seed: int, count: int = 40) -> list[str]:
    session = trees.resolved(
        *(paragraph(options("Let", "Allow", "Invite"), f" {n}.") for n in range(count)), plan=factories.plan(seed=seed)
    )
    return [sentence.split()[0] for sentence in said(session)]


def test_the_same_seed_gives_the_same_wording() -> None:
    assert wordings(7) == wordings(7)


def test_other_seeds_give_other_wordings_and_no_option_rules() -> None:
    chosen = [wordings(seed) for seed in range(12)]
    assert len({tuple(words) for words in chosen}) == 12
    for words in chosen:
        assert all(words.count(option) >= 4 for option in ("Let", "Allow", "Invite"))


def test_neighbouring_seeds_do_not_just_shift_the_wording() -> None:
    changed = [sum(a != b for a, b in zip(one, other, strict=True)) for one, other in pairwise(map(wordings, range(9)))]
    assert all(10 <= count <= 39 for count in changed)


def test_a_gated_paragraph_does_not_change_the_wording_of_the_others() -> None:
    rest = [paragraph(options("Let", "Allow"), f" {n}.") for n in range(20)]
    gated = paragraph(options("a", "b"), " evening.", when=("evening",))
    evening = factories.plan(facts=frozenset({"evening"}))
    assert said(trees.resolved(gated, *rest)) == said(trees.resolved(gated, *rest, plan=evening))[1:]


def test_every_round_of_a_repeated_part_takes_the_next_wording() -> None:
    session = trees.resolved(paragraph(options("One.", "Two.", "Three."), most_rounds=5))
    (repeated,) = (part for part in session.parts[1].parts if isinstance(part, Group))
    words = [next(p.text for p in repeated.round(index) if isinstance(p, Phrase)) for index in range(5)]
    assert set(words[:3]) == {"One.", "Two.", "Three."}
    assert words[3:] == words[:2]


def test_two_choices_in_a_repeated_part_meet_in_every_combination() -> None:
    session = trees.resolved(paragraph(options("A", "B"), options(" one.", " two.", " three."), most_rounds=9))
    (repeated,) = (part for part in session.parts[1].parts if isinstance(part, Group))
    words = [next(p.text for p in repeated.round(index) if isinstance(p, Phrase)) for index in range(6)]
    assert len(set(words)) == 6


def test_both_sides_of_a_step_choose_alike() -> None:
    step = nodes.Step(
        movements=("rotation",), move=(options("A.", "B."),), imagine=(options("A, imagined.", "B, imagined."),)
    )
    for seed in range(6):
        (done,) = said(trees.resolved(step, plan=factories.plan(seed=seed)))
        plan = factories.plan(seed=seed, clearance=cleared_for().clearance)
        assert said(trees.resolved(step, plan=plan)) == [done.replace(".", ", imagined.")]


# --- movements


def steps(blocks: list[nodes.Block], plan: Plan) -> list[Step]:
    session = trees.resolved(paragraph("Rest."), *blocks, plan=plan)
    return [part for part in trees.parts(session) if isinstance(part, Step)]


TURN = move("rotation, side-bend", "Turn.", "Picture turning.")


def test_a_movement_is_done_only_where_all_its_kinds_are_cleared() -> None:
    (done,) = steps([TURN], cleared_for(Kind.ROTATION, Kind.SIDE_BEND))
    (imagined,) = steps([TURN], cleared_for(Kind.ROTATION))
    assert (done.imagined, imagined.imagined) == (False, True)
    assert imagined.movements == ("rotation", "side-bend")
    assert isinstance(imagined.parts[0], Phrase)
    assert imagined.parts[0].text == "Picture turning."


def test_a_movement_that_nobody_wrote_the_imagining_of_is_left_out() -> None:
    alone = nodes.Step(movements=("rotation",), move=(trees.text("Turn."),), imagine=())
    assert steps([alone], cleared_for()) == []
    assert len(steps([alone], cleared_for(Kind.ROTATION))) == 1


def test_a_movement_without_a_kind_is_never_asked_for() -> None:
    nameless = nodes.Step(movements=(), move=(trees.text("Jump."),), imagine=(trees.text("Picture jumping."),))
    assert said(trees.resolved(nameless)) == ["Picture jumping."]


TENSE_FISTS = nodes.Step(
    movements=("tense:hands",),
    move=(
        trees.text("Make fists."),
        nodes.Tense(region="hands", length_ms=6000),
        trees.text("Let go."),
        nodes.Release(natural_ms=30_000),
    ),
    imagine=(trees.text("Let your hands soften."), nodes.Release(natural_ms=30_000)),
)


@pytest.mark.parametrize(
    ("spared", "tenses"),
    [(frozenset(), True), (frozenset({"left-hand"}), False), (frozenset({"arms"}), False), (None, False)],
)
def test_a_tension_is_left_out_where_its_region_is_spared_and_its_release_stays(
    spared: frozenset[str] | None, tenses: bool
) -> None:
    session = trees.resolved(TENSE_FISTS, plan=cleared_for(spared=spared))
    assert [part for part in trees.parts(session) if isinstance(part, Tense)] == (
        [Tense(region="hands", length_ms=6000)] if tenses else []
    )
    (release,) = (pause for pause in trees.pauses(session) if pause.releases)
    assert (release.releases, release.least_ms, release.natural_ms, release.most_ms) == (
        "hands", 12_000, 30_000, 45_000,
    )  # fmt: skip


def test_a_tension_inside_a_step_must_be_cleared_itself() -> None:
    sly = nodes.Step(
        movements=("rotation",),
        move=(trees.text("Turn."), nodes.Tense(region="belly", length_ms=6000)),
        imagine=(trees.text("Picture it."), nodes.Tense(region="belly", length_ms=6000)),
    )
    spared = cleared_for(Kind.ROTATION, spared=frozenset({"trunk"}))
    assert said(trees.resolved(paragraph("Rest."), sly, plan=spared)) == ["Rest."]


def test_a_plain_paragraph_with_a_tension_goes_as_a_whole_where_it_is_not_cleared() -> None:
    tense = paragraph("Make fists.", nodes.Tense(region="hands", length_ms=6000), "Let go.")
    spared = cleared_for(spared=frozenset({"right-hand"}))
    assert said(trees.resolved(paragraph("Rest."), tense, plan=spared)) == ["Rest."]
    assert said(trees.resolved(paragraph("Rest."), tense)) == ["Rest.", "Make fists.", "Let go."]


# --- silences


def natural_ms(*blocks: nodes.Block) -> list[int]:
    plan = factories.plan(length_ms=540_000)
    return [pause.natural_ms for pause in trees.pauses(trees.resolved(*blocks, plan=plan))]


def test_every_stop_has_a_silence_and_the_longer_thought_the_longer_one() -> None:
    sentence, ellipsis, paragraph_end = natural_ms(paragraph("One. Two… three."))
    assert sentence < ellipsis < paragraph_end


def test_the_silences_that_nobody_wrote_grow_with_the_session_and_the_written_ones_do_not() -> None:
    block = paragraph("One. Two.", nodes.Silence(natural_ms=8000))
    naturals = []
    for minutes in (3, 9, 15, 45):
        plan = factories.plan(length_ms=minutes * 60_000)
        sentence, written = (pause.natural_ms for pause in trees.pauses(trees.resolved(block, plan=plan)))
        naturals.append(sentence)
        assert written == 8000
    assert naturals == [1020, 1200, 1800, 1800]


def test_a_chapter_that_may_go_as_a_whole_leaves_no_silence_behind() -> None:
    made = script(chapter(paragraph("Perhaps.", optional=1)), chapter(paragraph("Always.")))
    (first, *_) = resolve(factories.plan(), made, trees.OPENING).parts[1:]
    assert not any(isinstance(part, Pause) for part in first.parts)


def test_a_written_silence_replaces_the_one_that_punctuation_would_make() -> None:
    assert natural_ms(paragraph("One.", nodes.Silence(natural_ms=8000), "Two.", nodes.Silence(natural_ms=5000))) == [
        8000, 5000,
    ]  # fmt: skip


def test_a_written_silence_may_halve_and_grow_to_two_and_a_half_times_unless_it_is_exact() -> None:
    session = trees.resolved(
        paragraph("One.", nodes.Silence(natural_ms=8000), "Two.", nodes.Silence(natural_ms=8000, exactly=True))
    )
    elastic, rigid = trees.pauses(session)
    assert (elastic.least_ms, elastic.most_ms) == (4000, 20_000)
    assert rigid == Pause(natural_ms=8000, least_ms=8000, most_ms=8000)


def test_open_practice_keeps_its_bounds_and_has_more_of_a_longer_session() -> None:
    block = paragraph("Rest.", nodes.Open(least_ms=30_000, most_ms=600_000))
    naturals = []
    for minutes in (3, 20, 45):
        (pause,) = (
            p for p in trees.pauses(trees.resolved(block, plan=factories.plan(length_ms=minutes * 60_000))) if p.is_open
        )
        assert (pause.least_ms, pause.most_ms) == (30_000, 600_000)
        naturals.append(pause.natural_ms)
    assert naturals == sorted(set(naturals))


def test_a_mark_inside_a_sentence_does_not_part_it() -> None:
    inlines = ("Let your ", nodes.Attend(region="hips"), "hips, if you ", nodes.Soft(), "like, rest. And ", "on.")
    session = trees.resolved(paragraph(*inlines))
    phrases = [part for part in trees.parts(session) if isinstance(part, Phrase)]
    assert [(phrase.text, phrase.soft) for phrase in phrases] == [
        ("Let your hips, if you like, rest.", True), ("And on.", True),
    ]  # fmt: skip
    assert trees.parts(session)[0] == Attend(region="hips")


def test_soft_and_slow_last_to_the_end_of_their_paragraph() -> None:
    session = trees.resolved(paragraph("One. ", nodes.Slow(), "Two. Three."), paragraph("Four."))
    slow = {part.text for part in trees.parts(session) if isinstance(part, Phrase) and part.slow}
    assert slow == {"Two.", "Three."}


def test_a_bell_rings_a_little_before_the_next_voice() -> None:
    found = trees.parts(trees.resolved(paragraph("One. ", nodes.Bell(), "Two.")))
    at = found.index(Bell())
    lead = found[at + 1]
    assert isinstance(lead, Pause)
    assert lead.least_ms >= 2000
    assert isinstance(found[at + 2], Phrase)


def test_a_bell_at_a_paragraph_s_end_has_time_to_ring() -> None:
    lead, *_ = trees.pauses(trees.resolved(paragraph(nodes.Bell()), paragraph("Two.")))
    plain, *_ = trees.pauses(trees.resolved(paragraph("One."), paragraph("Two.")))
    assert lead.least_ms > plain.least_ms


def test_a_word_is_spoken_as_told_from_there_on_but_written_as_it_was() -> None:
    session = trees.resolved(
        paragraph("Lumbar. ", nodes.SayAs(word="lumbar", spoken="LUM-bar"), "The lumbar spine. Lumbarish."),
        paragraph(nodes.SayAs(word="psoas", spoken="SO-ass"), "Never said.", when=("x",)),
        paragraph("Lumbar and psoas."),
    )
    phrases = [part for part in trees.parts(session) if isinstance(part, Phrase)]
    assert [phrase.text for phrase in phrases] == ["Lumbar.", "The lumbar spine.", "Lumbarish.", "Lumbar and psoas."]
    assert [phrase.spoken for phrase in phrases] == [
        "Lumbar.", "The LUM-bar spine.", "Lumbarish.", "LUM-bar and SO-ass.",
    ]  # fmt: skip


def test_a_comment_is_not_spoken() -> None:
    assert said(trees.resolved(paragraph("Rest."), nodes.Comment(text="Check this."))) == ["Rest."]


def test_a_longer_session_settles_and_closes_longer() -> None:
    sessions = [
        trees.resolved(paragraph("Rest."), plan=factories.plan(length_ms=minutes * 60_000)) for minutes in (3, 45, 90)
    ]
    assert [(s.settle_ms, s.close_ms) for s in sessions] == [(4000, 8000), (15_000, 30_000), (15_000, 30_000)]


# --- limited silences


def longest_silence_ms(session: Session) -> int:
    """The longest silence that could be heard if every pause were at its most and nothing optional were kept."""
    longest = run = session.settle_ms
    for part in trees.opened(session.parts):
        run = 0 if isinstance(part, Phrase) else run + (part.most_ms if isinstance(part, Pause) else 0)
        longest = max(longest, run)
    return max(longest, run + session.close_ms)


def test_no_silence_is_longer_than_the_clearance_allows_even_where_several_meet() -> None:
    plan = factories.plan(clearance=factories.clearance(longest_silence_ms=20_000))
    blocks = (
        paragraph("Rest.", nodes.Silence(natural_ms=60_000, exactly=True)),
        paragraph(nodes.Open(least_ms=30_000, most_ms=600_000)),
        paragraph("And on."),
    )
    assert 10_000 < longest_silence_ms(trees.resolved(*blocks, plan=plan)) <= 20_000
    assert longest_silence_ms(trees.resolved(*blocks)) > 600_000


def test_places_and_regions_may_be_named_by_their_other_names() -> None:
    session = trees.resolved(paragraph(nodes.Attend(region="low-back"), "Rest."))
    assert trees.parts(session)[0] == Attend(region=region("low-back").name)


def test_the_same_plan_and_script_give_the_same_session() -> None:
    def made() -> Session:
        profile = Profile(pains=(Pain(region="left-hip", intensity=4),))
        return trees.resolved(TURN, paragraph(options("a", "b", "c")), plan=factories.plan(profile=profile, seed=3))

    assert made() == made()
