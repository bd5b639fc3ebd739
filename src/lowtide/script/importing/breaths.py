"""Pieces in, pieces with paced breaths out: counted breaths and bare "inhale … exhale …" become `[breathe …]`.

Called by `importer`. Law: a sentence that says more than its breath stays spoken; only bare cues and counts are
replaced, because `[breathe …]` speaks cues of its own and obeys the listener's clearance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lowtide.script.importing.marks import NUMBER, Break, Count, Mark, Piece, Said, Times, number
from lowtide.script.importing.outcome import Notes
from lowtide.script.nodes import Breathe, Silence

IN_S, HOLD_S, OUT_S = 4, 2, 6
"""A bare "inhale … exhale …": six a minute, the slowest that every clearance allows (SAFETY)."""
TIMES = 3
"""How often a described pattern is breathed where the text does not say."""
LEAST_S, MOST_S = 2, 20
"""A phase in seconds; anything else was not meant as one."""
MOST_TIMES = 60
REPEAT_WORDS = 9
"""A longer sentence about repeating says more, and stays spoken."""
AHEAD = 6
"""So many pieces after a description its counted breaths or its "repeat" may come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """A sentence that describes a paced breath, and the breaths it asks for (None where they are counted below)."""

    text: str
    line: int
    breathe: Breathe | None
    has_hold: bool


Breathing = Piece | Guided

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_PHASES = {
    "inhale": "in",
    "inhaling": "in",
    "in": "in",
    "exhale": "out",
    "exhaling": "out",
    "out": "out",
    "hold": "hold",
    "holding": "hold",
}
_NARROW = frozenset(
    [
        "and", "now", "again", "then", "breathe", "breathing", "breath", "in", "out", "inhale", "exhale", "inhaling",
        "exhaling", "slowly", "gently", "deeply", "smoothly", "softly", "hold", "holding", "take", "a", "an", "deep",
        "long", "slow", "full", "easy", "nice", "big", "another", "one", "more", "last", "final", "good", "let's",
    ]
)  # fmt: skip
_WIDE = _NARROW | frozenset(
    [
        "fully", "deep", "slow", "long", "big", "nice", "easy", "a", "an", "the", "your", "it", "for", "to", "of",
        "count", "counts", "counting", "second", "seconds", "beats", "through", "nose", "mouth", "nostrils", "once",
        "more", "with", "me", "this", "that's", "time", "take", "taking", "another", "last", "start", "begin",
        "continue", "by", "lips", "pursed", "from", "belly", "into", "lungs", "or", "until", "at", "top", "bottom",
        "air", "all", "same", "so", "on", "next", "gentle", "full", "completely", "we", "i'll", "let's", "please",
    ]
)  # fmt: skip
_REPEAT = re.compile(
    rf"\b(?:repeat|continue|do|cycle|practi[cs]e|try|keep|total of|"
    rf"another)\b[^.]{{0,60}}?\b(?P<n>{NUMBER})(?:\s?(?:-|–|or|to)\s?{NUMBER})?"
    rf"(?: more)? (?:\w+ )?(?:times|breaths|rounds|cycles|repetitions)\b",
    re.IGNORECASE,
)
_PHASED = re.compile(
    r"\b(?P<phase>inhal\w*|breath\w* in|in(?:-breath)?|exhal\w*|breath\w* out|out(?:-breath)?|hold\w*)\b"
    r"(?P<between>(?:(?!\b(?:inhal|exhal|hold)|\bbreath\w* (?:in|out)\b)[^.!?]){0,60}?)"
    rf"\b(?:for|to) (?:a |the |another )?(?:slow |full |long )?(?:count (?:of )?)?(?P<n>{NUMBER})\b(?! "
    rf"(?:minutes?|times|breaths|days?|weeks?))",
    re.IGNORECASE,
)


def paced(pieces: Sequence[Piece], notes: Notes) -> list[Breathing]:
    """Turn breaths into the language; linear in the number of pieces."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _run_end(pieces, at)
        run = list(pieces[at:end])
        repeat, after = _told(pieces, end) if run else (None, end)
        breathed = _breathed([*run, repeat] if repeat else run, notes) if run else None
        end = after if breathed else end
        if breathed is None:
            found.extend(pieces[at : max(end, at + 1)])
        else:
            found.append(breathed)
        at = max(end, at + 1)
    return _guided(found, notes)


def _repeated(piece: Piece) -> Times | None:
    """Read "Repeat this five times." right after its breaths."""
    found = _REPEAT.search(piece.text) if isinstance(piece, Said) and len(piece.text.split()) <= REPEAT_WORDS else None
    times = number(found["n"]) if found else None
    return Times(times=times, line=piece.line, was=_text(piece)) if times else None


def _told(pieces: Sequence[Piece], at: int) -> tuple[Times | None, int]:
    """Read how often, where it is told right after a breath or in the next paragraph, and say where the text goes on.

    A "(x5)" and a sentence that says the same again are both taken.
    """
    found: Times | None = None
    for place in range(at, min(len(pieces), at + 3)):
        piece = pieces[place]
        told = piece if isinstance(piece, Times) else _repeated(piece)
        if told and (found is None or found.times == told.times):
            was = f"{found.was} {told.was}" if found else told.was
            found, at = Times(times=told.times, line=told.line, was=was), place + 1
        elif not isinstance(piece, Break):
            break
    return found, at


def _run_end(pieces: Sequence[Piece], start: int) -> int:
    """Find where a run of bare cues and counts ends; `start` itself where there is none."""
    end, at, cues = start, start, 0
    counted = False
    while at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, Said):
            kind = _cue_kind(piece.text)
            if kind == "none" or (kind == "count" and not cues) or (not cues and not _begins_breath(piece.text)):
                break
            cues += 1
            end = at + 1 if kind == "count" or "out" in _phases_of(piece.text) or counted else end
            counted = counted or kind in ("count", "wide")
        elif isinstance(piece, Count) and cues:
            counted = True
            end = at + 1
        elif isinstance(piece, Times) and cues:
            return at + 1
        elif not isinstance(piece, Break) and not (isinstance(piece, Mark) and isinstance(piece.node, Silence)):
            break
        at += 1
        if not cues:
            break
    return end


def _phases_of(text: str) -> list[str]:
    return [_PHASES[word] for word in _WORD.findall(text.lower()) if word in _PHASES]


def _begins_breath(text: str) -> bool:
    """Say whether a run may begin here: with an in-breath, and not with a sentence that describes a whole one."""
    described = _described(text)
    counts_aloud = re.search(rf"(?:\b{NUMBER}\b[ ,.]+){{2}}", text)
    return _phases_of(text)[:1] == ["in"] and not ("in" in described and "out" in described and not counts_aloud)


def _cue_kind(text: str) -> str:
    """Sort a segment: `narrow` (nothing but in and out), `wide` (a cue with a count), `count`, or `none`."""
    if len(text) > 200:
        return "none"
    words = _WORD.findall(text.lower())
    if not words:
        return "none"
    phases = any(word in _PHASES for word in words)
    counts = any(number(word) for word in words)
    if all(number(word) is not None for word in words):
        return "count"
    if phases and all(word in _NARROW for word in words):
        return "narrow"
    if phases and counts and all(word in _WIDE or number(word) is not None for word in words):
        return "wide"
    return "none"


def _breathed(run: Sequence[Piece], notes: Notes) -> Mark | None:
    """Read a run of cues as breaths; None where it has no whole breath."""
    phases: list[tuple[str, list[int]]] = []
    times = 0
    said: list[str] = []
    for piece in run:
        if isinstance(piece, Said):
            said.append(piece.text)
            _read_phases(piece.text, phases)
        elif isinstance(piece, Count):
            said.append(piece.was)
            if phases:
                phases[-1][1].extend(piece.numbers)
        elif isinstance(piece, Times):
            said.append(piece.was)
            times = piece.times
    cycles, left_out = _cycles(phases)
    if not cycles:
        return None
    (seconds, _) = Counter(cycles).most_common(1)[0]
    node = _node(*seconds, times=times or len(cycles))
    counted = any(numbers for _, numbers in phases)
    alike = len(set(cycles)) == 1
    sure = (0.9 if counted else 0.65) - (0.0 if alike else 0.1) - (0.2 if left_out else 0.0)
    line = next(piece.line for piece in run)
    became = _written(node) + (" (without the hold after the out-breath)" if left_out else "")
    notes.guess(line, "breath", " ".join(said), became, sure)
    return Mark(node=node, line=line)


def _read_phases(text: str, phases: list[tuple[str, list[int]]]) -> None:
    """Add the phases of a segment, each with the numbers counted in it."""
    words = _WORD.findall(text.lower())
    for at, word in enumerate(words):
        follows = words[at + 1 : at + 2]
        counted = number(word)
        if word in _PHASES and not (word == "in" and follows in (["a"], ["the"], ["your"], ["this"])):
            phases.append((_PHASES[word], []))
        elif counted and phases and not (word == "one" and follows == ["more"]):
            phases[-1][1].append(counted)


def _cycles(phases: Sequence[tuple[str, list[int]]]) -> tuple[list[tuple[int, int, int]], bool]:
    """Put phases together to breaths in seconds, and say whether a hold after an out-breath was left out."""
    cycles: list[tuple[int, int, int]] = []
    known = {"in": IN_S, "hold": HOLD_S, "out": 0}
    now: dict[str, int] = {}
    left_out = False
    for phase, numbers in phases:
        seconds = max(numbers, default=0)
        if seconds:
            known[phase] = min(max(seconds, LEAST_S), MOST_S)
        if phase == "in":
            now = {"in": known["in"]}
        elif "in" not in now:
            left_out = left_out or (phase == "hold" and bool(cycles))
        elif phase == "hold":
            now["hold"] = known["hold"]
        else:
            counted = any(count for _, count in phases)
            cycles.append((now["in"], now.get("hold", 0), known["out"] or (now["in"] if counted else OUT_S)))
            now = {}
    return cycles, left_out


def _guided(pieces: Sequence[Piece], notes: Notes) -> list[Breathing]:
    """Find sentences that describe a pattern: they stay spoken, as a step that a clearance can replace."""
    found: list[Breathing] = []
    at = 0
    while at < len(pieces):
        text, phases, end = _description(pieces, at)
        if not end:
            found.append(pieces[at])
            at += 1
            continue
        line, ahead = pieces[at].line, pieces[end : end + AHEAD]
        told, after = _told(pieces, end)
        below = next((one.node for one in ahead if isinstance(one, Mark) and isinstance(one.node, Breathe)), None)
        counted_below = below is not None and (told is None or below.times == told.times)
        repeat = next(
            (m for m in (_REPEAT.search(other) for other in [text, *(_text(one)[:300] for one in ahead)]) if m), None
        )
        times = (told.times if told else number(repeat["n"]) if repeat else None) or TIMES
        node = _node(phases["in"], phases.get("hold", 0), phases["out"], times=times)
        if not counted_below:
            was = f"{text} {told.was}" if told else text
            notes.guess(line, "breath", was, _written(node), 0.8 if told or repeat else 0.6)
            end = after
        elif told and below:
            notes.guess(told.line, "breath", told.was, _written(below), 0.8)
            end = after
        breathe = None if counted_below else node
        found.append(Guided(text=text, line=line, breathe=breathe, has_hold="hold" in phases))
        at = end
    return found


def _description(pieces: Sequence[Piece], at: int) -> tuple[str, dict[str, int], int]:
    """Read up to three sentences as one description: its words, its phases, where it ends; 0 where there is none."""
    phases: dict[str, int] = {}
    texts: list[str] = []
    for end in range(at, min(len(pieces), at + 6)):
        piece = pieces[end]
        if isinstance(piece, Break) and texts:
            continue
        more = _described(piece.text) if isinstance(piece, Said) else {}
        if not isinstance(piece, Said) or not more or (not texts and "in" not in more) or len(texts) == 3:
            break
        phases |= {phase: seconds for phase, seconds in more.items() if phase not in phases}
        texts.append(piece.text)
        if "out" in phases:
            return " ".join(texts), phases, end + 1
    return "", {}, 0


def _described(text: str) -> dict[str, int]:
    phases: dict[str, int] = {}
    for match in _PHASED.finditer(text[:600]):
        first = match["phase"].lower()
        phase = "hold" if first.startswith("hold") else "out" if first.startswith("ex") or "out" in first else "in"
        seconds = number(match["n"]) or 0
        if LEAST_S <= seconds <= MOST_S:
            phases.setdefault(phase, seconds)
    return phases


def _text(piece: Piece) -> str:
    return piece.text if isinstance(piece, Said) else piece.was if isinstance(piece, Times) else ""


def _node(in_s: int, hold_s: int, out_s: int, *, times: int) -> Breathe:
    return Breathe(in_ms=in_s * 1000, hold_ms=hold_s * 1000, out_ms=out_s * 1000, times=max(1, min(times, MOST_TIMES)))


def _written(node: Breathe) -> str:
    phases = [node.in_ms, node.out_ms] if not node.hold_ms else [node.in_ms, node.hold_ms, node.out_ms]
    return f"[breathe {'-'.join(str(ms // 1000) for ms in phases)} x{node.times}]"
