"""The body of a script: lines in, chapters out.

Called by the reader. Laws:
- A line that begins with a gate's mark begins a paragraph, with or without an empty line before it.
- A note (from `%%` to the end of the line) is a block. In the middle of a paragraph or a step it is moved in
  front of it; after the last line of a paragraph it comes behind it.
- `> imagine:` belongs to the `> move …:` before it, even over an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lowtide.script import limits
from lowtide.script.diagnostics import Findings
from lowtide.script.nodes import NO_GATE, Block, Chapter, Comment, Gate, Inline, Paragraph, Section, Span, Step
from lowtide.script.parsing.inlines import Budget, Within, parse_inlines
from lowtide.script.parsing.marks import GATES
from lowtide.script.parsing.places import SPACES, Anchors, Piece, Source
from lowtide.script.parsing.steps import StepHead, is_half, read_half

_NOTE = re.compile(r"(?<!\\)(?:\\\\)*%%")
_HEADING = re.compile(rf"(#{{1,6}})(?:[{SPACES}]+(.*))?", re.DOTALL)
_GATE = re.compile(rf"\[[{SPACES}]*(?:{'|'.join(GATES)})\b[^\[\]]{{0,{limits.LONGEST_MARK}}}\]", re.IGNORECASE)
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}[ \t]*")


@dataclass(slots=True)
class _Part:
    """A chapter or section that is being read."""

    depth: int
    """1 for a chapter, 2 for a section; 0 for the chapter before the first heading."""
    title: str
    gate: Gate
    line: int
    column: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A paragraph or half a step that may go on in the next line."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Comment] = field(default_factory=list)
    """Notes after its last line so far."""


@dataclass(slots=True)
class _OpenStep:
    """A step that may go on in the next line, or still waits for its imagine."""

    head: StepHead
    gate: Gate
    move: _Open
    imagine: _Open | None = None


class BlockReader:
    """Takes lines one by one; `finish` gives the chapters."""

    def __init__(self, findings: Findings, anchors: Anchors, budget: Budget) -> None:
        self.findings, self.anchors, self.budget = findings, anchors, budget
        self.chapters: list[Chapter] = []
        self.chapter = _Part(0, "", NO_GATE, 1, 1)
        self.section: _Part | None = None
        self.paragraph: _Open | None = None
        self.quoted = False
        """True while the paragraph is a quote."""
        self.step: _OpenStep | None = None
        self.was_quote = False
        """True right after a quoted line."""
        self.count = 0
        self.last: tuple[int, int] = (1, 1)

    @property
    def is_full(self) -> bool:
        """True when no more is read."""
        return self.count >= limits.MOST_BLOCKS or self.budget.is_spent

    def read(self, lines: Sequence[str], first: int) -> tuple[Chapter, ...]:
        """Read every line from `first` on."""
        for number, line in enumerate(lines[first:], first + 1):
            self.budget.steps += 1
            self.last = (number, len(line) + 1)
            self.line(number, line)
            if self.is_full:
                what = "blocks" if self.count >= limits.MOST_BLOCKS else "marks and wordings"
                most = limits.MOST_BLOCKS if self.count >= limits.MOST_BLOCKS else limits.MOST_INLINES
                self.findings.add("S602", (number, 1), most=most, what=what)
                break
        self.end_blocks()
        self.end_chapter()
        return tuple(self.chapters)

    def line(self, number: int, line: str) -> None:
        """Take one line."""
        note = _NOTE.search(line)
        noted = note.end() - 2 if note else len(line)
        text = line[:noted]
        column = len(text) - len(text.lstrip(SPACES)) + 1
        body = text[column - 1 :]
        plain = body.rstrip()
        was_quote, self.was_quote = self.was_quote, plain.startswith(">")
        if not plain:
            if not note:
                self.end_paragraph()
        elif plain.startswith(">"):
            self.quote(number, column, body, was_quote)
        elif (heading := _HEADING.fullmatch(body)) is not None:
            self.heading(number, column, len(heading[1]), heading[2] or "", column + heading.start(2))
        elif _RULE.fullmatch(plain):
            self.end_blocks()
            self.findings.add("S704", (number, column))
        else:
            if plain.startswith("#"):
                self.findings.add("S702", (number, column))
            self.text(number, column, body, was_quote)
        if note:
            self.note(Comment(text=line[noted + 2 :].strip(), span=Span(number, noted + 1, number, len(line) + 1)))

    def text(self, number: int, column: int, body: str, was_quote: bool) -> None:
        """Take a line of a paragraph."""
        if was_quote:
            self.findings.add("S507", (number, column))
        if was_quote or self.quoted or self.step or _GATE.match(body):
            self.end_blocks()
        if self.paragraph is None:
            self.paragraph = _Open()
        self.go_on(self.paragraph, (number, column, body))

    def go_on(self, open_: _Open, piece: Piece) -> None:
        """Add a line to what is open; notes since its last line stood in its middle."""
        for note in open_.notes:
            self.emit(note)
        open_.notes = []
        open_.pieces.append(piece)

    def note(self, comment: Comment) -> None:
        """Take a note: it waits until it is known whether the block goes on after it."""
        if self.step:
            (self.step.imagine or self.step.move).notes.append(comment)
        elif self.paragraph:
            self.paragraph.notes.append(comment)
        else:
            self.emit(comment)

    def quote(self, number: int, column: int, body: str, was_quote: bool) -> None:
        """Take a line that begins with `>`."""
        inner = body[1:].lstrip(SPACES)
        column += len(body) - len(inner)
        if not inner.rstrip():
            return
        half = read_half((number, column, inner), self.findings)
        if half is None:
            self.quote_on((number, column, inner), was_quote)
        elif half.is_move:
            self.end_blocks()
            self.step = _OpenStep(half, self.gate_of(half), _Open([half.words]))
        elif self.step and self.step.imagine is None:
            for note in self.step.move.notes:
                self.emit(note)
            self.step.move.notes = []
            self.step.imagine = _Open([half.words])
            if half.gate_text and self.gate_of(half) != self.step.gate:
                self.findings.add("S412", half.at, mark=half.gate_text.strip(" []"))
        else:
            self.end_blocks()
            self.findings.add("S402", half.at)
            self.quoted, self.paragraph = True, _Open([half.words])

    def quote_on(self, piece: Piece, was_quote: bool) -> None:
        """Take a quoted line that is neither move nor imagine."""
        if self.step and was_quote and not is_half(piece[2]):
            self.go_on(self.step.imagine or self.step.move, piece)
            return
        if not (self.paragraph and self.quoted):
            self.end_blocks()
            self.quoted, self.paragraph = True, _Open()
            if is_half(piece[2]):
                self.findings.add("S413", (piece[0], piece[1]), start=piece[2][:30].split(":")[0])
            else:
                self.findings.add("S506", (piece[0], piece[1]))
        self.go_on(self.paragraph, piece)

    def heading(self, number: int, column: int, depth: int, text: str, text_column: int) -> None:
        """Take a heading."""
        self.end_blocks()
        if depth > 2:
            self.findings.add("S501", (number, column))
        gate, inlines = self.inlines([(number, text_column, text)], Within.HEADING)
        title = "".join(getattr(inline, "text", "") for inline in inlines).strip(" ")
        if not title:
            self.findings.add("S505", (number, column))
        part = _Part(min(depth, 2), title, gate, number, column)
        if depth == 1:
            self.end_chapter()
            self.chapter = part
        else:
            self.end_section()
            self.section = part
        self.count += 1

    def emit(self, block: Paragraph | Step | Comment) -> None:
        """Put a finished block where it belongs."""
        self.count += 1
        (self.section or self.chapter).blocks.append(block)

    def inlines(self, pieces: list[Piece], within: Within) -> tuple[Gate, tuple[Inline, ...]]:
        """Parse the text of a block."""
        source = Source(pieces)
        if len(source.text) > limits.LONGEST_PARAGRAPH:
            self.findings.add("S608", source.at(0), most=limits.LONGEST_PARAGRAPH)
        return parse_inlines(source, within, self.findings, self.anchors, self.budget)

    def gate_of(self, half: StepHead) -> Gate:
        """Read the gate before `move` or `imagine`."""
        gate, _ = parse_inlines(
            Source([(*half.at, half.gate_text)]), Within.PARAGRAPH, self.findings, self.anchors, self.budget
        )
        return gate

    def end_blocks(self) -> None:
        """End whatever is open."""
        self.end_paragraph()
        self.end_step()

    def end_paragraph(self) -> None:
        """End the paragraph; a step that waits for its imagine goes on waiting."""
        open_, self.paragraph, self.quoted = self.paragraph, None, False
        if open_ is not None:
            gate, inlines = self.inlines(open_.pieces, Within.PARAGRAPH)
            span = _span(open_.pieces)
            if not inlines and gate != NO_GATE:
                self.findings.add("S504", span, what="mark")
            if inlines or gate != NO_GATE:
                self.emit(Paragraph(inlines=inlines, gate=gate, span=span))
            for note in open_.notes:
                self.emit(note)
        if self.step and self.step.imagine is not None:
            self.end_step()

    def end_step(self) -> None:
        """End the step, whether or not its imagine was found."""
        step, self.step = self.step, None
        if step is None:
            return
        _, move = self.inlines(step.move.pieces, Within.STEP)
        imagine: tuple[Inline, ...] = ()
        line, column = step.head.at
        if step.imagine is None:
            self.findings.add("S401", (line, column))
        else:
            _, imagine = self.inlines(step.imagine.pieces, Within.STEP)
        last = _span((step.imagine or step.move).pieces)
        if not move:
            self.findings.add("S405", (line, column), part="move")
        if step.imagine is not None and not imagine:
            self.findings.add("S405", last, part="imagine")
        span = Span(line, column, last.end_line, last.end_column)
        self.emit(Step(movements=step.head.movements, move=move, imagine=imagine, gate=step.gate, span=span))
        for note in (step.imagine or step.move).notes:
            self.emit(note)

    def end_section(self) -> None:
        """End the section, where there is one."""
        part, self.section = self.section, None
        if part is None:
            return
        blocks = tuple(block for block in part.blocks if not isinstance(block, Section))
        self.complain_of_nothing(part, "section")
        self.chapter.blocks.append(Section(title=part.title, gate=part.gate, blocks=blocks, span=self.span_of(part)))

    def end_chapter(self) -> None:
        """End the chapter; the one before the first heading only where something stands in it."""
        self.end_section()
        part = self.chapter
        if part.depth or part.blocks:
            self.complain_of_nothing(part, "heading")
            chapter = Chapter(title=part.title, gate=part.gate, blocks=tuple(part.blocks), span=self.span_of(part))
            self.chapters.append(chapter)

    def complain_of_nothing(self, part: _Part, what: str) -> None:
        """Warn of a heading with nothing under it that could be heard."""
        if part.depth and all(isinstance(block, Comment) for block in part.blocks):
            self.findings.add("S504", (part.line, part.column), what=what)

    def span_of(self, part: _Part) -> Span:
        """Give the span from a heading to the last line so far."""
        return Span(part.line, part.column, *self.last)


def _span(pieces: list[Piece]) -> Span:
    line, column, _ = pieces[0]
    end_line, end_column, text = pieces[-1]
    return Span(line, column, end_line, end_column + len(text.rstrip()))
