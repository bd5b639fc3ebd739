r"""Writing a script: a tree in, text out.

Called by the editor and by whatever makes a tree. Laws:
- What the reader makes of a text is what it makes of it after it was written back: `read(write(tree)).script == tree`
  for every tree that the reader makes. Notes survive; line ends inside a paragraph do not.
- A character that means something is written with a backslash where it is only spoken: `\[`, `\{`, `\|`, `\%`, `\#`.
- A tree that no reader makes (a line end in a `Text`, one `Text` after another) is written as the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lowtide.model.time import MS_PER_MINUTE, MS_PER_SECOND
from lowtide.script.nodes import (
    Attend,
    Bell,
    Block,
    Breathe,
    Choice,
    Comment,
    Gate,
    Head,
    Inline,
    Open,
    Paragraph,
    Release,
    SayAs,
    Script,
    Section,
    Silence,
    Slot,
    Slow,
    Soft,
    Step,
    Tense,
    Text,
)
from lowtide.script.parsing.head import COMMENT, FENCE
from lowtide.script.parsing.places import SPACES

Mark = Silence | Open | Breathe | Attend | Tense | Release | Bell | Soft | Slow | SayAs

_SIGNS = re.compile(r"[\\\[\]{}|]|%(?=%)")
_ROOM = re.compile(rf"[{SPACES.replace(' ', '')}\r\n]+")
_SPACES = re.compile(" +")
_KEPT_SPACE = re.compile(r"(?<!\\)(?:\\\\)*\\ $")
_FIRST = re.compile(r"[#>]|[-*_=](?=[-*_= \t]*$)")
"""What would make something else of a paragraph that begins with it."""


def write(script: Script) -> str:
    r"""Write a script as text that reads back as the same tree.

    >>> from lowtide.script.nodes import Chapter
    >>> rest = Paragraph(inlines=(Text(text="Rest [here]."), Silence(natural_ms=8000)))
    >>> print(write(Script(head=Head(title="Rest"), chapters=(Chapter(title="", blocks=(rest,)),))), end="")
    ---
    title: Rest
    language: en
    ---
    <BLANKLINE>
    Rest \[here\].[8s]
    """
    blocks = list(_head(script.head))
    for number, chapter in enumerate(script.chapters):
        if number or chapter.title or not _is_plain(chapter.gate) or not chapter.blocks:
            blocks.append(_heading("#", chapter.title, chapter.gate))
        blocks += [_block(block) for block in chapter.blocks]
    return "\n\n".join(blocks) + "\n"


def _head(head: Head) -> Iterator[str]:
    lines = [FENCE, f"title: {_value(head.title)}"]
    if head.technique:
        lines.append(f"technique: {_value(head.technique)}")
    if head.most_minutes:
        most = "" if head.most_minutes == head.least_minutes else f"-{_number(head.most_minutes)}"
        lines.append(f"minutes: {_number(head.least_minutes)}{most}")
    if head.positions:
        lines.append(f"positions: {', '.join(head.positions)}")
    lines.append(f"language: {_value(head.language)}")
    for key, value in head.other:
        lines.append(f"{COMMENT} {_plain(value)}".rstrip() if key == COMMENT else f"{key}: {_value(value)}".rstrip())
    yield "\n".join([*lines, FENCE])


def _plain(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def _value(text: str) -> str:
    """Write a value, in quotes where it would else read back as another."""
    plain = _plain(text)
    if plain == plain.strip() and not plain.startswith(('"', COMMENT)) and " #" not in plain and "\t#" not in plain:
        return plain
    return '"' + plain.replace("\\", r"\\").replace('"', r"\"") + '"'


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _is_plain(gate: Gate) -> bool:
    return gate == Gate()


def _heading(signs: str, title: str, gate: Gate) -> str:
    return " ".join(filter(None, (signs, _text(title, after_space=True), _gate(gate))))


def _gate(gate: Gate) -> str:
    marks = [f"[{position}]" for position in gate.positions]
    marks += [f"[when {name}]" for name in gate.when]
    marks += [f"[unless {name}]" for name in gate.unless]
    if gate.optional:
        marks.append(f"[optional {gate.optional}]")
    if gate.most_rounds > 1:
        marks.append(f"[repeat {gate.least_rounds}-{gate.most_rounds}]")
    return " ".join(marks)


def _block(block: Block) -> str:
    match block:
        case Comment():
            return f"%% {_plain(block.text)}".rstrip()
        case Paragraph():
            words = _inlines(block.inlines, is_whole=True)
            if not _is_plain(block.gate):
                return f"{_gate(block.gate)} {words}" if words else _gate(block.gate)
            return "\\" + words if words and (_FIRST.match(words) or not words.strip()) else words
        case Step():
            gate = "" if _is_plain(block.gate) else f"{_gate(block.gate)} "
            kinds = " " + ", ".join(block.movements) if block.movements else ""
            move = f"> {gate}move{kinds}: {_inlines(block.move, is_whole=True)}"
            if not block.imagine:
                return move
            return f"{move}\n> imagine: {_inlines(block.imagine, is_whole=True)}"
        case Section():
            return "\n\n".join([_heading("##", block.title, block.gate), *(_block(inner) for inner in block.blocks)])


def _inlines(inlines: tuple[Inline, ...], *, is_whole: bool) -> str:
    """Write inline nodes; `is_whole` where spaces at the start and the end would not be read."""
    out = ""
    after_space = is_whole
    parts: list[str] = []
    for number, node in enumerate(inlines):
        if after_space and out and not out.endswith(" "):
            parts.append(" ")  # not read: it only keeps marks apart
        if isinstance(node, Text):
            out = _text(node.text, after_space=after_space)
            if is_whole and number == len(inlines) - 1 and _ends_in_space(out):
                out = out[:-1] + "\\ "
            after_space = _ends_in_space(out) if out else after_space
        else:
            out = _node(node)
            after_space = after_space and not isinstance(node, Choice | Slot)
        parts.append(out)
    return "".join(parts)


def _ends_in_space(words: str) -> bool:
    """Say whether the reader would take one more space for the same one."""
    return words.endswith(" ") and not _KEPT_SPACE.search(words)


def _text(text: str, *, after_space: bool) -> str:
    """Write words: signs with a backslash, and a space, too, where it would be one with the space before it."""
    words = _SIGNS.sub(r"\\\g<0>", _ROOM.sub(" ", text))
    return _SPACES.sub(lambda run: _spaces(len(run[0]), after_space=after_space and not run.start()), words)


def _spaces(count: int, *, after_space: bool) -> str:
    """Write a run of spaces: one as it is, the next kept by a backslash, and so on."""
    return "".join(r"\ " if (number % 2 == 0) == after_space else " " for number in range(count))


def _node(node: Inline) -> str:
    """Write anything but words."""
    match node:
        case Text():
            return _text(node.text, after_space=False)
        case Choice():
            return "{" + "|".join(_inlines(option, is_whole=False) for option in node.options) + "}"
        case Slot():
            return f"{{{node.name}}}"
        case _:
            return f"[{_mark(node)}]"


def _mark(node: Mark) -> str:
    """Write what stands between the brackets."""
    match node:
        case Silence():
            return f"{_time(node.natural_ms)}{' exactly' if node.exactly else ''}"
        case Open():
            return f"silence {_time(node.least_ms)}-{_time(node.most_ms)}"
        case Breathe():
            return _breathe(node)
        case Attend():
            return f"attend {node.region}"
        case Tense():
            return f"tense {node.region} {_time(node.length_ms)}"
        case Release():
            return f"release {_time(node.natural_ms)}"
        case SayAs():
            return f"say: {_escaped(node.word)}={_escaped(node.spoken)}"
        case Bell() | Soft() | Slow():
            return type(node).__name__.lower()


def _breathe(node: Breathe) -> str:
    if node.is_own_pace:
        return "breathe at my pace"
    phases = (node.in_ms, node.hold_ms, node.out_ms) if node.hold_ms else (node.in_ms, node.out_ms)
    times = f" x{node.times}" if node.times > 1 else ""
    return f"breathe {'-'.join(_seconds(phase) for phase in phases)}{times}"


def _time(ms: int) -> str:
    return f"{ms // MS_PER_MINUTE}m" if ms and ms % MS_PER_MINUTE == 0 else f"{_seconds(ms)}s"


def _seconds(ms: int) -> str:
    return f"{ms / MS_PER_SECOND:.3f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    """Write what stands in a mark as it is."""
    return re.sub(r"[\\\[\]=]|%(?=%)", r"\\\g<0>", _plain(text))
