"""A script in, the same script with a tag in each of its texts out, so that what was said tells what was reached.

Called by `proving`. A tag is one rare letter inside a word: it survives everything that composing does to words, and is
taken out of what was said before anything is measured or judged. Laws: a tagged script composes to the same session as
the plain one; every text with a word has a tag of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lowtide.script import nodes

FIRST = 0x20000
"""Tags are Chinese characters of the supplementary plane: letters to Unicode, and in no script of the library."""
MOST = 0xA6D0
_TAG = re.compile(f"[{chr(FIRST)}-{chr(FIRST + MOST)}]")
_WORD = re.compile(r"(?<!['’\w])([^\W\d_])(?=[^\W\d_])")
_LETTER = re.compile(r"([^\W\d_])")
_FOR_SLOTS = frozenset({"your", "the", "my"})
"""A text of this word alone is read together with the slot behind it."""
EXCERPT = 60
"""So many characters of a text name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A text of a script that somebody should hear."""

    tag: str
    line: int
    what: str
    """What it is, in an author's words: `wording 2 of 3`, `move`, `paragraph`."""
    words: str
    """Its beginning."""
    movements: tuple[str, ...] = ()
    """What a body does that follows it; empty for everything that is not a move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, or one side of a step: what is kept or left out as one."""

    gates: tuple[nodes.Gate, ...]
    """Everything that decides about it, from the chapter down."""
    tags: frozenset[str]
    kinds: frozenset[str]
    """The names of the node kinds in it."""
    line: int
    instead_of: tuple[str, ...] = ()
    """The movements that an imagine stands for; empty for everything else."""


@dataclass(slots=True)
class Tagged:
    """A script with tags."""

    script: nodes.Script
    targets: list[Target] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    moves: dict[str, Target] = field(default_factory=dict)
    """The texts that ask for a movement, by their tags."""


def plain(text: str) -> str:
    """Take the tags out of a text.

    >>> plain("Re" + chr(FIRST) + "st.")
    'Rest.'
    """
    return _TAG.sub("", text)


def tags_in(text: str) -> list[str]:
    """List the tags of a text."""
    return _TAG.findall(text)


def tagged(script: nodes.Script, first: int = 0) -> Tagged:
    """Tag a script; `first` is the number of its first tag, where several scripts are tagged.

    >>> found = tagged(nodes.Script(head=nodes.Head(), chapters=()))
    >>> found.targets
    []
    """
    tagger = _Tagger(first)
    chapters = tuple(tagger.chapter(chapter) for chapter in script.chapters)
    moves = {target.tag: target for target in tagger.targets if target.movements}
    return Tagged(replace(script, chapters=chapters), tagger.targets, tagger.lines, moves)


class _Tagger:
    def __init__(self, first: int) -> None:
        self.first = first
        self.targets: list[Target] = []
        self.lines: list[Line] = []

    def chapter(self, chapter: nodes.Chapter) -> nodes.Chapter:
        return replace(chapter, blocks=tuple(self.block(block, (chapter.gate,)) for block in chapter.blocks))

    def block(self, block: nodes.Block, gates: tuple[nodes.Gate, ...]) -> nodes.Block:
        if isinstance(block, nodes.Comment):
            return block
        gates = (*gates, block.gate)
        match block:
            case nodes.Section():
                inner = tuple(self.block(one, gates) for one in block.blocks)
                return replace(block, blocks=tuple(one for one in inner if not isinstance(one, nodes.Section)))
            case nodes.Paragraph():
                return replace(block, inlines=self.line(block.inlines, gates, "paragraph", ()))
            case nodes.Step():
                move = self.line(block.move, gates, "move", block.movements)
                imagine = self.line(block.imagine, gates, "imagine", ())
                self.lines[-1] = replace(self.lines[-1], instead_of=block.movements)
                return replace(block, move=move, imagine=imagine)

    def line(
        self, inlines: tuple[nodes.Inline, ...], gates: tuple[nodes.Gate, ...], what: str, movements: tuple[str, ...]
    ) -> tuple[nodes.Inline, ...]:
        begin = len(self.targets)
        found = self.inlines(inlines, what, movements)
        mine = self.targets[begin:]
        at = inlines[0].span.line if inlines else 0
        self.lines.append(
            Line(
                gates=gates,
                tags=frozenset(target.tag for target in mine),
                kinds=frozenset({*_kinds(inlines), what}),
                line=mine[0].line if mine else at,
            )
        )
        return found

    def inlines(
        self, inlines: tuple[nodes.Inline, ...], what: str, movements: tuple[str, ...]
    ) -> tuple[nodes.Inline, ...]:
        return tuple(self.inline(inline, what, movements) for inline in inlines)

    def inline(self, inline: nodes.Inline, what: str, movements: tuple[str, ...]) -> nodes.Inline:
        if isinstance(inline, nodes.Choice):
            options = (
                self.inlines(option, f"wording {number} of {len(inline.options)}", movements)
                for number, option in enumerate(inline.options, start=1)
            )
            return replace(inline, options=tuple(options))
        return self.text(inline, what, movements) if isinstance(inline, nodes.Text) else inline

    def text(self, text: nodes.Text, what: str, movements: tuple[str, ...]) -> nodes.Text:
        words = " ".join(text.text.split())
        found = _WORD.search(text.text) or _LETTER.search(text.text)
        if not found or words.lower() in _FOR_SLOTS or words.lower().startswith("side"):
            return text
        number = self.first + len(self.targets)
        assert number < MOST, "more texts than tags"
        tag = chr(FIRST + number)
        self.targets.append(Target(tag=tag, line=text.span.line, what=what, words=words[:EXCERPT], movements=movements))
        return replace(text, text=f"{text.text[: found.end()]}{tag}{text.text[found.end() :]}")


def _kinds(inlines: tuple[nodes.Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        yield type(inline).__name__.lower()
        if isinstance(inline, nodes.Choice):
            for option in inline.options:
                yield from _kinds(option)
