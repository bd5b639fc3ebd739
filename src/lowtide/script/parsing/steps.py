"""The first line of half a step: `> [gate] move KIND, KIND: words` in, its movements and where its words begin out.

Called by the block reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lowtide.model.movement import TENSE, Kind, is_movement
from lowtide.script import limits
from lowtide.script.diagnostics import Findings, nearest
from lowtide.script.parsing.marks import GATES, known_region, name_of, near_region
from lowtide.script.parsing.places import SPACES, Piece

_GATES = re.compile(
    rf"(?:\[[{SPACES}]*(?:{'|'.join(GATES)})\b[^\[\]]{{0,{limits.LONGEST_MARK}}}\][{SPACES}]*)*", re.IGNORECASE
)
_WORD = re.compile(r"(move|imagine)\b[ \t]*", re.IGNORECASE)
_NAMES = re.compile(rf"((?:[ \t]*tense[ \t]*:)?[\w \t-]{{0,{limits.LONGEST_NAME}}})([,:]|$)", re.IGNORECASE | re.ASCII)
_MEANT = re.compile(r"([A-Za-z]{3,10})[ \t]+[\w, \t-]{0,40}:", re.ASCII)
_KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class StepHead:
    """What stands before a half's words."""

    is_move: bool
    gate_text: str
    """The marks before `move` or `imagine`, as they were written."""
    movements: tuple[str, ...]
    at: tuple[int, int]
    """Where the half begins."""
    words: Piece
    """What is said, as far as it stands on the first line."""


def read_half(piece: Piece, findings: Findings) -> StepHead | None:
    """Read a quoted line that begins half a step; None where it does not."""
    line, column, text = piece
    gates = _GATES.match(text)
    start = gates.end() if gates else 0
    word = _WORD.match(text, start)
    if word is None:
        return None
    is_move = word[1].lower() == "move"
    movements: tuple[str, ...] = ()
    end = word.end()
    if is_move:
        movements, end = _movements(text, word.end(), (line, column), findings)
    elif text[end : end + 1] == ":":
        end += 1
    else:
        return None
    words = (line, column + end, text[end:])
    return StepHead(is_move, text[:start], movements, (line, column), words)


def is_half(text: str) -> bool:
    """Say whether a quoted line was probably meant to be half a step.

    >>> is_half("mvoe rotation: Turn."), is_half("imagine lifting your arms"), is_half("The sea, once more.")
    (True, True, False)
    """
    gates = _GATES.match(text)
    rest = text[gates.end() if gates else 0 :]
    if _WORD.match(rest):
        return True
    first = re.match(r"[A-Za-z]{3,12}", rest)
    meant = _MEANT.match(rest) is not None or rest[first.end() : first.end() + 1] == ":" if first else False
    return meant and first is not None and nearest(first[0].lower(), ("move", "imagine")).startswith("Perhaps")


def _movements(text: str, start: int, at: tuple[int, int], findings: Findings) -> tuple[tuple[str, ...], int]:
    """Read the kinds up to the colon, and give the offset behind it."""
    found: list[str] = []
    end = start
    while (match := _NAMES.match(text, end)) is not None and match[2]:
        name = match[1].strip()
        place = (at[0], at[1] + end + len(match[1]) - len(match[1].lstrip()))
        end = match.end()
        if name_of(name):
            found.append(_movement(name, place, findings))
        if match[2] == ":":
            break
    else:
        end = start
        found = []
    if not found:
        findings.add("S404", at)
    return tuple(found), end


def _movement(name: str, at: tuple[int, int], findings: Findings) -> str:
    """Give the controlled name; an unknown one is kept, so that nothing is allowed to it."""
    kind, colon, region = name.partition(":")
    if colon:
        known = known_region(region)
        if known is None:
            findings.add("S206", at, name=region.strip(), near=near_region(region))
        return TENSE + (known or name_of(region))
    movement = name_of(kind)
    if not is_movement(movement):
        near = nearest(
            movement, _KINDS, otherwise="There are lumbar-flexion, rotation, arm-raise, tense:hands and more."
        )
        findings.add("S403", at, name=name, near=near)
    return movement
