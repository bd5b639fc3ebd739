"""What a sentence asks for: a sentence and what came before it in, movements or the region of its attention out.

Called by `steps` and `held`. Wraps `asked_for`, which hears one sentence alone: here "raise them" knows what was named
before, "hold it…" after an in-breath is a breath hold, and a scene that is only imagined asks for no walking. Law: a
region is named only by words that mean the body ("come back" is no back).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from lowtide.model.body import PARTS, REGIONS, SYNONYMS, holders, overlaps
from lowtide.model.movement import POSTURE, TENSE
from lowtide.script.importing.breaths import Breathing
from lowtide.script.importing.marks import Said
from lowtide.script.importing.outcome import Notes
from lowtide.script.movements import asked_for, offers_position

EXTRA = {
    "big toe": "toes", "big toes": "toes", "toe": "toes", "little toe": "toes", "arches": "soles", "arch": "soles",
    "bottoms": "soles", "kneecaps": "knees", "kneecap": "knees", "hamstrings": "thighs", "quads": "thighs",
    "sit bones": "buttocks", "sitting bones": "buttocks", "seat": "buttocks", "bottom": "buttocks",
    "hip joints": "hips", "pelvic area": "pelvis", "pelvic region": "pelvis", "navel": "belly", "tummy": "belly",
    "gut": "belly", "lower abdomen": "belly", "diaphragm": "belly", "ribcage": "ribs", "rib cage": "ribs",
    "sternum": "chest", "breastbone": "chest", "lungs": "chest", "heart": "chest", "heart space": "chest",
    "torso": "trunk", "small of the back": "lower-back", "small of your back": "lower-back",
    "lumbar spine": "lower-back", "low back": "lower-back", "mid back": "middle-back",
    "shoulder-blades": "shoulder-blades", "vertebrae": "spine", "backbone": "spine", "biceps": "upper-arms",
    "triceps": "upper-arms", "lower arms": "forearms", "lower arm": "forearms", "fingertips": "hands",
    "finger": "hands", "thumb": "hands", "thumbs": "hands", "palms": "hands", "palm": "hands", "knuckles": "hands",
    "fists": "hands", "fist": "hands", "nape": "neck", "back of the neck": "neck", "back of your neck": "neck",
    "cheeks": "face", "cheek": "face", "nose": "face", "lips": "face", "mouth": "jaw", "tongue": "jaw", "teeth": "jaw",
    "chin": "jaw", "eyelids": "eyes", "eyebrows": "forehead", "brow": "forehead", "temples": "head", "ears": "head",
    "crown": "scalp", "top of your head": "scalp", "top of the head": "scalp", "crown of your head": "scalp",
    "crown of the head": "scalp", "back of your head": "scalp", "back of the head": "scalp",
    "whole body": "whole-body", "entire body": "whole-body", "body as a whole": "whole-body", "body": "whole-body",
    "soles of your feet": "soles", "soles of the feet": "soles", "tops of the feet": "feet",
    "bottom of your left foot": "left-sole", "bottom of your right foot": "right-sole",
    "bottoms of your feet": "soles", "sole of your left foot": "left-sole", "sole of your right foot": "right-sole",
    "abs": "belly", "upper leg": "thighs", "glutes": "buttocks", "pelvic floor": "pelvic-floor",
}  # fmt: skip
"""How guides name parts besides the regions' own names."""

_NOUN = r"(?:attention|awareness|focus|mind|consciousness|concentration|spotlight|light|curiosity|thoughts?)"
_BRING = re.compile(
    rf"\b(?:bring\w*|mov\w*|turn\w*|shift\w*|direct\w*|draw\w*|tak\w*|guid\w*|plac\w*|send\w*|rest\w*|let\w*|"
    rf"allow\w*|invit\w*|return\w*|expand\w*|drop\w*|gather\w*|widen\w*|sweep\w*|carry\w*|pay\w*|giv\w*|"
    rf"focus\w*|com\w*|scan\w*)"
    rf"\b[^.!?]{{0,40}}?\b{_NOUN}\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"\b(?:focus(?:ing)?|concentrat\w+|scan(?:ning)?|tun(?:e|ing) in(?:to)?|check(?:ing)? in|attend(?:ing)?)\b|"
    r"\b(?:be|becom\w+|being) (?:more |fully )?aware\b|\baware of\b|\bthink(?:ing)? (?:of|about) your\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:notic\w+|observ\w+|feel|feeling|sens\w+|explor\w+|relax(?:ing)?|soften(?:ing)?|releas(?:e|ing)|"
    r"let(?:ting)?|allow\w*|mov\w+ (?:up |down |on )?(?:in)?to|"
    r"now (?:to )?|next|breath\w* into|loosen\w*|warm\w*|heavy|picture|imagine)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom (?:your|the|both|each) [\w ]{2,30}?(?= (?:to|into|up|down|through|and)\b)", re.IGNORECASE)
_NOT_BODY = re.compile(
    r"\b(?:back (?:to|into|again|and forth|in|out|up|down|at|on|from|home)|(?:come|comes|coming|bring|"
    r"bringing|brings|go|sit|lean|lie|lying|rest|settle|let|relax) (?:\w+ )?back\b(?! muscles)|on (?:your|"
    r"the) back|"
    r"back of (?:your|the) (?:chair|hand|hands|mind|eye\w*|knee\w*|throat)|on the other hand|at hand|no body|"
    r"every ?body|hands? on|with your hands?|head (?:to|up|back|down)|heart ?(?:beat|rate)|"
    r"through (?:your|the) (?:nose|mouth|lips)|in your mind|from head to (?:toe|foot)|hand (?:rest|on)|"
    r"under your hand|(?:plac|put|rest|hold|lay)\w* (?:your|the|one|both|a) (?:\w+ ){0,3}?(?:hands?|palms?)\b|"
    r"your eyes (?:to )?(?:close|open|are)|close your eyes|open your eyes|keep your eyes|eyes (?:closed?|"
    r"open)|by your sides?)",
    re.IGNORECASE,
)
SURE_BROUGHT, SURE_DIRECT, SURE_NOTICED = 0.92, 0.88, 0.65
"""How sure the three ways to name a region are: "bring your attention to", "focus on", "notice"."""
SURE_FRAGMENT = 0.6
FRAGMENT_WORDS = 7
"""A list of places, as in "The ankle, and the left calf." """
_FRAGMENT = re.compile(
    r"^(?:(?:and|now|then|next|to|up to|down to|into|onto|on to|moving to|finally)[ ,]+)*(?=(?:the|your|both|"
    r"each|my)\b)",
    re.IGNORECASE,
)
_LONGEST = 500

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
_CONDITION = re.compile(
    r"^(?:and |or )?if you(?:'re| are) (?:sitting|seated|lying|standing|in a chair)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:them|it|both)\b", re.IGNORECASE)
_HOLD = re.compile(
    r"^(?:and |now |then |just )*hold(?:ing)?(?: (?:it|this|that|your breath|the breath|here|in|"
    r"for a (?:moment|second|few seconds)))*[ .,…!]*$",
    re.IGNORECASE,
)
_BREATH_IN = re.compile(r"\b(?:breathe? in|deep breath|full breath|inhal\w+|breath)\b", re.IGNORECASE)
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
    """Hear one sentence alone; a text asks for the same sentences several times.

    >>> asked("Clench your fists and bend them back at the wrists.")
    ('tense:hands',)
    """
    return asked_for(text)


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
    if offers_position(said.text) or _CONDITION.match(said.text):
        notes.guess(said.line, "position", said.text, "offers a position; left as it is", 0.75)
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


def attended(text: str) -> tuple[str, float] | None:
    """Name the region that a sentence brings the attention to, with the sureness; None where there is none.

    >>> attended("Bring your attention down to the soles of your feet.")
    ('soles', 0.92)
    >>> attended("Now notice your left knee."), attended("Come back to the room.")
    (('left-knee', 0.65), None)
    """
    text = _FROM.sub(" ", _NOT_BODY.sub(" ", text[:_LONGEST]))
    for verb, sure in ((_BRING, SURE_BROUGHT), (_DIRECT, SURE_DIRECT), (_NOTICE, SURE_NOTICED)):
        lead = verb.search(text)
        region = _first_region(text[lead.end() :]) if lead else ""
        if region and (region != "whole-body" or sure > SURE_NOTICED):
            return region, sure
    fragment = _FRAGMENT.match(text)
    named = _regions().match(text, fragment.end()) if fragment and len(text.split()) <= FRAGMENT_WORDS else None
    return (_named(named), SURE_FRAGMENT) if named else None


def regions_in(text: str) -> tuple[str, ...]:
    """List the regions that a text names, each once.

    >>> regions_in("your hands and your lower back")
    ('hands', 'lower-back')
    """
    clean = _NOT_BODY.sub(" ", text[: 4 * _LONGEST])
    return tuple(dict.fromkeys(_named(match) for match in _regions().finditer(clean)))


def _first_region(text: str) -> str:
    match = _regions().search(text)
    return _named(match) if match else ""


def _named(match: re.Match[str]) -> str:
    part = _names()[match["part"].lower()]
    side = (match["side"] or "").lower()
    if side and part in _ones():
        sided = f"{side}-{_ones()[part]}"
        return sided if sided in REGIONS else part
    return part


@cache
def _names() -> dict[str, str]:
    names = {name.replace("-", " "): region for name, region in SYNONYMS.items()}
    for part in PARTS:
        names |= {part.one: part.name, part.many: part.name}
    return names | EXTRA


@cache
def _ones() -> dict[str, str]:
    return {part.name: part.one.replace(" ", "-") for part in PARTS if part.paired or part.halved}


@cache
def _regions() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))
    lead = r"(?:your|the|both|each|every|this|that|these|those|two|all|into|of|and|my|,|through)"
    return re.compile(
        rf"(?:(?<=\b)|^)(?:{lead} )(?:(?:entire|whole|own|two|both|small|muscles (?:of|in) (?:your|the)|"
        rf"area of (?:your|the)|tight|big|the|your) ){{0,2}}"
        rf"(?:(?P<side>left|right) )?(?P<part>{names})\b",
        re.IGNORECASE,
    )
