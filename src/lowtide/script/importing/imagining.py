"""A sentence that asks for movement in, a drafted sentence that only asks to picture it out, with its sureness.

Called by `steps`. Law: a draft asks for no movement itself (`asked_for` finds none in it); where the sentence's own
words can not be turned round, a plain one that fits any movement stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lowtide.model.body import REGIONS
from lowtide.model.movement import POSTURE, TENSE, Kind
from lowtide.script.movements import asked_for

SURE_TURNED, SURE_LET, SURE_PLAIN = 0.8, 0.75, 0.4
"""How sure a draft is that is made of the sentence's own verbs, of its "let your …", and one that fits anything."""
ANY_MOVEMENT = "Picture that movement for a moment, and leave your body just as it is."
ANY_POSTURE = "Settle in whatever way is easiest for you today."
COMING_UP = "Take all the time you need, and find your own way to where you want to be."
ANY_BREATH = "Let your breath come and go at its own pace."
SETTLING = frozenset(
    {
        Kind.SUPINE,
        Kind.SITTING_LONG,
        Kind.STANDING_LONG,
        Kind.FLOOR_TRANSFER,
        Kind.KNEELING,
        Kind.PRONE,
        Kind.SIDE_LYING,
    }
)
"""Kinds for which another way to be placed is a better offer than a picture."""

_VERBS = frozenset(
    [
        "arch", "allow", "angle", "balance", "bend", "bow", "breathe", "bring", "bring", "carry", "catch", "circle",
        "clasp", "clench", "close", "come", "contract", "cross", "cup", "curl", "cycle", "dig", "dip", "do", "drag",
        "draw", "drop", "ease", "engage", "enjoy", "exhale", "expand", "explore", "extend", "face", "fall", "feel",
        "find", "flatten", "flex", "float", "focus", "fold", "follow", "frown", "gaze", "get", "give", "glance",
        "glide", "go", "grasp", "grip", "grit", "hang", "have", "hinge", "hold", "hook", "hover", "hug", "hunch",
        "inhale", "interlace", "join", "keep", "kick", "kneel", "lace", "lay", "lean", "leave", "lengthen", "let",
        "lie", "lift", "loosen", "look", "lower", "lunge", "maintain", "make", "massage", "move", "nod", "notice",
        "open", "pause", "peel", "place", "plant", "play", "point", "position", "press", "pucker", "puff", "pull",
        "purse", "push", "put", "raise", "reach", "relax", "release", "remain", "repeat", "rest", "retract",
        "return", "reverse", "rise", "rock", "roll", "rotate", "round", "rub", "scrunch", "sense", "set", "shake",
        "shift", "shrug", "sink", "sit", "slide", "slip", "spread", "squeeze", "squint", "stand", "start", "stay",
        "step", "stick", "straighten", "stretch", "suck", "sway", "sweep", "swing", "swivel", "take", "tap", "tense",
        "tighten", "tilt", "tip", "touch", "try", "tuck", "turn", "twist", "uncross", "undulate", "walk", "wave",
        "widen", "wiggle", "work", "wrap", "wrinkle", "smile", "soften", "stiffen", "see", "watch", "hear", "smell",
        "listen", "taste", "continue", "begin", "change", "switch", "clasp", "drape", "bite", "lick", "yawn", "pick",
        "grab", "spin", "squat", "trace", "visualise", "visualize", "wring", "flutter",
    ]
)  # fmt: skip
_DOUBLED = frozenset(
    [
        "sit", "let", "get", "put", "grip", "hug", "drop", "tip", "nod", "shrug", "step", "run", "spin", "stop", "dip",
        "wrap", "clap", "flip", "slip", "tap", "set", "shut", "begin", "dig", "hang",
    ]
) - {"hang"}  # fmt: skip
_ADVERB = re.compile(
    r"^(?:(?:and|then|now|or|but|so|first|next|finally|again|also|please|just|simply|once more|once again|"
    r"this time|lastly|ok|okay|"
    r"very|slowly|good|great|more|even|really|do|\w{3,12}ly)\b,? ?)+",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:(?:i(?:'d| would) like you|i want you|i invite you|i(?:'m| am)? ?(?:going to|will|'ll)? ?(?:ask|"
    r"invite|inviting|asking) you|what i'd like you|"
    r"you(?:'re| are) going|you(?:'ll| will| can| may| might| could)?(?: now| also| even)?(?: want| like|"
    r" wish| choose| prefer| need| have)?|if you (?:like|wish|can|want|are able|feel comfortable),?|"
    r"see if you can|"
    r"try|allow yourself|let yourself|begin|start|continue|prepare|go ahead|be sure|make sure|remember|"
    r"feel free|it(?:'s| is) time|"
    r"when i (?:say|tell)[^,]{0,40},|take a moment|let's|let us|we(?:'ll| will| are going)?|"
    r"we're going)\b(?: (?:to|and|by|you)\b)? ?)+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^(?P<lead>(?:(?:and|now|then|so) )?(?:as|when|while|on|with|after|once|before|if)\b[^,.…]{2,90}|inhale|"
    r"exhale|inhaling|exhaling|breathe in|"
    r"breathe out|breathing in|breathing out|take a (?:\w+ )?(?:deep )?breath(?: in)?),? (?:and "
    r")?(?P<rest>.+)$",
    re.IGNORECASE,
)
_ALSO_NOUNS = frozenset({"face", "lower", "rest", "round"})
"""Words that may also stand before or instead of the part: "let your lower back arch"."""
_LET = re.compile(
    r"^(?P<let>let|letting|allow|allowing|have)\b (?P<who>(?:your|the|both|each|that|this|"
    rf"one)\b[^,.…]{{1,60}}?) (?:to )?(?P<verb>{'|'.join(sorted(_VERBS - _ALSO_NOUNS))})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"(,? ?\b(?:and then|then|and|or|until you|but)\b ?|[,;:—–] ?| - |… ?|[.!?]+ )", re.IGNORECASE)
_CONTINUED = re.compile(r"^(?P<verb>[a-z]{2,12})\b(?P<rest>.*)$", re.IGNORECASE)
_LONGEST = 600


def imagined(sentence: str, movements: Iterable[str]) -> tuple[str, float]:
    """Draft the imagine of a sentence that asks for `movements`; the second is its sureness.

    >>> imagined("Now slowly raise your arms above your head.", ("arm-raise",))[0]
    'Picture slowly raising your arms above your head, without moving.'
    >>> imagined("As you breathe in, let your lower back arch a little.", ("lumbar-extension",))[0]
    'As you breathe in, picture your lower back arching a little, without moving.'
    >>> imagined("Hold your breath for a few seconds.", ("breath-hold",))[0]
    'Let your breath come and go at its own pace.'
    """
    asked = tuple(movements)
    if any(movement.startswith(TENSE) for movement in asked):
        return released(asked), 0.7
    if asked and all(movement in ("breath-hold", "paced-breath") for movement in asked):
        return _unheld(sentence), 0.7
    if asked and all(movement in SETTLING for movement in asked):
        return (COMING_UP if re.search(r"\b(?:up|sitting|seated)\b", sentence, re.IGNORECASE) else ANY_POSTURE), 0.6
    for draft, sure in _drafts(sentence):
        if not asked_for(draft):
            return draft, sure
    return (ANY_POSTURE, 0.4) if all(movement in POSTURE for movement in asked) else (ANY_MOVEMENT, SURE_PLAIN)


def released(movements: Iterable[str]) -> str:
    """Draft the release-only version of a muscle tension.

    >>> released(("tense:left-hand",))
    'Bring your attention to your left hand, and let it be as soft as it likes, without tensing.'
    """
    names = [movement.removeprefix(TENSE) for movement in movements if movement.startswith(TENSE)]
    words = [REGIONS[name].words for name in names][:3]
    several = len(words) > 1 or (words and words[0].endswith("s")) or (names and names[0] in ("feet", "calves"))
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    them, they = ("them", "they like") if several else ("it", "it likes")
    return f"Bring your attention to {listed}, and let {them} be as soft as {they}, without tensing."


def gerund(verb: str) -> str:
    """Make "lifting" of "lift".

    >>> [gerund(word) for word in ("lift", "raise", "sit", "lie", "see", "press")]
    ['lifting', 'raising', 'sitting', 'lying', 'seeing', 'pressing']
    """
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + verb[-1] + "ing" if verb in _DOUBLED else verb + "ing"


def _drafts(sentence: str) -> Iterable[tuple[str, float]]:
    plain = " ".join(sentence[:_LONGEST].split()).strip(" .!?…,;:\"'()")
    if len(sentence) > _LONGEST or not plain:
        return
    lead, body = "", plain
    timed = _TIME.match(plain)
    if timed and not asked_for(timed["lead"]) and not _POLITE.match(plain):
        lead, body = timed["lead"], timed["rest"]
    body = _without_lead(body)
    turned = _turned(body)
    if not turned:
        return
    begin = f"{_capital(lead)}, picture" if lead else "Picture"
    yield f"{begin} {turned}, without moving.", SURE_LET if _LET.match(body) else SURE_TURNED
    first = turned.split(", ")[0]
    yield f"{begin} {first}, without moving.", 0.6


def _without_lead(body: str) -> str:
    """Take "and now please", "I'd like you to" off the front; adverbs of manner come back by themselves."""
    for _ in range(3):
        manner = ""
        found = _ADVERB.match(body)
        if found:
            manner = " ".join(
                re.findall(
                    r"\b(?:slowly|gently|softly|carefully|very|easily|lightly|smoothly|\w+ly)\b",
                    found[0],
                    re.IGNORECASE,
                )
            )
            rest = body[found.end() :]
            body = rest
        polite = _POLITE.match(body)
        if polite and len(polite[0]) < len(body):
            body = body[polite.end() :]
            continue
        if manner and manner.lower() not in ("finally", "lastly", "simply", "really"):
            return f"{manner.lower()} {body}"
        break
    return body


def _turned(body: str) -> str:
    """Turn each command of a sentence into "-ing"; empty where it does not begin with one."""
    let = _LET.match(body)
    if let and let["verb"].lower() in _VERBS:
        rest = "".join(_continued(part) for part in _JOINTS.split(let["rest"]))
        return f"{let['who'][0].lower()}{let['who'][1:]} {gerund(let['verb'].lower())}{rest}"
    parts = _JOINTS.split(body)
    first = _continued(parts[0])
    if not re.match(r"^(?:(?:very|\w+ly) )*[a-z]+ing\b", first, re.IGNORECASE):
        return ""
    turned = first + "".join(_continued(part) for part in parts[1:])
    return turned[0].lower() + turned[1:]


def _continued(part: str) -> str:
    """Turn the command that a clause begins with; leave any other clause as it is."""
    manner = re.match(r"^ ?(?:(?:slowly|gently|softly|very|then|now|\w{3,12}ly) )*", part)
    assert manner is not None
    rest = part[manner.end() :]
    verb = _CONTINUED.match(rest)
    if not verb or verb["verb"].lower() not in _VERBS:
        return re.sub(r"\. $", ", ", part) if part.strip() in (".", "!", "?") else part
    return f"{manner[0]}{gerund(verb['verb'].lower())}{verb['rest']}"


def _unheld(sentence: str) -> str:
    """Leave the hold out of a breath, where a breath is left without it."""
    parts = [part.strip(" .!?;:") for part in re.split(r"…|[,;.!?]|\band\b|\bthen\b", sentence[:_LONGEST])]
    kept = [
        part
        for part in parts
        if part and not re.search(r"\b(?:hold|holding|retain|keep|count|for|to)\b", part, re.IGNORECASE)
    ]
    joined = "… and ".join(part if not at else part[0].lower() + part[1:] for at, part in enumerate(kept))
    draft = f"{_capital(joined)}." if joined else ""
    breathes = re.search(r"\b(?:breath\w*|inhale|exhale)\b", draft, re.IGNORECASE) and re.search(
        r"\b(?:out|exhale)\b", draft, re.IGNORECASE
    )
    return draft if draft and breathes and len(kept) <= 3 and not asked_for(draft) else ANY_BREATH


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
