"""Text as it was copied in, clean lines out: entities, tags, stamps, speakers, list marks and Markdown are taken off.

Called by `importer`. Law: a line keeps the number it had in the input; what is taken off is written down as a guess.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lowtide.script.importing.outcome import Notes

LONGEST_LINE = 20_000
"""A longer line is cut at a space, so that every later search stays short."""
LEAST_GAP_MS = 3_000
"""A gap between two captions that is longer than this was a pause and not only a breath of the speaker."""
LONGEST_GAP_MS = 600_000
"""A longer gap is an editing slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One clean line."""

    number: int
    """In the input, from 1."""
    text: str
    """Without spaces around; empty for a blank line."""
    is_item: bool = False
    """True where it began with a bullet or a number: it does not go on from the line before."""
    item: str = ""
    """The mark it began with, such as `2.`"""
    is_part: bool = False
    """True where that mark counts the parts of the whole, as in `Part 1: The Breath`."""
    level: int = 0
    """Markdown's or HTML's heading level; 0 for none."""
    after_ms: int = 0
    """How long the captions were silent before it."""
    is_caption: bool = False
    """True where a caption's line ends wherever the caption was full."""


_TAGS = (
    "a|abbr|article|aside|b|blockquote|body|br|c|center|cite|code|dd|div|dl|dt|em|figure|font|footer|form|h[1-6]|head|"
    "header|hr|html|i|img|li|link|main|meta|nav|ol|p|path|pre|s|section|small|span|strong|sub|sup|svg|table|tbody|td|"
    "th|thead|title|tr|tt|u|ul|v|video|wbr"
)
_TAG = re.compile(rf"<(/?)({_TAGS})\b[^<>]{{0,400}}>", re.IGNORECASE)
_CODE = re.compile(
    r"<(script|style|head|nav|footer|noscript|svg)\b[^<>]{0,400}>(.*?)</\1\s{0,9}>", re.IGNORECASE | re.DOTALL
)
_NEW_LINE = frozenset(
    [
        "br", "p", "div", "li", "tr", "dd", "dt", "section", "article", "blockquote", "header", "footer", "hr", "ul",
        "ol", "table", "title",
    ]
)  # fmt: skip
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u2032": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u201f": '"',
        "\u2033": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "–",
        "\u2015": "—",
        "\u2212": "-",
        "\u22ef": "…",
        "\u00ad": "",
        "\ufb01": "fi",
        "\ufb02": "fl",
    }
)
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"^({_CLOCK})\s*-->\s*({_CLOCK})\b.*$")
_STAMP_ALONE = re.compile(rf"^(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK})\s?[:\-–]?(?:\s?[-–]\s?{_CLOCK})?$")
_STAMP_FIRST = re.compile(rf"^(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK}(?=\s))\s?[:\-–]?\s{{0,3}}(?=\S)")
_STAMP_INSIDE = re.compile(rf"[\[(]{_CLOCK}[\])]")
_ROLE = r"(?:speaker|narrator|guide|host|therapist|instructor|facilitator|teacher|voice|voice-?over|vo|leader|coach)"
_SPEAKER = re.compile(
    rf"^((?:{_ROLE})(?:\s?\d{{1,2}})?|(?-i:[A-Z][a-z]{{1,15}}(?: "
    rf"[A-Z][a-z.]{{0,15}}){{0,2}}))(?:\s?[\[(]{_CLOCK}[\])])?\s?:(?=\s|$)",
    re.IGNORECASE,
)
_IS_ROLE = re.compile(rf"^{_ROLE}(?:\s?\d{{1,2}})?$", re.IGNORECASE)
_BULLET = re.compile(r"^([-*+•·‣▪◦●○►➢✓]|–(?=\s[A-Z]))\s+(?=\S)")
_PART = r"(?:part|section|chapter|stage) (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s?[-–—:]"
_IS_PART = re.compile(_PART, re.IGNORECASE)
_NUMBERED = re.compile(
    r"^((?:step\s)?\(?\d{1,3}[.):]|\d{1,2}\s?\*|step \d{1,2}\s?[-–:]?|"
    rf"{_PART}|"
    r"\(?[a-hA-H]\)|\([ivx]{1,4}\)|[IVX]{1,4}\.)\s+(?=\S)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\(((?:https?:|/|mailto:)[^()\s]{0,300})\)")
_STRESS = re.compile(r"(\*\*|__|\*|_)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?!\w)")
_PAUSE = re.compile(r"(?<![\w*_])[*_]{1,3}((?:\w{1,8} )?pause\b[^*_]{0,40})[*_]{1,3}(?!\w)", re.IGNORECASE)
_RULE = re.compile(r"^(?:[-=_*~#•·.—–]\s?){3,}$")
_HEADER_WORDS = frozenset({"WEBVTT", "STYLE", "REGION", "```"})


def clean_lines(text: str, notes: Notes) -> list[Line]:
    """Make clean lines of a text; linear in its length."""
    raw = list(_numbered(text, notes))
    stamped = sum(1 for _, line in raw if _STAMP_FIRST.match(line))
    names = _speakers(line for _, line in raw)
    lines: list[Line] = []
    ended_ms = 0
    gap_ms = 0
    for at, (number, line) in enumerate(raw):
        cue = _CUE.match(line)
        if cue:
            starts_ms = _clock_ms(cue[1])
            if LEAST_GAP_MS <= starts_ms - ended_ms <= LONGEST_GAP_MS and ended_ms:
                gap_ms += starts_ms - ended_ms
            ended_ms = _clock_ms(cue[2])
            notes.guess(number, "timestamp", line, "", 0.95)
            continue
        following = raw[at + 1][1] if at + 1 < len(raw) else ""
        if line in _HEADER_WORDS or (line.isdecimal() and _CUE.match(following)):
            notes.guess(number, "timestamp", line, "", 0.9)
            continue
        clean = _unmarked(number, line, names, stamped, notes)
        if not line and ended_ms:
            continue
        pause_ms, gap_ms = (gap_ms, 0) if clean.text else (0, gap_ms)
        lines.append(replace(clean, after_ms=pause_ms, is_caption=True) if ended_ms else clean)
    return lines


def _numbered(text: str, notes: Notes) -> Iterator[tuple[int, str]]:
    """Yield the input's lines with their numbers, plain characters only, tags turned into lines."""
    text = _BREAKS.sub("\n", text)
    if "</" in text:
        text = _CODE.sub(lambda found: _page_code(found, notes), text)
    for number, line in enumerate(text.split("\n"), start=1):
        for part in _untagged(_plain(line)).split("\n"):
            flat = " ".join(part.split())
            while len(flat) > LONGEST_LINE:
                cut = flat.rfind(" ", 1, LONGEST_LINE)
                cut = cut if cut > 0 else LONGEST_LINE
                yield number, flat[:cut]
                flat = flat[cut:].lstrip()
            yield number, flat


def _page_code(found: re.Match[str], notes: Notes) -> str:
    notes.aside(found.string.count("\n", 0, min(found.start(), 10_000)) + 1, found[2].strip(), "a page's code", 0.95)
    return "\n" * found[0].count("\n")


def _plain(line: str) -> str:
    line = html.unescape(line) if "&" in line else line
    line = line.translate(_PLAIN)
    if line.isascii() and line.isprintable():
        return line
    kept = (" " if c.isspace() else c for c in line if c.isspace() or unicodedata.category(c)[0] != "C")
    return "".join(kept)


def _untagged(line: str) -> str:
    if "<" not in line or ">" not in line:
        return line

    def instead(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name[0] == "h" and name[1:].isdecimal():
            return "\n" if tag[1] else "\n" + "#" * int(name[1:]) + " "
        return "\n" if name in _NEW_LINE else ""

    return _TAG.sub(instead, line)


def _speakers(lines: Iterator[str] | list[tuple[int, str]]) -> frozenset[str]:
    """Find the names that several lines begin with; a role such as `Narrator:` needs to be there only once."""
    seen: Counter[str] = Counter()
    for line in lines:
        found = _SPEAKER.match(_STAMP_FIRST.sub("", str(line)))
        if found:
            seen[found[1].lower()] += 1
    return frozenset(name for name, times in seen.items() if times > 2 or _IS_ROLE.match(name))


def _unmarked(number: int, text: str, names: frozenset[str], stamped: int, notes: Notes) -> Line:
    """Take stamps, speakers, quotes of a mail, Markdown and list marks off one line."""
    if not text:
        return Line(number=number, text="")
    if text[0] in "[(0123456789" and _STAMP_ALONE.match(text):
        notes.guess(number, "timestamp", text, "", 0.9)
        return Line(number=number, text="")
    first = _STAMP_FIRST.match(text)
    if first and (stamped > 2 or text[0] in "[("):
        notes.guess(number, "timestamp", first[0].strip(), "", 0.9)
        text = text[first.end() :]
    text = _unspoken(number, text, names, notes)
    if text.startswith(">"):
        text = text.lstrip("> ")
    if _RULE.match(text) and not text.startswith(("...", ". .", "…")):
        return Line(number=number, text="")
    return _unlisted(number, text, notes)


def _unspoken(number: int, text: str, names: frozenset[str], notes: Notes) -> str:
    """Take a speaker's name off the front and stamps out of the middle."""
    speaker = _SPEAKER.match(text) if names else None
    if speaker and speaker[1].lower() in names:
        notes.guess(number, "speaker", speaker[0], "", 0.85)
        return text[speaker.end() :].strip()
    inside = _STAMP_INSIDE.search(text)
    if inside:
        notes.guess(number, "timestamp", " ".join(_STAMP_INSIDE.findall(text)), "", 0.9)
        return " ".join(_STAMP_INSIDE.sub(" ", text).split())
    return text


def _unlisted(number: int, text: str, notes: Notes) -> Line:
    heading = _HEADING.match(text)
    if heading:
        return Line(number=number, text=_unstressed(heading[2]), level=len(heading[1]))
    text = text.lstrip("#").strip()
    links = _LINK.findall(text) if "](" in text else []
    for _, address in links:
        notes.aside(number, address, "an address", 0.95)
    mark = _BULLET.match(text) or _NUMBERED.match(text)
    if mark and len(text) > mark.end():
        notes.guess(number, "list mark", mark[0].strip(), "", 0.95)
        return Line(
            number=number,
            text=_unstressed(text[mark.end() :]),
            is_item=True,
            item=mark[1],
            is_part=bool(_IS_PART.match(mark[1])),
        )
    return Line(number=number, text=_unstressed(text))


def _unstressed(text: str) -> str:
    """Take Markdown's links and emphasis off, and the quotes around a whole line."""
    text = _PAUSE.sub(r"(\1)", _LINK.sub(r"\1", text))
    if "*" in text or "_" in text:
        text = _STRESS.sub(r"\2", _STRESS.sub(r"\2", text))
    if len(text) > 2 and text[0] == text[-1] == '"' and text.count('"') == 2:
        text = text[1:-1].strip()
    return text


def _clock_ms(text: str) -> int:
    whole, _, fraction = text.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int((fraction or "0").ljust(3, "0")[:3])
