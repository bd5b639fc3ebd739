"""Scripts and sessions for tests of composing, built without the parser: each takes only what the test is about."""

from __future__ import annotations

from typing import Any

import factories
from lowtide.compose import resolve
from lowtide.model.plan import Plan
from lowtide.model.session import Breath, Group, Part, Pause, Phrase, Session, Step
from lowtide.model.speech import ClipKey
from lowtide.script import nodes

SAFETY_LINE = "Sharp or lasting pain means stop."


def text(words: str) -> nodes.Text:
    return nodes.Text(text=words)


def options(*wordings: str) -> nodes.Choice:
    return nodes.Choice(options=tuple((text(wording),) for wording in wordings))


def paragraph(*inlines: nodes.Inline | str, **gate: Any) -> nodes.Paragraph:
    found = tuple(text(inline) if isinstance(inline, str) else inline for inline in inlines)
    return nodes.Paragraph(inlines=found, gate=nodes.Gate(**gate))


def move(kinds: str, done: str, imagined: str, **gate: Any) -> nodes.Step:
    return nodes.Step(
        movements=tuple(kinds.split(", ")), move=(text(done),), imagine=(text(imagined),), gate=nodes.Gate(**gate)
    )


def chapter(*blocks: nodes.Block, title: str = "A chapter", **gate: Any) -> nodes.Chapter:
    return nodes.Chapter(title=title, blocks=blocks, gate=nodes.Gate(**gate))


def script(*chapters: nodes.Chapter, **head: Any) -> nodes.Script:
    return nodes.Script(head=nodes.Head(**({"title": "A script"} | head)), chapters=chapters)


OPENING = script(chapter(paragraph(SAFETY_LINE), title="Before you begin"), title="The opening")


def resolved(*blocks: nodes.Block, plan: Plan | None = None) -> Session:
    """Resolve some blocks as the only chapter after the opening."""
    return resolve(plan or factories.plan(), script(chapter(*blocks)), OPENING)


def parts(session: Session) -> list[Part]:
    """Everything in a session after its opening, groups and steps opened, in order."""
    return opened(session.parts[1:])


def opened(found: tuple[Part, ...]) -> list[Part]:
    """Parts in order, with groups replaced by what is in them and steps followed by it."""
    flat: list[Part] = []
    for part in found:
        flat.extend(opened(part.parts) if isinstance(part, Group) else [part])
        if isinstance(part, Step):
            flat.extend(opened(part.parts))
    return flat


def said(session: Session) -> list[str]:
    """What is said after the opening, cue words left out."""
    return [part.text for part in parts(session) if isinstance(part, Phrase)]


def breaths(session: Session) -> list[Breath]:
    return [part for part in parts(session) if isinstance(part, Breath)]


def pauses(session: Session) -> list[Pause]:
    return [part for part in parts(session) if isinstance(part, Pause)]


def lengths(session: Session, ms_per_character: int = 70) -> dict[ClipKey, int]:
    """Say how long each phrase is: about 100 words a minute."""
    return {phrase.key: 300 + ms_per_character * len(phrase.spoken) for phrase in session.phrases()}


def session(*groups: Group, settle_ms: int = 0, close_ms: int = 0, **plan: Any) -> Session:
    """A session of these chapters, without a settling time or a close unless asked for."""
    return Session(
        plan=factories.plan(**plan),
        title="A session",
        language="en",
        parts=groups,
        settle_ms=settle_ms,
        close_ms=close_ms,
    )


def group(*inner: Part | int | str, title: str = "", **fields: Any) -> Group:
    """A group of parts; a number is a rigid silence in ms, a text a phrase."""
    return Group(title=title, parts=tuple(_part(part) for part in inner), **fields)


def _part(part: Part | int | str) -> Part:
    if isinstance(part, int):
        return Pause(natural_ms=part, least_ms=part, most_ms=part)
    return Phrase(text=part, spoken=part) if isinstance(part, str) else part
