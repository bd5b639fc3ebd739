"""A reading as readable lines: what the `.expected` files of the script's chapters hold."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lowtide.script import Reading
from lowtide.script.nodes import (
    Attend,
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
    Section,
    Silence,
    Slot,
    Step,
    Tense,
    Text,
)


def dump(reading: Reading) -> str:
    """Write the tree, then `---` and the diagnostics where there are any."""
    lines = list(_head(reading.script.head))
    for chapter in reading.script.chapters:
        lines.append(f"chapter {_quoted(chapter.title)}{_gate(chapter.gate)}")
        lines += _indented(_blocks(chapter.blocks))
    if reading.diagnostics:
        lines.append("---")
        lines += [f"{'error' if one.is_error else 'warning'} {one}" for one in reading.diagnostics]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _head(head: Head) -> Iterator[str]:
    if head.title:
        yield f"title: {_quoted(head.title)}"
    if head.technique:
        yield f"technique: {head.technique}"
    if head.most_minutes:
        least, most = head.least_minutes, head.most_minutes
        yield f"minutes: {least:g}" if least == most else f"minutes: {least:g}-{most:g}"
    if head.positions:
        yield f"positions: {', '.join(head.positions)}"
    if head.language != "en":
        yield f"language: {head.language}"
    yield from (f"other {key}: {_quoted(value)}" for key, value in head.other)


def _gate(gate: Gate) -> str:
    parts = [", ".join(gate.positions)] if gate.positions else []
    parts += [f"when {', '.join(gate.when)}"] if gate.when else []
    parts += [f"unless {', '.join(gate.unless)}"] if gate.unless else []
    parts += [f"optional {gate.optional}"] if gate.optional else []
    parts += [f"rounds {gate.least_rounds}-{gate.most_rounds}"] if gate.most_rounds > 1 else []
    return f" ({'; '.join(parts)})" if parts else ""


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Comment():
                yield f"comment {_quoted(block.text)}"
            case Paragraph():
                yield f"paragraph{_gate(block.gate)}"
                yield from _indented(_inlines(block.inlines))
            case Section():
                yield f"section {_quoted(block.title)}{_gate(block.gate)}"
                yield from _indented(_blocks(block.blocks))
            case Step():
                yield f"step {', '.join(block.movements)}".rstrip() + _gate(block.gate)
                for half in ("move", "imagine"):
                    inlines = getattr(block, half)
                    if inlines or half == "move":
                        yield f"  {half}"
                        yield from _indented(_indented(_inlines(inlines)))


def _inlines(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for node in inlines:
        if isinstance(node, Choice):
            yield "choice"
            for option in node.options:
                yield "  option"
                yield from _indented(_indented(_inlines(option)))
        else:
            yield _inline(node)


def _inline(node: Inline) -> str:
    match node:
        case Text():
            return f"text {_quoted(node.text)}"
        case Slot():
            return f"slot {node.name}"
        case Silence():
            return f"silence {_time(node.natural_ms)}{' exactly' if node.exactly else ''}"
        case Open():
            return f"open {_time(node.least_ms)}-{_time(node.most_ms)}"
        case Breathe() if node.is_own_pace:
            return "breathe at my pace"
        case Breathe():
            hold = f" hold {_time(node.hold_ms)}" if node.hold_ms else ""
            return f"breathe in {_time(node.in_ms)}{hold} out {_time(node.out_ms)} x{node.times}"
        case Attend():
            return f"attend {node.region}"
        case Tense():
            return f"tense {node.region} {_time(node.length_ms)}"
        case Release():
            return f"release {_time(node.natural_ms)}"
        case SayAs():
            return f"say {_quoted(node.word)} as {_quoted(node.spoken)}"
        case _:
            return type(node).__name__.lower()


def _time(ms: int) -> str:
    return f"{ms // 60_000}m" if ms and ms % 60_000 == 0 else f"{ms / 1000:g}s"
