"""No session ever asks a body for what its clearance forbids: any script, any clearance, any length.

What is allowed is worked out here again, from the clearance's own fields, and looked for in the timeline, which is all
that a listener hears. Nothing of `compose` is used to judge it.
"""

from __future__ import annotations

from hypothesis import given, reject, settings
from hypothesis import strategies as st

import factories
import laws
import trees
from lowtide.compose import fit, reach, resolve
from lowtide.errors import UserError
from lowtide.model.body import overlaps
from lowtide.model.clearance import Clearance
from lowtide.model.movement import POSITION_NEEDS, Kind, Position
from lowtide.model.plan import Plan
from lowtide.model.profile import Pain, Profile
from lowtide.model.session import Breath, Group, Part, Pause, Phrase, Step, Tense
from lowtide.model.timeline import Event, Happening
from lowtide.script import nodes

REGIONS = ("hands", "left-hand", "left-hip", "hips", "lower-back", "trunk", "jaw")
MOVEMENTS = (*(str(kind) for kind in Kind), *(f"tense:{region}" for region in REGIONS))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    some = st.frozensets(st.sampled_from(Kind), max_size=6)
    kinds = draw(some | some.map(lambda forbidden: frozenset(Kind) - forbidden))
    clearance = factories.clearance(
        allowed=kinds,
        spared=draw(st.none() | st.frozensets(st.sampled_from(REGIONS), max_size=3)),
        slowest_breaths_per_minute=draw(st.sampled_from([4.0, 4.5, 6.0, 7.3, 10.0])),
        other_anchor=draw(st.booleans()),
        longest_silence_ms=draw(st.none() | st.integers(25_000, 60_000)),
    )
    positions = [position for position, need in POSITION_NEEDS.items() if need is None or need in kinds]
    pains = draw(st.lists(st.sampled_from(REGIONS), max_size=4, unique=True))
    return factories.plan(
        clearance=clearance,
        position=draw(st.sampled_from(positions)),
        profile=Profile(pains=tuple(Pain(region=region) for region in pains), name=draw(st.sampled_from(["", "Ada"]))),
        seed=draw(st.integers(0, 10**9)),
        length_ms=draw(st.sampled_from([180_000, 600_000, 2_700_000])),
        facts=frozenset(draw(st.sets(st.sampled_from(["evening", "lower-back"])))),
    )


def text(asked: list[str]) -> nodes.Text:
    """A sentence that asks for some movements, and says so in a word: `do:rotation;tense:jaw`."""
    return nodes.Text(text=f" This sentence is for {'do:' + ';'.join(asked) if asked else 'rest'}. ")


def timed(asked: list[str]) -> st.SearchStrategy[list[nodes.Inline]]:
    """Anything that takes time, within a text that asks for some movements."""
    rest = text([])
    seconds = st.integers(2, 9).map(lambda s: s * 1000)
    tense = st.sampled_from(REGIONS).map(
        lambda region: [
            text([*asked, f"tense:{region}"]),
            nodes.Tense(region=region, length_ms=5000),
            text([*asked, f"tense:{region}"]),
        ]
    )
    breathe = st.builds(
        nodes.Breathe, in_ms=seconds, hold_ms=st.sampled_from([0, 3000]), out_ms=seconds, times=st.just(3)
    ).map(lambda breathing: [breathing, rest])
    attend = st.sampled_from([*REGIONS, "place"]).map(
        lambda region: [nodes.Attend(region=region), nodes.Slot(name="place"), rest]
    )
    silence = st.integers(0, 30_000).map(lambda ms: [nodes.Silence(natural_ms=ms)])
    others: list[list[nodes.Inline]] = [
        [nodes.Open(least_ms=10_000, most_ms=200_000)],
        [nodes.Release(natural_ms=30_000)],
        [nodes.Bell()],
        [nodes.Choice(options=((rest,), (nodes.Silence(natural_ms=40_000, exactly=True), rest)))],
    ]
    return st.one_of(tense, breathe, attend, silence, st.sampled_from(others))


def inlines(asked: list[str]) -> st.SearchStrategy[tuple[nodes.Inline, ...]]:
    return st.lists(timed(asked), max_size=2).map(
        lambda found: (text(asked), *(inline for inner in found for inline in inner))
    )


GATES = st.builds(
    nodes.Gate,
    positions=st.just(()) | st.lists(st.sampled_from(Position), max_size=2, unique=True).map(tuple),
    when=st.lists(st.just("evening"), max_size=1).map(tuple),
    optional=st.sampled_from([0, 0, 1, 2]),
    most_rounds=st.sampled_from([1, 1, 1, 3]),
)
STEPS = st.lists(st.sampled_from(MOVEMENTS), min_size=1, max_size=2, unique=True).flatmap(
    lambda asked: st.builds(
        nodes.Step,
        movements=st.just(tuple(asked)),
        move=inlines(asked),
        imagine=inlines([]) | inlines([]) | st.just(()),
        gate=GATES,
    )
)
BLOCKS = st.lists(STEPS | st.builds(nodes.Paragraph, inlines=inlines([]), gate=GATES), min_size=1, max_size=3).map(
    tuple
)
SECTIONS = st.builds(nodes.Section, title=st.just("S"), blocks=BLOCKS, gate=GATES).map(lambda section: (section,))
CHAPTERS = st.builds(nodes.Chapter, title=st.just("Another"), blocks=BLOCKS | SECTIONS, gate=GATES)


@st.composite
def scripts(draw: st.DrawFn) -> nodes.Script:
    first = trees.chapter(trees.paragraph("We begin."), *draw(BLOCKS), title="First")
    return trees.script(first, *draw(st.lists(CHAPTERS, max_size=2)))


def is_forbidden(movement: str, clearance: Clearance) -> bool:
    """Say whether a movement may not be asked for, by the words of SAFETY.md."""
    if movement.startswith("tense:"):
        region = movement.removeprefix("tense:")
        return clearance.spared is None or any(overlaps(region, spared) for spared in clearance.spared)
    return movement not in {str(kind) for kind in clearance.allowed}


def asked_for(event: Event) -> list[str]:
    """Which movements an event asks a body to do."""
    if event.kind is Happening.MOVE:
        return list(event.movements)
    if event.kind is Happening.TENSE:
        return [f"tense:{event.region}"]
    if event.kind is Happening.BREATHE:
        return ["paced-breath", *(["breath-hold"] if event.hold_ms else [])]
    if "do:" in event.text:
        return event.text.partition("do:")[2].removesuffix(".").split(";")
    return []


@given(plans(), scripts(), st.floats(0, 1) | st.just(1.0))
@settings(max_examples=300, deadline=None)
def test_no_session_ever_asks_for_what_its_clearance_forbids(plan: Plan, script: nodes.Script, share: float) -> None:
    session = resolve(plan, script, trees.OPENING)
    lengths = {phrase.key: 250 + 7 * len(phrase.spoken) for phrase in session.phrases()}
    shortest, longest = reach(session, lengths)
    clearance = plan.clearance
    try:
        timeline, _ = fit(session, lengths, shortest + int((longest - shortest) * share))
    except UserError:
        reject()
    assert laws.broken(timeline) == []
    for event in timeline.events:
        assert [movement for movement in asked_for(event) if is_forbidden(movement, clearance)] == []
        if event.kind is Happening.BREATHE:
            assert event.for_ms * clearance.slowest_breaths_per_minute <= 60_000
    limit_ms = clearance.longest_silence_ms
    assert limit_ms is None or laws.longest_without_voice_ms(timeline) <= limit_ms
    assert timeline.of(Happening.SAY)[0].text == trees.SAFETY_LINE


@given(plans().filter(lambda plan: plan.clearance.longest_silence_ms is not None), scripts(), st.data())
@settings(max_examples=200, deadline=None)
def test_silences_are_limited_whatever_is_kept_and_however_long_each_one_is(
    plan: Plan, script: nodes.Script, data: st.DataObject
) -> None:
    session = resolve(plan, script, trees.OPENING)
    longest = run = session.settle_ms

    def hear(parts: tuple[Part, ...]) -> None:
        nonlocal longest, run
        for part in parts:
            if isinstance(part, Step):
                hear(part.parts)
            elif isinstance(part, Group):
                rounds = data.draw(st.integers(part.least_rounds, part.most_rounds))
                for index in range(0 if part.optional and data.draw(st.booleans()) else rounds):
                    hear(part.round(index))
            elif isinstance(part, Phrase | Breath):
                run = part.out_ms if isinstance(part, Breath) else 0
            elif isinstance(part, Pause | Tense):
                run += part.most_ms if isinstance(part, Pause) else part.length_ms
            longest = max(longest, run)

    hear(session.parts)
    assert plan.clearance.longest_silence_ms is not None
    assert max(longest, run + session.close_ms) <= plan.clearance.longest_silence_ms
