"""A muscle tension and what follows it in, one step out: tensed, held, let go.

Called by `steps`. Law: the imagine of a tension is its release alone, so that whoever may not tense still lets go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lowtide.model.movement import TENSE
from lowtide.script.importing.breaths import Breathing
from lowtide.script.importing.hearing import Listening, asked, regions_in, widest
from lowtide.script.importing.imagining import imagined
from lowtide.script.importing.marks import NUMBER, Break, Count, Mark, Said, length_ms, number, written
from lowtide.script.importing.outcome import Notes, Recognised
from lowtide.script.nodes import Inline, Release, Silence, Step, Tense, Text

TENSE_MS = 6_000
"""How long a tension is held where the text does not say. EVIDENCE, PMR: 5–7 s at about 70 % effort."""
LEAST_TENSE_MS, MOST_TENSE_MS = 3_000, 15_000
RELEASE_MS = 30_000
"""The silence after a release where the text does not say. EVIDENCE, PMR: release 30–40 s."""
LEAST_RELEASE_MS = 10_000
"""A shorter pause after a release is the author's own pause and stays so."""
SENTENCES = 7
"""So many sentences after a tension its release may come."""

_RELEASE = re.compile(
    r"\b(?:relax(?!at|ed|ing\b)|releas(?:e|ing)\b(?! (?:and|them) (?:tense|tighten))|let(?:ting)? (?:it |"
    r"that |them |all |the |your |everything |go|his )[^.!?]{0,30}?"
    r"(?:go|drop|fall|loosen|soften|sink|relax|melt|flow|drain|release|rest|slip|return)\b|let(?:ting)? go|"
    r"loosen|unclench|go limp|hang limp|drop (?:the|your|them)|"
    r"ease (?:off|the)|soften)",
    re.IGNORECASE,
)
_HOLDING = re.compile(
    r"\b(?:hold|keep|squeez\w+|tight\w*|tens\w+|feel(?:ing)?|notic\w+|hard\w*|more|study|clench\w*|pull\w*|"
    r"push\w*|press\w*|stretch\w*|strain|breathe|breath|"
    r"inhal\w+|focus|observe|stay|continue|count|try|really|good|again|all the way|lift|raise|as (?:hard|"
    r"tight|much)|for|don't|make|without)\b",
    re.IGNORECASE,
)
_AND_LET_GO = (
    r"(?:and|then|now|before)\b[ ,…]{0,3}(?:then |now |slowly |gently |just |you |breathe out(?:,? and)? |"
    r"exhale,? (?:and )?){0,3}"
    r"(?:relax|releas|let(?:ting)? |drop|unclench|loosen)"
)
_LETS_GO = re.compile(_AND_LET_GO, re.IGNORECASE)
_SEAM = re.compile(rf"(?:[,;…–—-]+ ?|\s)(?={_AND_LET_GO})", re.IGNORECASE)
_COUNTDOWN = re.compile(
    rf"^(?:(?:and|hold|for|a count of)[ ,…]*)*(?:{NUMBER})(?:[ ,.…-]+(?:and )?(?:{NUMBER}))+[ .,…!]*$", re.IGNORECASE
)
_WHOLE = re.compile(r"\b(?:whole|entire) body\b|\bevery muscle\b|\ball (?:of )?(?:the|your) muscles\b", re.IGNORECASE)


@dataclass(slots=True)
class _Held:
    """What was read of one tension."""

    held: list[str] = field(default_factory=list)
    """What is said until the release."""
    released: list[str] = field(default_factory=list)
    """What is said to let go; empty where nothing is."""
    counts: list[str] = field(default_factory=list)
    end: int = 0
    """Where the text goes on."""
    counted_ms: int = 0
    """The pauses and counts on the way."""


def tension(
    pieces: Sequence[Breathing], at: int, movements: tuple[str, ...], state: Listening, notes: Notes
) -> tuple[Step, int]:
    """Make a step of the tension that begins at `at`; the second is where the text goes on."""
    first = pieces[at]
    assert isinstance(first, Said)
    found = _read(pieces, at, movements)
    kinds = dict.fromkeys(movements)
    for said in [*found.held, *found.released]:
        kinds |= dict.fromkeys(asked(said))
    region = _region(tuple(kinds), found, state, notes, first.line)
    kinds = dict.fromkeys(f"{TENSE}{region}" if name == f"{TENSE}whole-body" else name for name in kinds)
    kinds |= {f"{TENSE}{region}": None}
    words = " ".join(found.held)
    told_ms = length_ms(words) or _counted_ms(words) or found.counted_ms or TENSE_MS
    tense_ms = min(max(told_ms, LEAST_TENSE_MS), MOST_TENSE_MS)
    release_ms = RELEASE_MS
    after = pieces[found.end] if found.end < len(pieces) else None
    if found.released and isinstance(after, Mark) and isinstance(after.node, Silence):
        if after.node.natural_ms >= LEAST_RELEASE_MS:
            release_ms = after.node.natural_ms
        found.end += 1
    became = f"[tense {region} {written(tense_ms)}]" + (f" [release {written(release_ms)}]" if found.released else "")
    notes.guess(first.line, "tension", " ".join([words, *found.counts]), became, 0.85 if found.released else 0.6)
    state.region = region
    return _step(first, found, tuple(kinds), Tense(region=region, length_ms=tense_ms), release_ms, notes), found.end


def _step(first: Said, found: _Held, kinds: tuple[str, ...], tense: Tense, release_ms: int, notes: Notes) -> Step:
    """Put the two halves together and write the movement down."""
    draft, sure = imagined(first.text, kinds)
    move: list[Inline] = [*(Text(text=text) for text in found.held), tense]
    imagine: list[Inline] = [Text(text=draft)]
    if found.released:
        release = Release(natural_ms=release_ms)
        move += [*(Text(text=text) for text in found.released), release]
        kept = [text for text in found.released if not asked(text)]
        imagine += [*(Text(text=text[:1].upper() + text[1:]) for text in kept), release]
    said = " ".join([*found.held, *found.released])
    sure = sure if found.released else 0.5
    notes.movements.append(Recognised(line=first.line, movements=kinds, sentence=said, imagine=draft, sureness=sure))
    return Step(movements=kinds, move=tuple(move), imagine=tuple(imagine))


def _read(pieces: Sequence[Breathing], start: int, movements: tuple[str, ...]) -> _Held:
    """Read on from a tension to its release."""
    found = _Held()
    for at in range(start, min(len(pieces), start + 2 * SENTENCES + 1)):
        piece = pieces[at]
        if isinstance(piece, Mark) and isinstance(piece.node, Silence):
            found.counted_ms += piece.node.natural_ms
        elif isinstance(piece, Count):
            found.counted_ms += max(piece.numbers) * 1000
            found.counts.append(piece.was)
        elif isinstance(piece, Said):
            goes_on = not found.held or (len(found.held) <= SENTENCES and _stays(piece.text, movements))
            before, after = _parted(piece.text, is_first=not found.held)
            if not goes_on and not after:
                break
            found.held += [before] if before else []
            if after:
                found.released, found.end = [after], at + 1
                return found
        elif not isinstance(piece, Break):
            break
    return _unreleased(pieces, start)


def _unreleased(pieces: Sequence[Breathing], start: int) -> _Held:
    """Give the tension's own sentence alone, with a pause that follows it."""
    first = pieces[start]
    assert isinstance(first, Said)
    after = pieces[start + 1] if start + 1 < len(pieces) else None
    if isinstance(after, Mark) and isinstance(after.node, Silence):
        return _Held(held=[first.text], end=start + 2, counted_ms=after.node.natural_ms)
    if isinstance(after, Count):
        return _Held(held=[first.text], end=start + 2, counted_ms=max(after.numbers) * 1000, counts=[after.was])
    return _Held(held=[first.text], end=start + 1)


def _parted(text: str, *, is_first: bool) -> tuple[str, str]:
    """Part a sentence where its release begins: "tighten your fists… | and let go". Either part may be empty."""
    if not is_first and _LETS_GO.match(text):
        return "", text
    for seam in _SEAM.finditer(text[:800]):
        before, after = text[: seam.start()].rstrip(" ,;–—-"), text[seam.end() :].strip()
        if before and after and _RELEASE.search(after) and not asked(after) and (asked(before) or not is_first):
            return before + ("" if before[-1] in ".!?…" else "…"), after
    return ("", text) if not is_first and _RELEASE.search(text) else (text, "")


def _stays(text: str, movements: tuple[str, ...]) -> bool:
    """Say whether a sentence still belongs to the tension: it holds, counts, or releases it."""
    if _RELEASE.search(text) or _COUNTDOWN.match(text):
        return True
    other = [name for name in asked(text) if name.startswith(TENSE) and name not in movements]
    tensed = {name.removeprefix(TENSE) for name in movements if name.startswith(TENSE)}
    named = set(regions_in(text))
    if other and "whole-body" not in other[0] and not named & tensed:
        return not named
    return bool(_HOLDING.search(text)) or len(text.split()) <= 4


def _region(kinds: tuple[str, ...], found: _Held, state: Listening, notes: Notes, line: int) -> str:
    """Name the region of a tension; "tighten it" means the one that is named nearby, or has the attention."""
    named = [name.removeprefix(TENSE) for name in kinds if name.startswith(TENSE)]
    certain = [region for region in named if region != "whole-body"]
    if certain:
        return widest(certain)
    here = " ".join([*found.held, *found.released])
    if _WHOLE.search(here):
        return "whole-body"
    nearby = regions_in(here)
    region = nearby[0] if nearby else state.region or "whole-body"
    notes.guess(line, "region", found.held[0], region, 0.6 if nearby else 0.45)
    return region


def _counted_ms(text: str) -> int:
    """Read a countdown: "five, four, three, two, one" is five seconds."""
    found = re.search(rf"(?:\b{NUMBER}\b[ ,.…-]*){{3,}}", text[:2000], re.IGNORECASE)
    return max(number(word) or 0 for word in re.findall(r"\w+", found[0])) * 1000 if found else 0
