"""A paragraph in, its pieces in order out: what is said, sentence by sentence, and the marks between.

Called by `importer`. A mark is a pause, a bell, a count or a number of times, however the author wrote it: `(Pause)`,
`[pause for 10 seconds]`, `……`, `Long pause.`, `[2, 3]`, `(For 10 breaths)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lowtide.script.importing.layout import Passage
from lowtide.script.importing.outcome import Notes
from lowtide.script.nodes import Bell, Inline, Open, Silence, Slot

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60,
}  # fmt: skip
BREATH_MS = 6_000
"""One unhurried breath, where a text counts a pause in breaths: ten a minute, the slow end of ordinary breathing."""
MOMENT_MS = 8_000
"""`A few seconds`, `a moment`: EVIDENCE gives stillness 8–10 s."""
LONGEST_MS = 1_800_000
"""Half an hour: a longer silence in a text is a slip, or a schedule."""

NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_UNITS = r"(?:seconds?|secs?|s|minutes?|mins?|m|breaths?|breath cycles?|cycles? of breath|moments?)"
_LENGTH = re.compile(
    rf"\b(?P<low>{NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<high>{NUMBER}))?[\s-]?(?P<unit>{_UNITS})\b", re.IGNORECASE
)
_HALF = re.compile(r"\bhalf (?:a |of a )?minute\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:a|another|full) (?:full )?(?P<unit>minute|breath)\b", re.IGNORECASE)
_FEW = re.compile(
    r"\b(?:a )?(?:few|couple(?: of)?|several|short|brief)? ?(?P<unit>seconds?|moments?|breaths|minutes)\b",
    re.IGNORECASE,
)

PAUSE_MS = 5_000
"""`(pause)` alone. EVIDENCE, voice: 3–5 s after a body cue, 4–6 s after a breath cue, 5 s after an image."""
SHORT_MS = 3_000
"""`(short pause)`: the least after a body cue."""
LONG_MS = 10_000
"""`(long pause)`: stillness, 8–10 s."""
DOTS_SHORT, DOTS_LONG = 5, 8
"""From so many dots on, dots are a silence of their own (SHORT_MS, PAUSE_MS) and not only an ellipsis."""

LONGEST_SENTENCE = 2_000
"""Characters; more without a stop is no sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of the author: a sentence, or a part of one that an ellipsis or a mark ends."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that is not spoken."""

    node: Inline
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """`[2, 3]`: a breath that is counted aloud."""

    numbers: tuple[int, ...]
    line: int
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """`(For 10 breaths)`, `(repeat 3 times)`."""

    times: int
    line: int
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A paragraph ends here."""

    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is kept as a comment."""

    text: str
    line: int


Piece = Said | Mark | Count | Times | Break | Note

_TOKEN = re.compile(
    r"(?P<bracket>[\[({](?P<inside>[^\[\](){}]{0,600})[\])}])"
    r"|<(?! )(?P<angled>[^<>]{1,60})(?<! )>"
    r"|(?P<dots> ?[.…](?: ?[.…])+| ?…)"
    r"|(?P<dashed>(?:[-–—*~/<_]{1,3}) ?(?P<pause>(?:long |short |"
    r"brief )?pause[^-–—*~/<>_.]{0,40}?) ?[-–—*~/>_]{1,3}(?!\w))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]{0,3} (?=[\"'(]{0,2}[A-Z0-9])")
_SHORT_FORMS = frozenset(["dr", "mr", "mrs", "ms", "e.g", "i.e", "st", "vs", "approx", "etc", "no", "fig", "prof"])
_INLINE_NUMBER = re.compile(r"^\(?(?:\d{1,2}[.)]|[a-e]\))\s(?=[A-Z\"'])")
_COUNT = re.compile(
    r"^(?:in |out |hold |for )?(\d{1,2}|[a-z]{3,5})(?:\s?[,.…\- ]\s?(?:\d{1,2}|[a-z]{3,5})){1,14}\.?$", re.IGNORECASE
)
_IS_PAUSE = re.compile(
    r"\b(?:paus(?:e|es|ing)|silence|silent|quiet|stillness|wait)\b|^(?:beat|breath|breathe)$", re.IGNORECASE
)
_JUST_LENGTH = re.compile(
    rf"^(?:for |about |approx(?:imately|\.)? |~|hold (?:for )?|allow )*{NUMBER}(?:\s?(?:-|–|to)\s?{NUMBER})?[\s-]?"
    r"(?:s|secs?|seconds?|m|mins?|minutes?)\.?(?: (?:of )?(?:pause|silence|here))?$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"^(?:repeat(?:ed)?|do this|continue|keep going|again|for|x|times)?[ ,:]*(?:this )?(?:for |about |"
    rf"another |x ?|× ?)*(?P<n>{NUMBER})"
    r"(?: more)?(?: ?(?:times|x|×|breaths?|rounds?|cycles?|repetitions?|reps))?(?: of (?:this|breath\w*))?\.?$",
    re.IGNORECASE,
)
_TIMES_WORD = re.compile(
    r"\b(?:times|breaths?|rounds?|cycles?|repetitions?|reps|repeat)\b|\bx ?\d|\d ?x\b", re.IGNORECASE
)
_BELL = re.compile(r"\b(?:bells?|gongs?|chimes?|singing bowl|bowl)\b", re.IGNORECASE)
_NAME = re.compile(
    r"^(?:insert )?(?:the )?(?:(?:client|patient|participant|listener|person|child|your)(?:'s)? )?(?:first )?name$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"^(?:if (?:you have|there is|time|the (?:group|client|person|patient)|doing|leading|reading|needed|used)|"
    r"repeat|this (?:part|section|exercise|can|procedure)|"
    r"you (?:can|may|might) (?:also )?(?:do|repeat|use|read|skip|substitute|choose)|note|nb\b|see\b|optional|"
    r"read|instructor|facilitator|therapist|leader|speaker|teacher|insert|music|sound|soft(?:ly)?\b|slow(?:ly|"
    r"er)?\b|"
    r"do (?:this|the same|not read)|continue|start with|begin with|allow|give|use|adjust|demonstrate|speak|"
    r"say|after|before|at this point|end of|begin|"
    r"go (?:through|to)|same|as above|whisper|lower|volume|laugh|smil|invite|ask|switch|other side|both sides|"
    r"right|left|approx|about|\d+ min)",
    re.IGNORECASE,
)
_PAUSE_SENTENCE = re.compile(
    rf"^(?:and |now |please )?(?:(?P<size>long|longer|short|brief|slight) )?(?:pause|silence)(?: (?:here|now|"
    rf"again|briefly|for|of|about|a|an|few|couple|moment|"
    rf"moments|seconds?|minutes?|breaths?|{NUMBER}))*[.!]?$",
    re.IGNORECASE,
)


def pieces(passage: Passage, notes: Notes) -> list[Piece]:
    """Take a paragraph apart; linear in its length."""
    found: list[Piece] = []
    at = 0
    for token in _TOKEN.finditer(passage.text):
        found.extend(_sentences(passage, at, token.start(), notes))
        line = passage.line_at(token.start())
        if token["dots"]:
            found.extend(_dotted(token, found, line, notes))
        elif token["dashed"]:
            found.append(_paused(token["pause"], token[0], line, notes))
        else:
            found.extend(_bracketed(token, line, notes))
        at = token.end()
    found.extend(_sentences(passage, at, len(passage.text), notes))
    return _tidied(found)


def _sentences(passage: Passage, start: int, stop: int, notes: Notes) -> Iterator[Piece]:
    """Split plain words into sentences; a sentence that only says "pause" becomes one."""
    text = passage.text
    at = start
    ends = [end.end() for end in _SENTENCE_END.finditer(text, start, stop)]
    for end in [*ends, stop]:
        if end != stop and _goes_on(text[max(at, end - 9) : end], text[at : at + 8] if end - at < 8 else ""):
            continue
        chunk = text[at:end]
        line = passage.line_at(at + len(chunk) - len(chunk.lstrip()))
        at = end
        if chunk.strip() in _STOPS:
            yield Said(text=chunk.strip(" )"), line=line)
            continue
        clean = _clean(chunk)
        numbered = _INLINE_NUMBER.match(clean)
        if numbered:
            notes.guess(line, "list mark", numbered[0].strip(), "", 0.8)
            clean = clean[numbered.end() :]
        if not any(c.isalnum() for c in clean):
            continue
        if _PAUSE_SENTENCE.match(clean.strip("\"' ")):
            yield _paused(clean, clean, line, notes)
        else:
            yield from (Said(text=part, line=line) for part in _parts(clean))


def _parts(text: str) -> Iterator[str]:
    """Cut what has no stop for too long at a space."""
    while len(text) > LONGEST_SENTENCE:
        cut = text.rfind(" ", 1, LONGEST_SENTENCE)
        cut = cut if cut > 0 else LONGEST_SENTENCE
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


def _goes_on(tail: str, whole: str) -> bool:
    """Say whether the stop at the end is an abbreviation's or a list number's."""
    last = tail.split()[-1:] or [""]
    return last[0].rstrip(".").lower() in _SHORT_FORMS or bool(_INLINE_NUMBER.match(whole.lstrip() + "A"))


_STOPS = frozenset({".", "!", "?", ",", ".)", ").", ";", ":"})
_SIGNS = str.maketrans(dict.fromkeys("[]{}\\`^", " "))


def _clean(text: str) -> str:
    """Take out the signs that mean something in the script language."""
    return " ".join(text.translate(_SIGNS).split()).lstrip("#>%-–—=*+|_~,;:. ").rstrip("|_*~= ")


def _dotted(token: re.Match[str], found: list[Piece], line: int, notes: Notes) -> Iterator[Piece]:
    dots = sum(3 if c == "…" else 1 for c in token["dots"] if c in ".…")
    if found and isinstance(found[-1], Said):
        last = found[-1]
        found[-1] = Said(text=last.text.rstrip(".,… ") + "…", line=last.line)
    if dots >= DOTS_SHORT:
        ms = PAUSE_MS if dots >= DOTS_LONG else SHORT_MS
        notes.guess(line, "dots", token["dots"].strip(), f"[{written(ms)}]", 0.75)
        yield Mark(node=Silence(natural_ms=ms), line=line)


def _paused(inside: str, was: str, line: int, notes: Notes) -> Mark:
    """Make a silence of what says "pause"."""
    known = length_ms(inside)
    low = inside.lower()
    by_size = (
        LONG_MS if re.search(r"\blong", low) else SHORT_MS if re.search(r"\b(?:short|brief|slight)", low) else PAUSE_MS
    )
    exact = known is not None and bool(re.search(rf"\d|\b(?:{'|'.join(WORDS)})\b|minute", low))
    ms = known if known is not None and exact else by_size if known is None else known
    notes.guess(line, "pause", was, f"[{written(ms)}]", 0.98 if exact else 0.85)
    return Mark(node=Silence(natural_ms=ms), line=line)


def _bracketed(token: re.Match[str], line: int, notes: Notes) -> Iterator[Piece]:
    """Read what stands in brackets."""
    inside, was = " ".join((token["inside"] or token["angled"] or "").split()), token[0]
    words = inside.split()
    square = was[0] in "[{<"
    numbers = [number(word) for word in re.findall(r"\w+", inside)]
    if not words:
        return
    if _COUNT.match(inside) and all(n is not None for n in numbers[1:]) and len(numbers) > 1:
        yield Count(numbers=tuple(n for n in numbers if n is not None), line=line, was=was)
    elif _JUST_LENGTH.match(inside) or (_IS_PAUSE.search(inside) and len(words) <= 12):
        yield from _silence(inside, was, line, notes)
    elif _BELL.search(inside) and len(words) <= 8:
        yield from _bells(inside, was, line, notes)
    elif len(words) <= 8 and _TIMES_WORD.search(inside) and _TIMES.match(inside):
        times = number(_TIMES.match(inside)["n"]) or 1  # type: ignore[index]
        yield Times(times=times, line=line, was=was)
    elif square and _NAME.match(inside):
        notes.guess(line, "name", was, "{name}", 0.9)
        yield Mark(node=Slot(name="name"), line=line)
    elif square or _DIRECTION.match(inside) or inside.isdecimal():
        sure = 0.9 if inside.isdecimal() else 0.75 if square else 0.65
        notes.aside(line, inside, "a stage direction", sure)
        yield Note(text=inside, line=line)
    else:
        yield Said(text=f"({_clean(inside)})", line=line)


def _silence(inside: str, was: str, line: int, notes: Notes) -> Iterator[Piece]:
    """Make a pause in breaths open, so that it can last as long as the listener's own."""
    breaths = re.search(rf"\b({NUMBER}) (?:\w+ )?breaths?\b", inside, re.IGNORECASE)
    times = number(breaths[1]) if breaths else None
    if times and times > 3:
        node = Open(least_ms=times * BREATH_MS // 2, most_ms=times * BREATH_MS * 2)
        notes.guess(line, "pause", was, f"[silence {written(node.least_ms)}-{written(node.most_ms)}]", 0.7)
        yield Mark(node=node, line=line)
    else:
        yield _paused(inside, was, line, notes)


def _bells(inside: str, was: str, line: int, notes: Notes) -> Iterator[Piece]:
    counted = re.search(rf"\b(?:x ?)?({NUMBER})(?:x| times| bells?| rings?)?\b", inside, re.IGNORECASE)
    times = min(3, (number(counted[1]) or 1) if counted else 1)
    notes.guess(line, "bell", was, "[bell]" * times, 0.85)
    for _ in range(times):
        yield Mark(node=Bell(), line=line)


def _tidied(found: list[Piece]) -> list[Piece]:
    """Put back together what brackets parted: "(pause)." leaves a stop behind, an aside stands in its sentence."""
    tidy: list[Piece] = []
    is_aside = False
    for piece in found:
        last = tidy[-1] if tidy else None
        if isinstance(piece, Said) and not any(c.isalnum() for c in piece.text):
            if isinstance(last, Mark) and isinstance(last.node, Slot):
                tidy.append(piece)
            else:
                _stop(tidy, piece.text)
            continue
        opens = isinstance(piece, Said) and piece.text.startswith("(")
        if isinstance(piece, Said) and isinstance(last, Said) and (opens or is_aside) and last.text[-1] not in ".!?…:":
            tidy[-1] = Said(text=f"{last.text} {piece.text}", line=last.line)
        else:
            tidy.append(piece)
        is_aside = opens
    return tidy


def _stop(tidy: list[Piece], stop: str) -> None:
    """End the last words with a stop that came after a mark."""
    for at in range(len(tidy) - 1, max(-1, len(tidy) - 4), -1):
        said = tidy[at]
        if isinstance(said, Said):
            if said.text[-1:] not in ".!?…":
                tidy[at] = Said(text=said.text.rstrip(",;:") + stop, line=said.line)
            return


def number(text: str) -> int | None:
    """Read a number, in figures or in words.

    >>> number("7"), number("Seven"), number("some")
    (7, 7, None)
    """
    low = text.lower()
    return int(low) if low.isdecimal() and low.isascii() and len(low) <= 3 else WORDS.get(low)


def length_ms(text: str) -> int | None:
    """Find the first length of time in a text; a range gives its middle.

    >>> length_ms("pause for 10 seconds"), length_ms("1-2 min"), length_ms("three breaths"), length_ms("here")
    (10000, 90000, 18000, None)
    """
    found = _LENGTH.search(text)
    if found:
        low = number(found["low"]) or 0
        high = number(found["high"]) or low if found["high"] else low
        ms = (low + high) * _unit_ms(found["unit"]) // 2
        return ms if 0 < ms <= LONGEST_MS else None
    if _HALF.search(text):
        return 30_000
    one = _ONE.search(text)
    if one:
        return _unit_ms(one["unit"])
    few = _FEW.search(text)
    return (3 * _unit_ms(few["unit"]) if few["unit"] in ("breaths", "minutes") else MOMENT_MS) if few else None


def _unit_ms(unit: str) -> int:
    low = unit.lower()
    if low.startswith("moment"):
        return MOMENT_MS
    if low.startswith("m"):
        return 60_000
    return 1_000 if low.startswith("s") else BREATH_MS


def written(ms: int) -> str:
    """Write a silence as the language does.

    >>> written(8000), written(120000), written(1500)
    ('8s', '2m', '1.5s')
    """
    if ms % 60_000 == 0:
        return f"{ms // 60_000}m"
    return f"{ms // 1000}s" if ms % 1000 == 0 else f"{ms / 1000:g}s"
