"""Clean lines in, headings and paragraphs out: lines cut in the middle of a sentence are put together again.

Called by `importer`. Law: a paragraph knows for each of its characters which line of the input it stood in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lowtide.model.body import PARTS, SYNONYMS
from lowtide.script.importing.furniture import BEGINS, why_line
from lowtide.script.importing.lines import Line
from lowtide.script.importing.outcome import Notes

WIDEST_HEADING = 64
MOST_HEADING_WORDS = 9
NARROWEST_WRAP = 45
"""A block whose longest line is shorter was not wrapped at a margin: its lines end where the author ended them."""
FULL_LINE = 0.6
"""A line that fills this much of the margin was cut by it."""
OWN_PARAGRAPH = 100
"""Lines that are longer than this on the whole are paragraphs of their own."""
LONGEST_PASSAGE = 8_000
"""Characters; a block that is longer becomes several paragraphs."""
VERSE = 0.3
"""With this share of lines that end without a stop, a line's end is a sentence's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line that names what follows."""

    line: int
    title: str
    sureness: float
    level: int
    """Of Markdown or HTML; 0 for a plain line."""
    is_first: bool
    """True for the very first text, which is the whole script's title if anything is."""
    is_part: bool = False
    """True for `Part 1: …`, which names no whole script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A line that is not spoken; it has been written down, and is kept as a comment."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph on one line."""

    text: str
    starts: tuple[tuple[int, int], ...]
    """(offset, line number) of each piece, by offset."""

    def line_at(self, offset: int) -> int:
        """Give the input's line of a character."""
        return self.starts[max(0, bisect_right(self.starts, (offset, 1 << 60)) - 1)][1]


_BODY = frozenset(word for part in PARTS for name in (part.one, part.many) for word in name.split()) | frozenset(
    word for name in SYNONYMS for word in name.split("-")
)
_BODY_GLUE = frozenset({"and", "the", "your", "left", "right", "of", "upper", "lower", "both", "&", "full", "whole"})
_CUES = frozenset(
    [
        "inhale", "exhale", "relax", "pause", "breathe", "breath", "hold", "release", "rest", "good", "great",
        "wonderful", "lovely", "hello", "hi", "welcome", "namaste", "in", "out", "and", "again", "smile", "notice",
        "feel", "let", "slowly", "gently", "silence", "stop", "thank", "thanks", "now", "close", "open", "soften",
        "wait", "listen", "tense", "tighten", "squeeze", "imagine", "picture", "repeat", "begin", "allow", "bring",
        "take", "just", "please", "sit", "lie", "see", "be", "stay",
    ]
)  # fmt: skip
"""A short line that begins so is rather a cue than a heading."""
_STOPPED = re.compile(r"[.!?…:;][\"')\]}]*$|[)\]}>]$")
_TERMINAL = re.compile(r"[.!?…][\"')\]}]*$|[\])}>]$")
_ABOUT_TITLE = re.compile(
    r"\b(?:scripts?|meditations?|relaxation|imagery|visuali[sz]ation|body scan|exercises?|breathing|nidra|"
    r"stretch\w*)\b",
    re.IGNORECASE,
)
_HERE_BEGINS = re.compile(
    r"^(?:the )?(?:video |audio |episode |full |podcast |meditation |relaxation )*(?:transcript(?:ion)?|"
    r"script)(?: begins?| starts?| text)?\s?:?$",
    re.IGNORECASE,
)
_PAUSE_WORD = re.compile(r"\b(?:pause|silence|seconds?)\b", re.IGNORECASE)
_SPOKEN_LEAD = re.compile(
    r"\b(?:you|your|say|saying|repeat|tell|ask|imagine|remember|follows|following|yourself|with me|this|"
    r"here's|let's|we|we'll|i|i'm|it|it's|works?|like)\b",
    re.IGNORECASE,
)
_KEEPS_HYPHEN = frozenset(
    [
        "self", "in", "out", "mid", "well", "half", "non", "lower", "full", "slow", "left", "right", "open", "long",
        "short", "one", "two", "low", "high", "ever", "deep", "letting",
    ]
)  # fmt: skip
_I = re.compile(r"I(?:'|\b)")
_ROMAN = re.compile(r"^\(?(?:\d{1,2}|[ivx]{1,4})[.):]?\)?$", re.IGNORECASE)


Item = Heading | Aside | Passage


def lay_out(lines: Sequence[Line], notes: Notes, *, strict: bool = True) -> list[Item]:
    """Find headings and put paragraphs together; with `strict` a page's furniture is set aside."""
    verse = _is_verse(lines)
    found: list[Item] = []
    block: list[Line] = []
    asides: list[Aside] = []
    blank, begun = True, False
    for at, line in enumerate(lines):
        if not line.text:
            _close(block, asides, verse, found, notes)
            blank = True
            continue
        why = why_line(line.text, is_early=not begun) if strict and not line.level else None
        if why:
            notes.aside(line.number, line.text, *why)
            asides.append(Aside(line=line.number, text=line.text))
            continue
        after = next((other for other in lines[at + 1 : at + 8] if other.text), None)
        ended = blank or (bool(block) and bool(_TERMINAL.search(block[-1].text)) and line.text.endswith(":"))
        sure = _heading_sureness(
            line,
            after,
            blank=ended,
            verse=verse,
            first=not block and not any(isinstance(one, Passage | Heading) for one in found[:8]),
        )
        begun = begun or bool(BEGINS.match(line.text))
        if sure:
            _close(block, asides, verse, found, notes)
            found.append(_heading(line, sure, found))
        else:
            block.append(line)
        blank = bool(sure)
    _close(block, asides, verse, found, notes)
    return list(_mended(found, notes))


def _is_verse(lines: Sequence[Line]) -> bool:
    """Say whether lines end without stops though a new sentence follows: a list, a poem, a page without full stops."""
    texts = [line.text for line in lines if line.text and not line.level and not line.is_caption]
    open_ended = 0
    for line, after in pairwise(texts):
        short = len(line) < OWN_PARAGRAPH
        if (
            short
            and not _STOPPED.search(line)
            and line[-1] not in ",-–—"
            and after[:1].isupper()
            and len(line.split()) > 3
        ):
            open_ended += 1
    return open_ended > VERSE * max(6, len(texts))


def _heading_sureness(line: Line, after: Line | None, *, blank: bool, verse: bool, first: bool) -> float:
    text, words = line.text, line.text.split()
    if line.level > 0:
        return 0.98
    if _HERE_BEGINS.match(text):
        return 0.9
    if after is None or len(text) > WIDEST_HEADING or len(words) > MOST_HEADING_WORDS or line.is_caption:
        return 0.0
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 3 or text[-1] in ".!?,;-–—" or "…" in text or "..." in text or text[0] in "(\"'":
        return 0.0
    if _PAUSE_WORD.search(text) or any(c in text for c in "[]{}"):
        return 0.0
    if not text[0].isupper() and not text[0].isdigit():
        return 0.0
    if all(c.isupper() for c in letters):
        return 0.9 if len(words) > 1 or words[0].lower() not in _CUES else 0.0
    bare = text.rstrip(":").lower().split()
    if all(word.strip(",&/") in _BODY | _BODY_GLUE for word in bare):
        return 0.85 if blank or text.endswith(":") or _ROMAN.match(line.item) else 0.0
    if line.is_part:
        return 0.85
    if line.item and not _ROMAN.match(line.item):
        return 0.0
    if text.endswith(":"):
        return 0.8 if blank and not _SPOKEN_LEAD.search(text) and bare[0] not in _CUES else 0.0
    return _case_sureness(line, words, blank=blank, verse=verse, first=first)


def _case_sureness(line: Line, words: list[str], *, blank: bool, verse: bool, first: bool) -> float:
    """Judge a line without marks by its capitals and by standing alone."""
    weighty = [word for word in words if len(word) > 3 or word[0].isdigit()] or words
    titled = sum(1 for word in weighty if not word[0].islower()) >= 0.8 * len(weighty)
    if first and (titled or _ABOUT_TITLE.search(line.text)) and (len(words) > 1 or words[0].lower() not in _CUES):
        return 0.85
    if not blank or (line.item and not titled):
        return 0.0
    if titled and len(words) > 1:
        return 0.8
    if words[0].lower() in _CUES or verse or len(words) > 5 or line.item:
        return 0.0
    return 0.6


def _heading(line: Line, sure: float, found: Sequence[Item]) -> Heading:
    first = not any(isinstance(one, Passage | Heading) for one in found[:8])
    return Heading(
        line=line.number,
        title=_title(line),
        sureness=sure,
        level=max(0, line.level),
        is_first=first,
        is_part=line.is_part,
    )


def _title(line: Line) -> str:
    text = line.text.rstrip(": ").strip()
    return text.capitalize() if text.isupper() else text


def _close(block: list[Line], asides: list[Aside], verse: bool, found: list[Item], notes: Notes) -> None:
    """Put a block of lines without a blank between them together, and what was set aside in it behind it."""
    if block:
        found.extend(_paragraphs(block, verse, notes))
    found.extend(asides)
    block.clear()
    asides.clear()


def _paragraphs(block: Sequence[Line], verse: bool, notes: Notes) -> Iterator[Passage]:
    """Make one paragraph of a block, or several."""
    widest = max(len(line.text) for line in block)
    full = [len(line.text) >= FULL_LINE * widest for line in block[:-1]]
    wrapped = widest >= NARROWEST_WRAP and len(block) > 1 and sum(full) >= 0.7 * len(full)
    long = sum(len(line.text) for line in block) / len(block) > OWN_PARAGRAPH
    group: list[Line] = []
    length = 0
    for line in block:
        last = group[-1] if group and length < LONGEST_PASSAGE else None
        length += len(line.text)
        apart = bool(group) and (
            last is None
            or (line.is_item and not _same_list(last, line))
            or (long and bool(_TERMINAL.search(last.text)))
        )
        if apart:
            yield _joined(group, wrapped=wrapped, verse=verse, notes=notes)
            group, length = [], len(line.text)
        group.append(line)
    yield _joined(group, wrapped=wrapped, verse=verse, notes=notes)


def _same_list(last: Line, line: Line) -> bool:
    """Say whether two bullets stand in one list of short sentences, which is one paragraph; numbers are steps."""
    return last.is_item and not line.item[-2:].strip("().:")[-1:].isalnum() and len(line.text) < OWN_PARAGRAPH


def _joined(group: Sequence[Line], *, wrapped: bool, verse: bool, notes: Notes) -> Passage:
    """Join lines into one paragraph."""
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for at, line in enumerate(group):
        text = line.text
        if at:
            end, text = _seam(group[at - 1].text, line, wrapped=wrapped, verse=verse, notes=notes)
            if end is None:
                pieces[-1] = pieces[-1].removesuffix("-")
                length -= 1
            else:
                pieces.append(end)
                length += len(end)
        if line.after_ms:
            text = f"[captions silent for {line.after_ms // 1000} seconds] {text}"
        starts.append((length, line.number))
        pieces.append(text)
        length += len(text)
    return Passage(text="".join(pieces), starts=tuple(starts))


def _seam(before: str, line: Line, *, wrapped: bool, verse: bool, notes: Notes) -> tuple[str | None, str]:
    """Decide what stands between two lines (None: the word's hyphen goes) and how the second begins."""
    text = line.text
    if before.endswith("-") and len(before) > 2 and before[-2].isalpha() and text[0].islower():
        first = before[:-1].rsplit(None, 1)[-1].lower()
        second = text.split()[0]
        if first in _KEEPS_HYPHEN:
            return "", text
        notes.guess(line.number, "hyphen", f"{first}- {second}", first + second, 0.8)
        return None, text
    if before.endswith(",") and text[0].isupper() and not wrapped and not _I.match(text):
        second = text.split()[0]
        if second[1:].islower() or len(second) == 1:
            return " ", text[0].lower() + text[1:]
    if line.is_item and not _STOPPED.search(before):
        return ". ", text
    if _STOPPED.search(before) or before[-1] in ",;–—-" or line.is_caption or not text[0].isupper() or _I.match(text):
        return " ", text
    if wrapped and not verse:
        return " ", text
    notes.guess(line.number, "line end", before[-40:], before[-40:] + ".", 0.7)
    return ". ", text


def _mended(found: Sequence[Item], notes: Notes) -> Iterator[Item]:
    """Join paragraphs that a page's end or a blank line cut in the middle of a sentence."""
    held: list[Passage] = []
    asides: list[Aside] = []
    length = 0
    for item in found:
        if isinstance(item, Aside):
            asides.append(item)
            continue
        if isinstance(item, Heading):
            yield from _merged(held, asides)
            held, length = [], 0
            yield item
            continue
        if held and not (length < LONGEST_PASSAGE and item.text[0].islower() and _is_open(held[-1].text)):
            yield from _merged(held, asides)
            held, length = [], 0
        elif held:
            notes.guess(item.starts[0][1], "cut sentence", f"{held[-1].text[-20:]} ¶ {item.text[:20]}", "joined", 0.8)
        held.append(item)
        length += len(item.text)
    yield from _merged(held, asides)


def _is_open(text: str) -> bool:
    closed = text.rstrip("])}")
    if closed != text:  # "… bringing the light up (pause)" goes on; "… (pause)." does not
        closed = re.sub(r"[\[({][^\[\](){}]{0,60}$", "", closed).rstrip()
    return not re.search(r"[.!?…:][\"']*$", closed)


def _merged(held: Sequence[Passage], asides: list[Aside]) -> Iterator[Passage | Aside]:
    """Give the passages held as one, and what was set aside between them behind it."""
    if held:
        yield _as_one(held)
    yield from asides
    asides.clear()


def _as_one(held: Sequence[Passage]) -> Passage:
    texts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for passage in held:
        starts.extend((offset + length, line) for offset, line in passage.starts)
        texts.append(passage.text)
        length += len(passage.text) + 1
    return replace(held[0], text=" ".join(texts), starts=tuple(starts))
