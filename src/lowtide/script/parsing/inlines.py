r"""The inside of a paragraph: a `Source` in, a gate and inline nodes out.

Called by the block reader for paragraphs, headings and both halves of a step. Laws:
- What is not understood stays as words, and is an error, so that nothing is lost and nothing unread is spoken.
- Spaces and line ends count as one space. Marks take no room: the spaces around one count as one, too.
- A backslash makes the next character literal, unless it is a letter or a digit: `\[`, `\{`, `\|`, `\#`, `\ `.
- Every character is looked at a fixed number of times: choices are read with a stack of limited depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from lowtide.model.movement import Position
from lowtide.script import limits
from lowtide.script.diagnostics import Findings, nearest
from lowtide.script.nodes import NO_GATE, Choice, Gate, Inline, Slot, Text
from lowtide.script.parsing.marks import GateMark, Problem, read_mark
from lowtide.script.parsing.places import SPACES, Anchors, Source

SLOTS = ("place", "side", "name")
"""What can be filled in; compose has a reading of each for when it is not known."""

_TOKEN = re.compile(
    rf"(?P<space>(?:[{SPACES}\n]|\\\n)+)|(?P<escape>\\[^a-zA-Z0-9{SPACES.replace(' ', '')}\n])"
    rf"|(?P<sign>[\[\]{{}}|])|(?P<words>\\|[^{SPACES}\n\\\[\]{{}}|]+)"
)
_MARK = re.compile(rf"\[((?:[^\[\]\\]|\\.){{0,{limits.LONGEST_MARK}}})\]", re.DOTALL)
_ROOM = re.compile(rf"[{SPACES}\n]+")
_SLOT_NAME = re.compile(r"[a-zA-Z][a-zA-Z _-]{0,40}")


class Within(Enum):
    """Where inline text stands, which decides what may stand in it."""

    PARAGRAPH = auto()
    """A gate may stand first."""
    HEADING = auto()
    """Words and a gate, nothing else."""
    STEP = auto()
    """Half of a step: its gate has been read already."""


@dataclass(slots=True)
class Budget:
    """Counts what a script is made of, so that reading stops before it explodes; and the work of reading."""

    inlines: int = 0
    steps: int = 0
    """Tokens and characters looked at; a test holds it to a fixed number for each character."""

    @property
    def is_spent(self) -> bool:
        """True when no more nodes are made."""
        return self.inlines >= limits.MOST_INLINES


@dataclass(slots=True)
class _Frame:
    """An open `{`, or the text itself at the bottom of the stack."""

    start: int
    options: list[tuple[Inline, ...]] = field(default_factory=list)
    nodes: list[Inline] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """What will be the next `Text`."""
    length: int = 0
    offsets: list[int] = field(default_factory=list)
    """Where in the next `Text` its characters go on from another place of the source."""
    starts: list[int] = field(default_factory=list)
    """Those places."""
    end: int = 0
    is_broken: bool = False
    """True after a space that stands for several or for a line end: what follows comes from elsewhere."""

    def say(self, words: str, start: int, end: int) -> None:
        """Add words that are spoken as they are."""
        if not self.words or start != self.end or self.is_broken:
            self.is_broken = False
            self.offsets.append(self.length)
            self.starts.append(start)
        self.words.append(words)
        self.length += len(words)
        self.end = start + 1 if words == " " else end


def parse_inlines(
    source: Source, within: Within, findings: Findings, anchors: Anchors, budget: Budget
) -> tuple[Gate, tuple[Inline, ...]]:
    """Read the text of a paragraph, a heading or half a step. Takes any text."""
    return _Parser(source, within, findings, anchors, budget).parse()


class _Parser:
    def __init__(self, source: Source, within: Within, findings: Findings, anchors: Anchors, budget: Budget) -> None:
        self.source, self.within, self.findings, self.anchors, self.budget = source, within, findings, anchors, budget
        self.frames = [_Frame(0)]
        self.too_deep = 0
        self.literal_opens = {"[": 0, "{": 0}
        r"""How many `\[` and `\{` still wait for their end, which needs no backslash then."""
        self.after_space = True
        self.gate = NO_GATE

    def parse(self) -> tuple[Gate, tuple[Inline, ...]]:
        text, at = self.source.text, 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            assert token is not None, text[at]
            self.budget.steps += 1
            match token.lastgroup:
                case "space":
                    if not self.after_space:
                        self.say(" ", at, token.end())
                        self.frames[-1].is_broken = token.group() != " "
                    self.after_space = True
                case "sign" if not self.budget.is_spent:
                    at = self.sign(text[at], at)
                    continue
                case "escape":
                    if token.group()[1] in self.literal_opens:
                        self.literal_opens[token.group()[1]] += 1
                    self.say(token.group()[1], at + 1, token.end())
                    self.after_space = False
                case _:
                    self.say(token.group(), at, token.end())
                    self.after_space = False
            at = token.end()
        return self.close()

    def say(self, words: str, start: int, end: int) -> None:
        self.frames[-1].say(words, start, end)

    def flush(self) -> None:
        """Make a `Text` of the words so far."""
        frame = self.frames[-1]
        if not frame.words:
            return
        span = self.source.span(frame.starts[0], frame.end)
        self.add(Text(text="".join(frame.words), span=span))
        self.anchors.keep(span, frame.offsets, [self.source.at(start) for start in frame.starts])
        frame.words, frame.length, frame.offsets, frame.starts = [], 0, [], []

    def add(self, node: Inline) -> None:
        self.budget.inlines += 1
        self.frames[-1].nodes.append(node)

    def sign(self, sign: str, at: int) -> int:
        """Read what begins with a sign; give the offset after it."""
        match sign:
            case "[":
                return self.mark(at)
            case "]":
                self.complain_of_end("S202", "[", at)
                return self.literal(at)
            case "{":
                return self.open(at)
            case "}":
                return self.shut(at)
        if len(self.frames) == 1 or self.too_deep:
            return self.literal(at)
        self.flush()
        frame = self.frames[-1]
        frame.options.append(tuple(frame.nodes))
        frame.nodes = []
        self.after_space = False
        return at + 1

    def complain_of_end(self, code: str, opening: str, at: int) -> None:
        if self.literal_opens[opening]:
            self.literal_opens[opening] -= 1
        else:
            self.findings.add(code, self.source.at(at))

    def literal(self, at: int, end: int | None = None) -> int:
        """Keep signs as words."""
        end = end or at + 1
        self.say(_ROOM.sub(" ", self.source.text[at:end]), at, end)
        self.after_space = False
        return end

    def mark(self, at: int) -> int:
        match = _MARK.match(self.source.text, at)
        self.budget.steps += match.end() - at if match else 1
        if match is None:
            self.findings.add("S201", self.source.at(at))
            return self.literal(at)
        mark = read_mark(match[1], self.source.span(at, match.end()))
        plain = " ".join(match[1].split())
        if isinstance(mark, Problem):
            self.findings.add(mark.code, self.source.at(at), **mark.values)
        elif isinstance(mark, GateMark):
            if self.takes_gate():
                self.add_gate(mark, plain, at)
                return match.end()
            self.findings.add("S209", self.source.at(at), mark=plain)
        elif self.within is Within.HEADING:
            self.findings.add("S211", self.source.at(at), mark=plain)
        else:
            self.flush()
            self.add(mark)
            return match.end()
        return self.literal(at, match.end())

    def takes_gate(self) -> bool:
        if self.within is Within.HEADING:
            return len(self.frames) == 1
        first = self.frames[0]
        return self.within is Within.PARAGRAPH and len(self.frames) == 1 and not first.words and not first.nodes

    def add_gate(self, mark: GateMark, plain: str, at: int) -> None:
        gate = self.gate
        if (mark.kind == "optional" and gate.optional) or (mark.kind == "repeat" and gate.most_rounds > 1):
            self.findings.add("S210", self.source.at(at), mark=plain)
            return
        span = self.source.span(at, at + 1) if gate == NO_GATE else gate.span
        match mark.kind:
            case "position":
                positions = tuple(Position(name) for name in mark.names)
                gate = replace(gate, positions=tuple(dict.fromkeys(gate.positions + positions)))
            case "when":
                gate = replace(gate, when=tuple(dict.fromkeys(gate.when + mark.names)))
            case "unless":
                gate = replace(gate, unless=tuple(dict.fromkeys(gate.unless + mark.names)))
            case "optional":
                gate = replace(gate, optional=mark.low)
            case "repeat":
                gate = replace(gate, least_rounds=mark.low, most_rounds=mark.high)
        self.gate = replace(gate, span=span)

    def open(self, at: int) -> int:
        if self.within is Within.HEADING:
            self.findings.add("S306", self.source.at(at))
            return self.literal(at)
        if len(self.frames) > limits.DEEPEST_CHOICE:
            self.too_deep += 1
            self.findings.add("S603", self.source.at(at), most=limits.DEEPEST_CHOICE)
            return self.literal(at)
        self.frames.append(_Frame(at))
        self.after_space = False
        return at + 1

    def shut(self, at: int) -> int:
        if self.too_deep:
            self.too_deep -= 1
            return self.literal(at)
        if len(self.frames) == 1:
            if self.within is not Within.HEADING:
                self.complain_of_end("S302", "{", at)
            return self.literal(at)
        self.flush()
        frame = self.frames.pop()
        self.after_space = False
        options = (*frame.options, tuple(frame.nodes))
        span = self.source.span(frame.start, at + 1)
        if len(options) == 1:
            return self.slot(frame, at)
        self.flush()
        if not any(options):
            self.findings.add("S304", span)
        elif len(set(options)) < len(options):
            self.findings.add("S305", span)
        if len(options) > limits.MOST_OPTIONS:
            self.findings.add("S604", span, most=limits.MOST_OPTIONS)
        self.add(Choice(options=options, span=span))
        return at + 1

    def slot(self, frame: _Frame, at: int) -> int:
        """Read braces without a `|`."""
        only = frame.nodes[0] if len(frame.nodes) == 1 else None
        name = only.text.strip().lower() if isinstance(only, Text) else ""
        if name in SLOTS:
            self.flush()
            self.add(Slot(name=name, span=self.source.span(frame.start, at + 1)))
            return at + 1
        if _SLOT_NAME.fullmatch(name):
            near = nearest(name, SLOTS, "{{{}}}", "There are {place}, {side} and {name}.")
            self.findings.add("S303", self.source.at(frame.start), name=name, near=near)
        else:
            self.findings.add("S304", self.source.at(frame.start))
        self.unwind(frame)
        return self.literal(at)

    def unwind(self, frame: _Frame) -> None:
        """Make words again of a `{` that turned out not to be one, keeping what stands behind it."""
        self.literal(frame.start)
        for index, option in enumerate([*frame.options, tuple(frame.nodes)]):
            if index:
                self.say("|", frame.start, frame.start)
            for node in option:
                if isinstance(node, Text):
                    start = self.source.offset(node.span)
                    self.say(node.text, start, start + len(node.text))
                else:
                    self.flush()
                    self.frames[-1].nodes.append(node)

    def close(self) -> tuple[Gate, tuple[Inline, ...]]:
        """End the text: what is still open was no choice."""
        last = self.frames[-1]
        if self.after_space and last.words:
            last.length -= len(last.words.pop())
        while len(self.frames) > 1:
            self.flush()
            frame = self.frames.pop()
            self.findings.add("S301", self.source.at(frame.start))
            self.unwind(frame)
        self.flush()
        return self.gate, tuple(self.frames[0].nodes)
