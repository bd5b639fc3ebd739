"""Plan and script in, session out: gates, wordings, slots and movements are decided; times are not.

Called by the pipeline. Laws: nothing that the clearance forbids is in the session (each kind of a step must be allowed,
or it is only imagined; a tension that is not cleared takes its whole paragraph with it); the opening comes first and
always says something; the same plan and script give the same session.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from lowtide.compose import quiet
from lowtide.compose.pauses import CLOSE, SETTLE, SLEEP_CLOSE, Ending, between, ending
from lowtide.compose.wording import inline
from lowtide.compose.wording.inline import Place
from lowtide.errors import UserError
from lowtide.model.body import SYNONYMS, region
from lowtide.model.movement import TENSE
from lowtide.model.plan import Plan
from lowtide.model.session import Breath, Group, Part, Pause, Phrase, Session, Step
from lowtide.script import nodes

MOST_VARIANTS = 6
"""How many wordings of a repeated group are kept apart: with two or three options each, they come round after six."""
MOST_PARTS = 100_000
"""Parts with all rounds counted: twice what 12 hours can hold at the shortest phrase and silence. More is an attack."""


def resolve(plan: Plan, script: nodes.Script, opening: nodes.Script) -> Session:
    """Decide everything about a session but its times.

    `opening` is the safety preamble; its chapters are put first. Raises `UserError` where either has nothing to say to
    this person in this position, or repeats more than any session could hold.
    """
    first = _chapters(plan, opening, 0)
    if not any(_always_speaks(group) for group in first):
        raise UserError("The opening says nothing about safety.", hint="It needs a sentence that is always said.")
    rest = _chapters(plan, script, 1)
    if not any(_speaks(group.parts) for group in rest):
        raise UserError(
            f"'{script.head.title or plan.script}' has nothing to say {_posture(plan)}.",
            hint="Choose another position or another script.",
        )
    groups = tuple(_closed(group, plan, is_last=group is rest[-1]) for group in (*first, *rest))
    if sum(map(_weight, groups)) > MOST_PARTS:
        raise UserError(
            f"'{script.head.title or plan.script}' repeats more than a session can hold.",
            hint="Fewer rounds inside rounds would work.",
        )
    return quiet.limited(
        Session(
            plan=plan,
            title=script.head.title or plan.script,
            language=script.head.language,
            parts=groups,
            settle_ms=between(SETTLE, plan.length_ms),
            close_ms=between(SLEEP_CLOSE if plan.may_end_in_sleep else CLOSE, plan.length_ms),
        )
    )


def passage(plan: Plan, script: nodes.Script) -> tuple[Part, ...]:
    """Resolve a few sentences that stand in no session's script, such as those that lead over into another way."""
    parts = [part for group in _chapters(plan, script, 0) for part in group.parts]
    return tuple(replace(part, path=()) if isinstance(part, Phrase) else part for part in parts)


def _posture(plan: Plan) -> str:
    return f"to someone who is {plan.position}"


def _chapters(plan: Plan, script: nodes.Script, number: int) -> tuple[Group, ...]:
    place = Place(plan=plan, language=script.head.language, path=(number,), turn=0, sayings={})
    groups = []
    for index, chapter in enumerate(script.chapters):
        title = chapter.title or script.head.title
        here = place.at((number, index))
        group = _gated(chapter.gate, chapter.span.line, title, (chapter.blocks,), here, MOST_VARIANTS)
        if group:
            groups.append(group)
    return tuple(groups)


def _gated(
    gate: nodes.Gate, line: int, title: str, content: tuple[tuple[nodes.Block, ...]], place: Place, allowance: int
) -> Group | None:
    """Resolve what one gate holds, once for each wording that its rounds need; None where it does not apply."""
    blocks = content[0]
    if not _holds(gate, place.plan):
        _learn(blocks, place)
        return None
    turns = _turns(gate, blocks, allowance)
    rounds = [
        _blocks(blocks, place.at(place.path, turn=place.turn + turn), max(1, allowance // turns))
        for turn in range(turns)
    ]
    if not rounds[0]:
        return None
    return Group(
        title=title,
        parts=rounds[0],
        variants=tuple(rounds[1:]),
        optional=gate.optional,
        least_rounds=gate.least_rounds,
        most_rounds=gate.most_rounds,
        line=line,
        path=place.path,
    )


def _turns(gate: nodes.Gate, blocks: tuple[nodes.Block, ...], allowance: int) -> int:
    """Count the rounds after which every wording comes round again, within the allowance."""
    sizes = set(_option_counts(blocks))
    if gate.most_rounds == 1 or not sizes:
        return 1
    turns = math.lcm(*sizes)
    return min(turns if turns <= allowance else max(sizes), allowance, gate.most_rounds)


def _option_counts(found: Iterable[nodes.Node]) -> Iterable[int]:
    for node in found:
        match node:
            case nodes.Choice():
                yield len(node.options)
                for option in node.options:
                    yield from _option_counts(option)
            case nodes.Paragraph():
                yield from _option_counts(node.inlines)
            case nodes.Step():
                yield from _option_counts((*node.move, *node.imagine))
            case nodes.Section() | nodes.Chapter():
                yield from _option_counts(node.blocks)
            case _:
                pass


def _blocks(blocks: tuple[nodes.Block, ...], place: Place, allowance: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    for index, block in enumerate(blocks):
        if isinstance(block, nodes.Comment):
            continue
        here = place.at((*place.path, index))
        if block.gate != nodes.NO_GATE or isinstance(block, nodes.Section):
            inner = block.blocks if isinstance(block, nodes.Section) else (replace(block, gate=nodes.NO_GATE),)
            group = _gated(block.gate, block.span.line, "", (inner,), here, allowance)
            parts.extend(_unwrapped(group))
        elif isinstance(block, nodes.Paragraph):
            parts.extend(_paragraph(block, here))
        elif isinstance(block, nodes.Step):
            parts.extend(_step(block, here))
    return tuple(parts)


def _unwrapped(group: Group | None) -> tuple[Part, ...]:
    """Drop the wrapping of a group about which nothing is left to decide."""
    if group is None:
        return ()
    if not group.optional and group.most_rounds == 1:
        return group.parts
    return (group,)


def _holds(gate: nodes.Gate, plan: Plan) -> bool:
    def is_so(word: str) -> bool:
        return word in plan.facts or SYNONYMS.get(word, word) in plan.facts or word == plan.position

    in_position = not gate.positions or plan.position in gate.positions
    return in_position and all(map(is_so, gate.when)) and not any(map(is_so, gate.unless))


def _learn(found: Iterable[nodes.Node], place: Place) -> None:
    """Read the pronunciations in what is left out: they hold to the script's end."""
    for node in found:
        match node:
            case nodes.SayAs():
                inline.learn(node, place.sayings)
            case nodes.Paragraph():
                _learn(node.inlines, place)
            case nodes.Step():
                _learn((*node.move, *node.imagine), place)
            case nodes.Section():
                _learn(node.blocks, place)
            case _:
                pass


def _paragraph(paragraph: nodes.Paragraph, place: Place) -> tuple[Part, ...]:
    if not _is_cleared(inline.tensions(paragraph.inlines, place), place.plan):
        _learn(paragraph.inlines, place)
        return ()
    line = inline.line(paragraph.inlines, place)
    return (*_located(line.parts, place), *_after(line.closing))


def _step(step: nodes.Step, place: Place) -> tuple[Part, ...]:
    """Resolve a movement: done where all of it is cleared, else imagined, else left out."""
    releases = next((_normal(name).removeprefix(TENSE) for name in step.movements if name.startswith(TENSE)), "")
    place = replace(place, releases=releases)
    for inlines, imagined in ((step.move, False), (step.imagine, True)):
        asked = inline.tensions(inlines, place) if imagined else (*step.movements, *inline.tensions(inlines, place))
        if not inlines or not (asked or imagined) or not _is_cleared(asked, place.plan):
            continue
        line = inline.line(inlines, place)
        movements = tuple(_normal(name) for name in step.movements)
        parts = _located(line.parts, place)
        done = Step(movements=movements, imagined=imagined, parts=parts) if movements else None
        return (*((done,) if done else parts), *_after(line.closing))
    _learn((*step.move, *step.imagine), place)
    return ()


def _located(parts: tuple[Part, ...], place: Place) -> tuple[Part, ...]:
    """Write down where in the script each phrase of a block stands."""
    found: list[Part] = []
    for number, part in enumerate(parts):
        path = (*place.path, number)
        if isinstance(part, Phrase):
            found.append(part.at(path))
        elif isinstance(part, Breath):
            words = (part.in_words, part.hold_words, part.out_words)
            cues = [word and word.at((*path, phase)) for phase, word in enumerate(words)]
            found.append(replace(part, in_words=cues[0], hold_words=cues[1], out_words=cues[2]))
        else:
            found.append(part)
    return tuple(found)


def _is_cleared(movements: Iterable[str], plan: Plan) -> bool:
    return all(plan.clearance.allows(_normal(name)) for name in movements)


def _normal(movement: str) -> str:
    if not movement.startswith(TENSE):
        return movement
    return f"{TENSE}{region(movement.removeprefix(TENSE)).name}"


def _after(closing: Pause | None) -> tuple[Part, ...]:
    return (closing,) if closing else ()


def _closed(chapter: Group, plan: Plan, *, is_last: bool) -> Group:
    """Add the silence after a chapter, except after the last, and where all of the chapter may be dropped."""
    always = any(not isinstance(part, Group) or not part.optional for part in chapter.parts)
    if is_last or not always:
        return chapter
    pause = ending(Ending.CHAPTER, plan.length_ms)
    return replace(
        chapter, parts=(*chapter.parts, pause), variants=tuple((*parts, pause) for parts in chapter.variants)
    )


def _speaks(parts: Iterable[Part]) -> bool:
    return any(isinstance(part, Phrase) or (isinstance(part, Group | Step) and _speaks(part.parts)) for part in parts)


def _always_speaks(group: Group) -> bool:
    return not group.optional and any(
        isinstance(part, Phrase)
        or (isinstance(part, Step) and _speaks(part.parts))
        or (isinstance(part, Group) and _always_speaks(part))
        for part in group.parts
    )


def _weight(part: Part) -> int:
    if isinstance(part, Group):
        return part.most_rounds * sum(map(_weight, part.parts))
    return 1 + (sum(map(_weight, part.parts)) if isinstance(part, Step) else 0)
