"""Headings and paragraphs in, the script's sections out: title, safety advice, chapters, and what is only about it.

Called by `importer`. Law: what comes before the first instruction and only talks *about* the practice is not spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lowtide.script.importing.furniture import BEGINS, is_about, is_safety, why_sentence
from lowtide.script.importing.layout import Aside, Heading, Item, Passage
from lowtide.script.importing.marks import Break, Note, Piece, Said, pieces
from lowtide.script.importing.outcome import Notes
from lowtide.script.nodes import Comment

SAFETY_WITHIN = 15
"""Only in so many first sentences is advice on safety moved to the front; later it belongs to its exercise."""
MOST_SPOKEN_WORDS = 60_000
"""Words that are spoken; the rest is set aside. The language's own limit is twelve hours at 100 a minute."""


@dataclass(slots=True)
class Section:
    """What stands under one heading."""

    title: str
    line: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_spoken(self) -> bool:
        """True where something in it is said."""
        return any(isinstance(piece, Said) for piece in self.pieces)


@dataclass(slots=True)
class Sorted:
    """A whole text, sorted."""

    title: str = ""
    safety: list[Said] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    """Notes from before the first section."""


_SKIPPED: tuple[tuple[re.Pattern[str], str, float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason, sure)
    for pattern, reason, sure in (
        (
            (
                r"^notes?(?: (?:to|for|on)\b.*)?$|^(?:for|to) the (?:facilitator|therapist|teacher|instructor|reader|"
                r"leader)|^(?:facilitator|therapist|teacher|instructor|leader)(?:'s)? (?:notes?|instructions?|guide)"
            ),
            "a note to the reader",
            0.9,
        ),
        (
            (
                r"^(?:about|the author|author|credits?|acknowledge?ments?|references?|sources?|bibliography|citations?|"
                r"further reading|resources|related|see also|comments?|responses?|share|tags|categories|recent posts|"
                r"archives|subscribe|newsletter|contact|footer|navigation|footnotes?|additional resources|"
                r"you might also like|more (?:from|scripts|relaxation))\b"
            ),
            "about the page",
            0.85,
        ),
        (r"^(?:disclaimer|copyright|licen[cs]e|terms|legal|permissions?)\b", "a disclaimer", 0.9),
        (
            (
                r"^(?:benefits?|the science|research|evidence|background|purpose|objectives?|goals?|materials|overview|"
                r"summary|description|faqs?|frequently asked|why\b|what is\b|when to use|"
                r"how (?:does|do|it|this|often)\b|"
                r"who (?:is|can)\b|understanding\b|tips\b|key takeaways)"
            ),
            "about the practice",
            0.7,
        ),
    )
)
_SAFETY_TITLE = re.compile(
    r"^(?:safety|cautions?|warnings?|precautions?|contra-?indications?|important|please note|a (?:word|"
    r"note) (?:of caution|on safety|about safety)|before you (?:begin|start))\b",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"^(?:(?:the )?(?:full )?(?:script|text|practice|exercise|meditation|steps?|directions?|instructions?)|"
    r"introduction|begin(?: here)?|start(?: here)?|here's how|how to (?:do|practice)\b.*|procedure|"
    r"transcript(?:ion)?|(?:video|audio|episode|podcast) transcript)$",
    re.IGNORECASE,
)
_PARTICULARS = re.compile(r"\s*\((?:[^()]{0,20}\d[^()]{0,20})\)$")
_HERE_BEGINS = re.compile(r"\b(?:transcript(?:ion)?|script)$", re.IGNORECASE)
_TITLE_WORD = re.compile(
    r"\b(?:scripts?|meditations?|relaxation|imagery|visuali[sz]ation|body scan|exercises?|nidra|transcript)\b",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"^((?:[A-Z][\w'-]*|of|the|and|for|to|with|a)(?: (?:[A-Z][\w'-]*|of|the|and|for|to|with|a)){1,7}?)"
    r"(?: (?:Audio|Video))? (?:Transcript|Script):? (?=[A-Z])"
)


def sort_out(items: Sequence[Item], notes: Notes, *, strict: bool) -> Sorted:
    """Sort a laid-out text; with `strict` what is not meant for a listener is set aside."""
    found = Sorted()
    rest = list(items)
    found.title = _title(rest, notes) or _title_in_text(rest, notes)
    found.sections.append(Section(title="", line=rest[0].line if rest and isinstance(rest[0], Heading) else 1))
    whole = sum(len(item.text.split()) for item in rest if isinstance(item, Passage))
    walk = _Walk(found=found, notes=notes, strict=strict, section=found.sections[0], whole=whole)
    for item in rest:
        if isinstance(item, Heading):
            walk.heading(item)
        elif isinstance(item, Aside):
            walk.section.pieces += [Break(line=item.line), Note(text=item.text, line=item.line)]
        else:
            walk.passage(item)
    return _titled(found, notes)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """The way through a text, and what it remembers."""

    found: Sorted
    notes: Notes
    strict: bool
    section: Section
    whole: int
    """How many words the text has."""
    skipped: tuple[str, float] | None = None
    """Why nothing here is spoken, until the next heading."""
    is_safe: bool = False
    """True under a heading such as Safety."""
    begun: bool = False
    """True from the first instruction on."""
    sentences: int = 0
    words: int = 0

    def heading(self, item: Heading) -> None:
        """Begin what stands under a heading."""
        self.skipped = _why_skipped(item, begun=self.begun) if self.strict else None
        self.is_safe = self.strict and bool(_SAFETY_TITLE.match(item.title))
        here = self.strict and 3 * self.words < self.whole
        self.section = _opened(
            item, self.found, self.section, self.skipped, is_safe=self.is_safe, begins_here=here, notes=self.notes
        )

    def passage(self, item: Passage) -> None:
        """Send a paragraph where it belongs."""
        self.words += len(item.text.split())
        if self.words > MOST_SPOKEN_WORDS:
            self.skipped = ("more than twelve hours of speech", 0.9)
        if self.skipped:
            _put_aside(item, self.section, self.notes, *self.skipped)
            return
        taken = pieces(item, self.notes)
        begins = any(isinstance(piece, Said) and BEGINS.match(piece.text) for piece in taken)
        about = self.strict and not (self.begun or begins or self.is_safe) and _is_about(item, taken)
        if about and not is_safety(item.text):
            told = next((why_sentence(piece.text) for piece in taken if isinstance(piece, Said)), None)
            _put_aside(item, self.section, self.notes, *(told or ("about the practice", 0.65)))
            return
        self.begun = self.begun or begins
        self.section.pieces.append(Break(line=item.starts[0][1]))
        for piece in taken:
            self.section.pieces.extend(self.piece(piece, about=about))

    def piece(self, piece: Piece, *, about: bool) -> Iterator[Piece]:
        """Send a piece where it belongs: spoken, to the safety advice, or aside."""
        if not self.strict or not isinstance(piece, Said):
            yield piece
            return
        self.sentences += 1
        why = why_sentence(piece.text)
        if about and not is_safety(piece.text):
            why = ("about the practice", 0.6)
        if why:
            self.notes.aside(piece.line, piece.text, *why)
            yield Note(text=piece.text, line=piece.line)
        elif self.is_safe or (self.sentences <= SAFETY_WITHIN and is_safety(piece.text)):
            sure = 0.9 if self.is_safe else 0.75
            self.notes.guess(piece.line, "safety", piece.text, "the chapter Before you begin", sure)
            self.found.safety.append(piece)
        else:
            yield piece


def _is_about(item: Passage, taken: Sequence[Piece]) -> bool:
    """Say whether a paragraph before the practice is about it, or tells a reader what to do with the text."""
    return is_about(item.text) or any(isinstance(piece, Said) and why_sentence(piece.text) for piece in taken)


def _titled(found: Sorted, notes: Notes) -> Sorted:
    """Make the only heading that has words under it the title, where there is no other."""
    spoken = [section for section in found.sections if section.is_spoken]
    if not found.title and len(spoken) == 1 and spoken[0].title:
        found.title = spoken[0].title
        notes.guess(spoken[0].line, "title", found.title, f"title: {found.title}", 0.7)
        spoken[0].title = ""
    return found


def _title(items: list[Item], notes: Notes) -> str:
    """Take the text's own title off its front, where there is one, with the lines right above and below it."""
    top: list[Heading] = []
    for item in items:
        if isinstance(item, Aside):
            continue
        if not isinstance(item, Heading) or item.is_part or _is_named(item) or (top and item.line > top[-1].line + 1):
            break
        top.append(item)
    if not top:
        return ""
    others = [item for item in items if isinstance(item, Heading)]
    headings = len(others)
    alone = sum(one.level == 1 for one in others) == 1 and top[0].level == 1
    best = top[0]
    second = next((item for item in items if not isinstance(item, Aside) and item not in top), None)
    long = len(best.title.split()) > 2
    if headings > 1 and not (
        alone or long or _TITLE_WORD.search(best.title) or isinstance(second, Heading) or len(top) > 1
    ):
        return ""
    for one in top:
        if one is not best:
            notes.aside(one.line, one.title, "beside the title", 0.6)
    title = _PARTICULARS.sub("", best.title).strip() or best.title
    notes.guess(best.line, "title", best.title, f"title: {title}", best.sureness)
    items[:] = [item for item in items if item not in top]
    return title


def _title_in_text(items: list[Item], notes: Notes) -> str:
    """Take a title off that runs into the first sentence: "Resting Audio Transcript In this practice …"."""
    first = next((item for item in items if not isinstance(item, Aside)), None)
    found = _RUN_IN.match(first.text) if isinstance(first, Passage) else None
    if not found or not isinstance(first, Passage):
        return ""
    cut = found.end()
    starts = tuple((max(0, offset - cut), line) for offset, line in first.starts)
    items[items.index(first)] = Passage(text=first.text[cut:], starts=starts)
    notes.guess(starts[0][1], "title", found[0].strip(), f"title: {found[1]}", 0.6)
    return found[1]


def _is_named(heading: Heading) -> bool:
    """Say whether a heading is one of the kinds that no title is."""
    named = _NEUTRAL.match(heading.title) or _SAFETY_TITLE.match(heading.title)
    return bool(named) or _why_skipped(heading, begun=False) is not None


def _why_skipped(heading: Heading, *, begun: bool) -> tuple[str, float] | None:
    for pattern, reason, sure in _SKIPPED:
        if pattern.search(heading.title) and not (begun and reason == "about the practice"):
            return reason, sure
    return None


def _opened(
    item: Heading,
    found: Sorted,
    section: Section,
    skipped: tuple[str, float] | None,
    *,
    is_safe: bool,
    begins_here: bool,
    notes: Notes,
) -> Section:
    """Begin a section, or go on with the one before where the heading only says "Script"."""
    if skipped or is_safe:
        reason, sure = skipped or ("the heading of the safety advice", 0.85)
        notes.aside(item.line, item.title, reason, sure)
        section.pieces.append(Note(text=item.title, line=item.line))
        return section
    if _HERE_BEGINS.search(item.title) and _NEUTRAL.match(item.title) and begins_here:
        _all_aside(found, notes)
        section = found.sections[-1]
    again = _PARTICULARS.sub("", item.title).lower().strip(" :") == found.title.lower().strip(" :")
    if again or _NEUTRAL.match(item.title):
        notes.aside(item.line, item.title, "the title again" if again else "a heading that names nothing", 0.85)
        section.pieces.append(Note(text=item.title, line=item.line))
        return section
    notes.guess(item.line, "heading", item.title, f"# {item.title}", item.sureness)
    found.sections.append(Section(title=item.title, line=item.line))
    return found.sections[-1]


def _all_aside(found: Sorted, notes: Notes) -> None:
    """Set aside what a page says before its script or transcript."""
    for section in found.sections:
        kept: list[Piece] = [Note(text=section.title, line=section.line)] if section.title else []
        if section.title:
            notes.aside(section.line, section.title, "before the script", 0.75)
        for piece in section.pieces:
            if isinstance(piece, Said):
                notes.aside(piece.line, piece.text, "before the script", 0.75)
                kept.append(Note(text=piece.text, line=piece.line))
            elif isinstance(piece, Note):
                kept.append(piece)
        found.comments.extend(Comment(text=piece.text) for piece in kept if isinstance(piece, Note))
    found.sections = [Section(title="", line=found.sections[-1].line)]


def _put_aside(item: Passage, section: Section, notes: Notes, reason: str, sure: float) -> None:
    line = item.starts[0][1]
    notes.aside(line, item.text, reason, sure)
    section.pieces += [Break(line=line), Note(text=item.text, line=line)]
