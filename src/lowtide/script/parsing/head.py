"""The front matter: the script's first lines in, a `Head` and the number of lines it took out.

Called by the reader. A head is `key: value # comment` between two lines `---`: the part of YAML that people write by
hand, and nothing else of it. Unknown keys, comments and lines that are neither are kept in `Head.other`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from lowtide.model.movement import Position
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE
from lowtide.script.diagnostics import Findings, nearest
from lowtide.script.nodes import Head, Span
from lowtide.script.parsing.marks import name_of

FENCE = "---"
COMMENT = "#"
"""The key in `Head.other` under which a comment is kept."""
KEYS = ("title", "technique", "minutes", "positions", "language")

_ENTRY = re.compile(r"([A-Za-z][\w-]{0,59})[ \t]*:[ \t]*(.*)", re.ASCII)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*(?:#(.*))?')
_MINUTES = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(?:[ \t]*(?:-|–|to)[ \t]*(\d{1,4}(?:\.\d{1,3})?))?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_TECHNIQUE = re.compile(r"[a-z][a-z0-9-]{0,59}", re.ASCII)


def read_head(lines: Sequence[str], findings: Findings) -> tuple[Head, int, bool]:
    """Read the head: it, how many lines it took, and whether it has a title key."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if first >= len(lines) or lines[first].rstrip() != FENCE:
        findings.add("S101", (1, 1))
        return Head(), 0, False
    end = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip() == FENCE), None)
    if end is None:
        findings.add("S102", (first + 1, 1))
        end = first + 1
        while end < len(lines) and _ENTRY.fullmatch(lines[end].strip()):
            end += 1
        head, titled = _entries(lines, first + 1, end, findings)
        return head, end, titled
    head, titled = _entries(lines, first + 1, end, findings)
    return head, end + 1, titled


def _entries(lines: Sequence[str], first: int, end: int, findings: Findings) -> tuple[Head, bool]:
    head = Head(span=Span(first, 1, end + 1, len(FENCE) + 1))
    other: list[tuple[str, str]] = []
    seen: set[str] = set()
    for number in range(first, end):
        line = lines[number].strip()
        if not line:
            continue
        entry = _ENTRY.fullmatch(line)
        if line.startswith(COMMENT) or entry is None:
            if not line.startswith(COMMENT):
                findings.add("S104", (number + 1, 1), line=line)
            other.append((COMMENT, line.removeprefix(COMMENT).strip()))
            continue
        key = entry[1].lower()
        value, comment = _value(entry[2] or "")
        at = (number + 1, lines[number].index(entry[1]) + 1)
        if comment:
            other.append((COMMENT, comment))
        if key in seen:
            findings.add("S106", at, key=key)
        elif key in KEYS:
            head = _READERS[key](head, value, (at[0], at[1] + entry.start(2) if entry[2] else at[1]), findings)
        else:
            near = nearest(key, KEYS, otherwise="It is kept, and means nothing to Lowtide.")
            findings.add("S105", at, key=key, near=near)
            other.append((entry[1], value))
        seen.add(key)
    return replace(head, other=tuple(other)), "title" in seen


def _value(text: str) -> tuple[str, str]:
    """Part a value from its comment. A value in double quotes may hold anything."""
    quoted = _QUOTED.fullmatch(text.strip())
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1]), (quoted[2] or "").strip()
    if text.startswith(COMMENT):
        return "", text[1:].strip()
    value, _, comment = text.replace("\t#", " #").partition(" #")
    return value.strip(), comment.strip()


Place = tuple[int, int]


def _title(head: Head, value: str, at: Place, findings: Findings) -> Head:
    if not value:
        findings.add("S103", at, taken="")
    return replace(head, title=value)


def _technique(head: Head, value: str, at: Place, findings: Findings) -> Head:
    if not _TECHNIQUE.fullmatch(value):
        findings.add("S110", at, value=value)
    return replace(head, technique=value)


def _minutes(head: Head, value: str, at: Place, findings: Findings) -> Head:
    match = _MINUTES.fullmatch(value)
    least = float(match[1]) if match else 0
    most = float(match[2] or match[1]) if match else 0
    if not 0 < least <= most <= LONGEST_MS / MS_PER_MINUTE:
        findings.add("S108", at, value=value)
        return head
    return replace(head, least_minutes=least, most_minutes=most)


def _positions(head: Head, value: str, at: Place, findings: Findings) -> Head:
    found: list[Position] = []
    for word in value.strip("[]").split(","):
        name = name_of(word)
        if name in tuple(Position):
            found.append(Position(name))
        else:
            findings.add("S107", at, name=word.strip(), near=nearest(name, tuple(Position)))
    return replace(head, positions=tuple(dict.fromkeys(found)))


def _language(head: Head, value: str, at: Place, findings: Findings) -> Head:
    if not _LANGUAGE.fullmatch(value):
        findings.add("S109", at, value=value)
        return head
    return replace(head, language=value)


_READERS: dict[str, Callable[[Head, str, Place, Findings], Head]] = {
    "title": _title,
    "technique": _technique,
    "minutes": _minutes,
    "positions": _positions,
    "language": _language,
}
