"""Reading a script: any text in, its tree and everything that is wrong with it out, in one pass.

`read` is called by `lowtide check` and `lowtide render`, and by the import to check its own work; `parse` by `content`.
Laws: no text raises; the time is linear in its length; what `limits` does not allow is an error and is not read any
further.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lowtide.script import limits
from lowtide.script.diagnostics import Diagnostic, Findings, in_order
from lowtide.script.nodes import Head, Script, Span
from lowtide.script.parsing.blocks import BlockReader
from lowtide.script.parsing.head import read_head
from lowtide.script.parsing.inlines import Budget
from lowtide.script.parsing.places import Anchors

_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters and what Unicode says is no character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A script as far as it could be read, and what is wrong with it."""

    script: Script
    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""
    has_errors: bool
    """True where no session can be made of it."""
    steps: int
    """How much work the reading was, in tokens; linear in the text's length."""


def read(text: str) -> Reading:
    r"""Read and check a script. Takes any text, never raises.

    >>> reading = read("---\ntitle: Rest\n---\nLet go. [8s]")
    >>> reading.script.head.title, reading.has_errors
    ('Rest', False)
    >>> str(read("---\ntitle: Rest\n---\nLet go. [8z]").diagnostics[0])
    '4:9 S204 [8z] does not say what it needs. (Write it like [8s] or [2m].)'
    """
    # The checker knows a thousand words that ask for a movement; what is only parsed does not wait for them.
    from lowtide.script.checker import check
    from lowtide.script.style import style

    anchors = Anchors()
    return _read(text, anchors, lambda script: (check(script, anchors), style(script, anchors)))


def parse(text: str) -> Reading:
    r"""Read a script without checking it: its tree, and only what keeps a part of it from being understood.

    For the library's own scripts, which tests hold to `read`; a script from anywhere else is read with `read`.

    >>> parse("---\ntitle: Rest\n---\nLift your arms.").diagnostics
    ()
    >>> parse("---\ntitle: Rest\n---\nLet go. [8z]").has_errors
    True
    """
    return _read(text, Anchors(), lambda _script: ())


def _read(text: str, anchors: Anchors, checks: Callable[[Script], tuple[Findings, ...]]) -> Reading:
    found, budget = Findings(), Budget()
    lines = _lines(text, found)
    head, first, is_titled = read_head(lines, found)
    chapters = BlockReader(found, anchors, budget).read(lines, first)
    if not is_titled:
        title = next((chapter.title for chapter in chapters if chapter.title), "")
        found.add("S103", (1, 1), taken=f"; '{title}' is taken, from its first heading" if title else "")
        head = replace(head, title=title)
    span = Span(1, 1, len(lines), len(lines[-1]) + 1)
    script = Script(head=head, chapters=chapters, span=span)
    stages = (found, *checks(script))
    return Reading(
        script=script,
        diagnostics=in_order(stages),
        has_errors=any(stage.has_errors for stage in stages),
        steps=budget.steps,
    )


def read_only_head(text: str) -> Head:
    r"""Read a script's head alone, for choosing among many scripts; its diagnostics are `read`'s to give.

    >>> read_only_head("---\ntitle: Rest\nminutes: 3-20\n---\nLet go.").most_minutes
    20.0
    """
    found = Findings()
    end = re.search(r"\n---[ \t]*\r?(?:\n|$)", text)
    return read_head(_lines(text[: end.end()] if end else text, found), found)[0]


def _lines(text: str, found: Findings) -> list[str]:
    """Part a text into lines, whichever way they end, and point at what no voice can say."""
    if len(text) > limits.LONGEST_TEXT:
        found.add("S601", (1, 1), most=f"{limits.LONGEST_TEXT:,}")
        text = text[: limits.LONGEST_TEXT]
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        for match in _UNSPEAKABLE.finditer(line):
            found.add("S701", (number, match.start() + 1), character=f"U+{ord(match[0]):04X}")
    return lines
