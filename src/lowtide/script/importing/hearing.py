"""What a sentence asks a body for, heard as the import needs it: in its context, and not twice.

Called by `steps` and `held`. Wraps `asked_for`, which hears one sentence alone: here "raise them" knows what was named
before, "hold it…" after an in-breath is a breath hold, and a scene that is only imagined asks for no walking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lowtide.model.body import REGIONS, holders, overlaps
from lowtide.model.movement import POSTURE, TENSE
from lowtide.script.importing.attention import regions_in
from lowtide.script.importing.breaths import Breathing
from lowtide.script.importing.marks import Said
from lowtide.script.importing.outcome import Notes
from lowtide.script.movements import asked_for

_IMAGINED = re.compile(
    r"\b(?:imagin\w+|pictur\w+|visuali[sz]\w+|daydream|see yourself|find yourself|in your mind'?s?|pretend|"
    r"envision|transport yourself)\b",
    re.IGNORECASE,
)
_BACK_HERE = re.compile(
    r"\b(?:open your eyes|bring your (?:attention|awareness) back|back (?:to|into) (?:the|this) room|"
    r"wiggle your|return (?:to|your) (?:the room|attention|awareness)|"
    r"return(?:ing)? to (?:the present|your body|wakeful)|wakefulness)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(r"\b(?:or|either|whether|such as|wherever|however|perhaps|if you(?:'re| are))\b", re.IGNORECASE)
_POSTURES = re.compile(
    r"\b(?:sit\w*|seat\w*|l[iy](?:e|ing)|lay\w*|reclin\w*|stand\w*|chair|bed|cushion|mat|floor)\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"^(?:and |or )?if you(?:'re| are) (?:sitting|seated|lying|standing|in a chair)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:them|it|both)\b", re.IGNORECASE)
_BACK_PART = re.compile(
    r"\b(?:your|the|whole|entire|lower|upper|middle|low|mid) (?:\w+ )?back\b|\bback muscles\b", re.IGNORECASE
)
_HOLD = re.compile(
    r"^(?:and |now |then |just )*hold(?:ing)?(?: (?:it|this|that|your breath|the breath|here|in|"
    r"for a (?:moment|second|few seconds)))*[ .,…!]*$",
    re.IGNORECASE,
)
_BREATH_IN = re.compile(r"\b(?:breathe? in|deep breath|full breath|inhal\w+|breath)\b", re.IGNORECASE)
_HELD_BREATH = re.compile(r"\b(?:breath\w*(?: in)?|inhal\w+)… (?:and |now |then |just )*hold\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:rais|lift|pull|bring|drop|lower|turn|roll|bend|stretch|squeez|reach|mov|draw|push|press|tilt|swing|"
    r"tens|tighten|rotat|circl|shrug)(?:e|ing)? (?:them|it|both)\b",
    re.IGNORECASE,
)
_BREATH_OUT = re.compile(
    r"^(?:and |then |now )*(?:slowly |gently )?(?:breathe? out|exhale|let (?:it|that|"
    r"the breath) (?:all )?(?:out|go)|release (?:it|the breath|your breath)|out)\b",
    re.IGNORECASE,
)
_TENSING = re.compile(
    r"\b(?:tens\w+|tight\w*|clench\w*|squeez\w+|contract\w*|flex\w*|brac(?:e|ing)|fists?|scrunch\w*|frown\w*|"
    r"wrinkl\w+|furrow\w*|squint\w*|bite|biting|press\w*|purs\w+|pucker\w*|"
    r"shrug\w*|hunch\w*|curl\w*|point\w*|grit\w*|push\w*|screw\w*|suck\w*|shut|hard|harden\w*|stiffen\w*|"
    r"engage|ears?|toes)\b",
    re.IGNORECASE,
)
_PLAINER = (
    (re.compile(r"\b(?:above|over|behind|beyond) (?:your|the) head\b", re.IGNORECASE), "overhead"),
    (
        re.compile(
            r"\b(?:clos|fold|ball|roll)(?:e|ing)? (?=[^.!?]{2,30}\binto (?:a )?(?:\w+ )?fists?\b)", re.IGNORECASE
        ),
        "make ",
    ),
    (re.compile(r"\bturn(ing)? to face\b", re.IGNORECASE), "turn your body"),
    (
        re.compile(
            r"\b(?:reach|stretch)(ing)? (?:your|both|the) arms (?:out )?to (?:the|each|your|both) sides?\b",
            re.IGNORECASE,
        ),
        "raise your arms",
    ),
)
"""Ways of saying that are read more surely in other words."""


@dataclass(slots=True)
class Listening:
    """What the passage through a text remembers."""

    is_imagery: bool = False
    """True while the listener is led through an imagined scene: walking there is only pictured."""
    region: str = ""
    """Where the attention is."""
    named: str = ""
    """The words of the part that was named last, for "raise them"."""


@lru_cache(maxsize=4096)
def asked(text: str) -> tuple[str, ...]:
    """Hear one sentence alone, without the back in "bend them back".

    >>> asked("Clench your fists and bend them back at the wrists.")
    ('tense:hands', 'tense:wrists')
    """
    for pattern, plainer in _PLAINER:
        text = pattern.sub(plainer, text)
    heard = asked_for(text)
    if TENSE + "back" in heard and not _BACK_PART.search(text):
        heard = tuple(name for name in heard if name not in (TENSE + "back", "lumbar-flexion"))
    if _HELD_BREATH.search(text) and "breath-hold" not in heard:
        heard = (*heard, "breath-hold")
    return heard


def heard(said: Said, state: Listening, notes: Notes) -> tuple[str, ...]:
    """Hear what a sentence asks for here, without what is only offered or imagined."""
    if _BACK_HERE.search(said.text):
        state.is_imagery = False
    elif _IMAGINED.search(said.text):
        state.is_imagery = True
    found = _meant(said, state, notes) or asked(said.text)
    named = regions_in(said.text)
    state.named = REGIONS[named[0]].words if named else state.named
    postures = [movement for movement in found if movement in POSTURE]
    if not found or len(postures) < len(found):
        return found
    if state.is_imagery:
        notes.guess(said.line, "imagined", said.text, f"not a movement ({', '.join(found)})", 0.6)
        return ()
    offered = _OFFERS.search(said.text) and len({word.lower() for word in _POSTURES.findall(said.text)}) > 1
    if offered or _CONDITION.match(said.text):
        notes.guess(said.line, "position", said.text, f"left open ({', '.join(found)})", 0.75)
        return ()
    return found


def _meant(said: Said, state: Listening, notes: Notes) -> tuple[str, ...]:
    """Hear "raise them towards your ears" as about the part that was named before."""
    pronoun = _PRONOUN.search(said.text) if state.named and len(said.text) < 200 else None
    alone = asked(said.text)
    if not pronoun or regions_in(said.text[: pronoun.start()]) or (alone and not _OBJECT.search(said.text)):
        return ()
    filled = _PRONOUN.sub(state.named, said.text, count=1)
    found = asked(filled)
    if found and found != alone:
        notes.guess(said.line, "movement", said.text, f"{', '.join(found)}, read as: {filled}", 0.6)
    return found


def is_tension(movements: Sequence[str], text: str) -> bool:
    """Say whether muscles are to be tensed and held, and not only used on the way of a stretch.

    >>> is_tension(("arm-raise", "tense:hands"), "Reach up, stretching out your fingers.")
    False
    """
    tensed = any(movement.startswith(TENSE) for movement in movements)
    return tensed and (all(movement.startswith(TENSE) for movement in movements) or bool(_TENSING.search(text)))


def widest(regions: Sequence[str]) -> str:
    """Choose the region that stands for several: the one that reaches the most of them, or what holds them all.

    >>> widest(("eyes", "face", "jaw")), widest(("upper-arms", "shoulders"))
    ('face', 'arms')
    """
    best = max(regions, key=lambda one: sum(overlaps(one, other) for other in regions))
    if all(overlaps(best, other) for other in regions):
        return best
    chains = [holders(REGIONS[region].part) for region in regions]
    common = next((name for name in chains[0] if all(name in chain for chain in chains[1:])), "whole-body")
    return best if common in ("whole-body", "trunk") else common


def with_holds(pieces: Sequence[Breathing]) -> Iterator[Breathing]:
    """Join "take a deep breath… | hold it… | and breathe out" to one sentence, so that its hold can be left out."""
    at = 0
    while at < len(pieces):
        piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        held = isinstance(piece, Said) and isinstance(after, Said) and bool(_HOLD.match(after.text))
        if held and isinstance(piece, Said) and isinstance(after, Said) and _BREATH_IN.search(piece.text[-60:]):
            last = pieces[at + 2] if at + 2 < len(pieces) else None
            texts = [piece.text, after.text]
            if isinstance(last, Said) and _BREATH_OUT.match(last.text):
                texts.append(last.text)
            yield Said(text=" ".join(texts), line=piece.line)
            at += len(texts)
        else:
            yield piece
            at += 1
