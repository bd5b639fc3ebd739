"""A text's blocks in, chapters and a head out.

Called by `importer`. Where the text has headings they are the chapters; where it has none, blocks are grouped by
arriving, the part of the body, and coming back, and each such guess is reported as a weak one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from lowtide.model.body import REGIONS, holders
from lowtide.model.movement import TENSE, Position
from lowtide.script.importing.outcome import Notes
from lowtide.script.nodes import (
    Attend,
    Breathe,
    Chapter,
    Comment,
    Head,
    Inline,
    Open,
    Paragraph,
    Release,
    Silence,
    Step,
    Tense,
    Text,
)

Plain = Paragraph | Step | Comment

WORDS_A_MINUTE = 75
"""A guided session of about nine minutes, its silences included. EVIDENCE, voice."""
LEAST_WORDS = 120
"""A shorter text is one chapter."""
LEAST_CHAPTER_WORDS = 30
"""A shorter group joins the one before."""
LEAST_PLACES = 4
"""With fewer blocks that name a place the text does not go through the body."""
SURE_GROUP = 0.4
ARRIVING, RESTING, BACK, SAFETY = "Arriving", "The practice", "Coming back", "Before you begin"

_GROUPS = {
    "feet": "Feet and legs", "legs": "Feet and legs", "pelvis": "Hips and pelvis", "back": "The back",
    "belly": "Belly and chest", "chest": "Belly and chest", "ribs": "Belly and chest", "trunk": "Belly and chest",
    "shoulders": "Shoulders", "arms": "Arms and hands", "neck": "Neck and head", "head": "Neck and head",
}  # fmt: skip
"""The chapter that a region, or what holds it, belongs to."""
_COMING_BACK = re.compile(
    r"\b(?:wiggl\w+|open(?:ing)? your eyes|eyes (?:to )?open|flutter\w* (?:them )?open|back (?:to|"
    r"into) (?:the|this|your) (?:room|present|day)|(?:come|coming|return\w*) back (?:to|into)\b|re-?orient\w*|"
    r"alert and|"
    r"count(?:ing)? (?:back|from|up)|end (?:of )?(?:this|the|our) (?:practice|exercise|session|meditation|"
    r"relaxation)|finish\w*|thank you|concludes?)\b",
    re.IGNORECASE,
)


def chapters(
    sections: Sequence[tuple[str, int, Sequence[Plain]]],
    safety: Sequence[str],
    comments: Sequence[Comment],
    notes: Notes,
) -> tuple[Chapter, ...]:
    """Make chapters of (title, line, blocks); `safety` becomes the first one."""
    made: list[Chapter] = []
    if safety:
        words = Paragraph(inlines=(Text(text=" ".join(safety)),))
        made.append(Chapter(title=SAFETY, blocks=(words,)))
    untitled = all(not title for title, _, _ in sections)
    loose: list[Plain] = list(comments)
    for title, line, blocks in sections:
        if not any(_words(block) or _marks(block) for block in blocks):
            if title and blocks == ():
                notes.aside(line, title, "a heading with nothing under it", 0.7)
                loose.append(Comment(text=title))
            loose.extend(blocks)
            continue
        if untitled:
            made.extend(_grouped([*loose, *blocks], notes))
        else:
            if not title:
                notes.guess(line, "chapter", "text before the first heading", f"# {ARRIVING}", 0.6)
            made.append(Chapter(title=title or ARRIVING, blocks=(*loose, *blocks)))
        loose = []
    if loose and made:
        last = made[-1]
        made[-1] = Chapter(title=last.title, blocks=(*last.blocks, *loose))
    return tuple(made)


def head(title: str, found: Sequence[Chapter], whole: str, notes: Notes) -> Head:
    """Guess the front matter; what the text does not tell stays empty."""
    blocks = [block for chapter in found for block in chapter.blocks if isinstance(block, Paragraph | Step)]
    technique = _technique(blocks)
    if technique:
        notes.guess(0, "technique", "what the text does most", technique, 0.6)
    positions = _positions(whole[:6_000])
    if positions:
        notes.guess(0, "positions", "the words for them", ", ".join(positions), 0.6)
    minutes = _minutes(blocks)
    notes.guess(0, "minutes", "its words and silences", f"about {minutes:g}", 0.6)
    least, most = max(1, round(0.8 * minutes)), max(2, ceil(1.5 * minutes))
    if not title:
        title = _named(technique)
        notes.guess(0, "title", "", title, 0.3)
    return Head(
        title=title,
        technique=technique,
        least_minutes=min(least, 700),
        most_minutes=min(most, 720),
        positions=positions,
    )


def _named(technique: str) -> str:
    known = {
        "pmr": "Tensing and letting go",
        "body-scan": "A body scan",
        "belly-breathing": "Breathing",
        "gentle-stretch": "Gentle stretching",
        "imagery": "A place to rest",
    }
    return known.get(technique, "A guided practice")


def _grouped(blocks: Sequence[Plain], notes: Notes) -> Iterator[Chapter]:
    """Group blocks without headings; a short text stays one chapter."""
    words = [_words(block) for block in blocks]
    if sum(words) < LEAST_WORDS:
        yield Chapter(title=RESTING, blocks=tuple(blocks))
        return
    runs: list[tuple[str, list[Plain], int]] = []
    for title, block, count in zip(_topics(blocks, words), blocks, words, strict=True):
        last = runs[-1] if runs else None
        is_short = last is not None and last[2] < LEAST_CHAPTER_WORDS and last[0] != ARRIVING and title != BACK
        if last is not None and (last[0] == title or is_short):
            last[1].append(block)
            runs[-1] = (last[0], last[1], last[2] + count)
        else:
            runs.append((title, [block], count))
    for title, members, _ in _without_slivers(runs):
        notes.guess(0, "chapter", _opening(members), f"# {title}", SURE_GROUP)
        yield Chapter(title=title, blocks=tuple(members))


def _without_slivers(runs: list[tuple[str, list[Plain], int]]) -> list[tuple[str, list[Plain], int]]:
    """Join groups that are too short to the one before, and neighbours of one name."""
    kept: list[tuple[str, list[Plain], int]] = []
    for title, members, count in runs:
        short = count < LEAST_CHAPTER_WORDS and title != BACK
        if kept and (short or kept[-1][0] == title):
            kept[-1][1].extend(members)
            kept[-1] = (kept[-1][0], kept[-1][1], kept[-1][2] + count)
        else:
            kept.append((title, members, count))
    return kept


def _topics(blocks: Sequence[Plain], words: Sequence[int]) -> list[str]:
    """Name for each block the chapter it would stand in."""
    topics: list[str] = []
    now = ARRIVING
    groups = [_group(block) for block in blocks]
    by_body = sum(bool(group) for group in groups) >= LEAST_PLACES
    total, so_far = sum(words), 0
    for block, count, group in zip(blocks, words, groups, strict=True):
        text = _text(block)
        if so_far > 0.7 * total and _COMING_BACK.search(text):
            now = BACK
        elif now != BACK and group and by_body and topics:
            now = group
        elif now == ARRIVING and so_far > 0.3 * total:
            now = RESTING
        so_far += count
        topics.append(now)
    return topics


def _group(block: Plain) -> str:
    for inline in _inlines(block):
        region = inline.region if isinstance(inline, Attend | Tense) else ""
        if region in REGIONS:
            for holder in holders(REGIONS[region].part):
                if holder in _GROUPS:
                    return _GROUPS[holder]
    return ""


def _inlines(block: Plain) -> tuple[Inline, ...]:
    if isinstance(block, Paragraph):
        return block.inlines
    return block.move if isinstance(block, Step) else ()


def _text(block: Plain) -> str:
    return " ".join(inline.text for inline in _inlines(block) if isinstance(inline, Text))


def _words(block: Plain) -> int:
    return len(_text(block).split())


def _marks(block: Plain) -> bool:
    return any(isinstance(inline, Breathe) for inline in _inlines(block))


def _opening(members: Sequence[Plain]) -> str:
    return next((_text(block)[:40] for block in members if _text(block)), "")


def _technique(blocks: Sequence[Plain]) -> str:
    """Name the technique that the blocks do most, where they do one clearly."""
    inlines = [inline for block in blocks for inline in _inlines(block)]
    tensions = sum(isinstance(inline, Tense) for inline in inlines)
    places = sum(isinstance(inline, Attend) for inline in inlines)
    breaths = sum(isinstance(inline, Breathe) for inline in inlines)
    moves = sum(
        isinstance(block, Step)
        and any(name not in ("breath-hold", "paced-breath", "supine") for name in block.movements)
        and not any(name.startswith(TENSE) for name in block.movements)
        for block in blocks
    )
    if tensions >= 3 and tensions >= moves:
        return "pmr"
    if moves >= 4 and moves > places / 2:
        return "gentle-stretch"
    if places >= 5:
        return "body-scan"
    if not tensions and not moves and (breaths >= 2 or (breaths and len(blocks) < 12)):
        return "belly-breathing"
    return ""


_LYING = re.compile(
    r"\b(?:lie|lying|lay|laying) (?:down|flat|back|comfortably|still|"
    r"on (?:your|the (?:floor|bed|mat|back|ground|sofa)|a (?:bed|mat|sofa)))"
)


def _positions(text: str) -> tuple[Position, ...]:
    low = text.lower()
    lying = _LYING.search(low)
    sitting = re.search(r"\b(?:sit|sitting|seated|chair)\b", low)
    known = (
        [Position.LYING, Position.RECLINED]
        if lying
        else [Position.RECLINED]
        if re.search(r"\brecliner?\b|\breclin", low)
        else []
    )
    return (*known, Position.SITTING) if sitting else tuple(known)


def _minutes(blocks: Sequence[Plain]) -> float:
    """Estimate the natural length: the words at a guide's pace, or spoken with the marked silences, if longer."""
    words = sum(_words(block) for block in blocks)
    marked_ms = 0
    for block in blocks:
        for inline in _inlines(block):
            if isinstance(inline, Silence | Release):
                marked_ms += inline.natural_ms
            elif isinstance(inline, Tense):
                marked_ms += inline.length_ms
            elif isinstance(inline, Open):
                marked_ms += inline.least_ms
            elif isinstance(inline, Breathe):
                marked_ms += inline.times * (inline.in_ms + inline.hold_ms + inline.out_ms)
    return max(1.0, round(max(words / WORDS_A_MINUTE, words / 110 + marked_ms / 60_000)))
