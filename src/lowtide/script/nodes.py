"""The tree of a script: frozen nodes with spans. Made by `parser`, walked by `checker`, `writer` and `compose.resolve`.

Spans do not take part in equality: two texts that say the same are the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lowtide.model.movement import Position


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands in its file. Lines and columns count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Span(0, 0, 0, 0)
"""The span of a node that no file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes share."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """Words to be spoken. Sentence ends and ellipses inside it become silences when it is resolved."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Node):
    """`{a|b}`: one of several wordings."""

    options: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(Node):
    """`{place}`, `{side}`, `{name}`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence(Node):
    """`[8s]`, `[2m]`, `[8s exactly]`."""

    natural_ms: int
    exactly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Node):
    """`[silence 30s-10m]`: open practice."""

    least_ms: int
    most_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breathe(Node):
    """`[breathe 4-2-6 x5]`, or `[breathe at my pace]` where `times` is 0 and all phases are 0."""

    in_ms: int
    hold_ms: int
    out_ms: int
    times: int

    @property
    def is_own_pace(self) -> bool:
        """True for the form that never paces."""
        return self.times == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attend(Node):
    """`[attend REGION]`; the region `place` is wherever the listener has said it hurts."""

    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tense(Node):
    """`[tense REGION 6s]`."""

    region: str
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Node):
    """`[release 30s]`."""

    natural_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell(Node):
    """`[bell]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft(Node):
    """`[soft]`: a quieter voice to the paragraph's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow(Node):
    """`[slow]`: a slower voice to the paragraph's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayAs(Node):
    """`[say: lumbar=LUM-bar]`: how a word is spoken, from here to the script's end."""

    word: str
    spoken: str


Inline = Text | Choice | Slot | Silence | Open | Breathe | Attend | Tense | Release | Bell | Soft | Slow | SayAs


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Node):
    """The marks after a heading or at a paragraph's start."""

    positions: tuple[Position, ...] = ()
    """`[lying]` `[sitting]` …: kept in these positions only; empty for every one."""
    when: tuple[str, ...] = ()
    """`[when X]`: every one of these must hold."""
    unless: tuple[str, ...] = ()
    """`[unless X]`: none of these may hold."""
    optional: int = 0
    """`[optional N]`; 0 where it must stay."""
    least_rounds: int = 1
    """`[repeat 2-6]`."""
    most_rounds: int = 1


NO_GATE = Gate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Node):
    """Text between blank lines."""

    inlines: tuple[Inline, ...]
    gate: Gate = NO_GATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Node):
    """`> move KIND[, KIND]: …` with its `> imagine: …`. A gate stands before `move`: `> [lying] move KIND: …`."""

    movements: tuple[str, ...]
    move: tuple[Inline, ...]
    imagine: tuple[Inline, ...]
    gate: Gate = NO_GATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Node):
    """`%% …`: a note for the author, never spoken."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Node):
    """`## Name`: paragraphs that are gated, dropped or repeated together. The player does not show it."""

    title: str
    blocks: tuple[Paragraph | Step | Comment, ...]
    gate: Gate = NO_GATE


Block = Paragraph | Step | Comment | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Node):
    """`# Name`: the player can jump to it. Text before the first heading is a chapter without a title."""

    title: str
    blocks: tuple[Block, ...]
    gate: Gate = NO_GATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Node):
    """The front matter. `other` keeps keys that Lowtide does not know, so that writing back loses nothing."""

    title: str = ""
    technique: str = ""
    least_minutes: float = 0
    most_minutes: float = 0
    """The range in which the script is at its best; both 0 where it does not say."""
    positions: tuple[Position, ...] = ()
    language: str = "en"
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script(Node):
    """A whole script."""

    head: Head
    chapters: tuple[Chapter, ...]
