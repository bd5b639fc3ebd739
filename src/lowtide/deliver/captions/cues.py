"""A timeline in, cues out: what is read, and when. Every caption format writes the same cues.

Called by the caption formats. Laws: cues are in order, do not overlap and lie inside the session; a line has at most
65 characters (the podcast namespace's limit for captions) and a cue at most two; every spoken word is there, and so are
the long silences and the bells, because a pause is part of what is heard.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lowtide.model.time import MS_PER_MINUTE, MS_PER_SECOND, counted
from lowtide.model.timeline import Happening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.model.timeline import Timeline

LINE_CHARACTERS = 65
"""Podcast namespace, `podcast:transcript`: "limit each line to 65 characters"."""
LINES = 2
READING_CHARACTERS_PER_SECOND = 15
"""Adults read captions at up to 17–20 a second (BBC and Netflix guidelines); slower, for people at rest."""
SHORTEST_MS = 1_000
"""A cue stays at least this long where the next one lets it (BBC subtitle guidelines: about a second)."""
TOLD_SILENCE_MS = 10_000
"""From here on a silence is a cue of its own. Shorter ones show as what they are: nothing."""
BELL_MS = 3_000
_BREATHS, _BREATH_BONUS = ",;:.!?…—–", 500
"""A line that ends where a speaker takes a breath reads better; worth about 22 characters of unevenness, squared."""
_LEAST_TOLD_MS = 3_000
"""What is left of a silence after the last words were read must last so long to be told."""
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Cue(NamedTuple):
    """What is shown from one millisecond to before another."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    is_spoken: bool = True
    """False for what is not said: a silence, a bell."""


def cues(timeline: Timeline) -> tuple[Cue, ...]:
    """List a session's cues."""
    spoken = [cue for cue in _spoken(timeline) if cue.start_ms < cue.end_ms]
    starts = [*(cue.start_ms for cue in spoken), timeline.duration_ms]
    read = [_readable(cue, after) for cue, after in zip(spoken, starts[1:], strict=True)]
    holes = [(0, 0, starts[0])]
    holes += [(said.end_ms, cue.end_ms, after) for said, cue, after in zip(spoken, read, starts[1:], strict=True)]
    return tuple(sorted([*read, *(told for hole in holes for told in _unspoken(timeline, *hole))]))


def _spoken(timeline: Timeline) -> Iterator[Cue]:
    """Cut each phrase into cues, whose share of its time is their share of its characters."""
    for event in timeline.of(Happening.SAY):
        lines = balanced(event.text)
        groups = [tuple(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
        total, done, start = sum(map(len, lines)), 0, event.at_ms
        for group in groups:
            done += sum(map(len, group))
            end = event.at_ms + event.for_ms * done // total
            yield Cue(start, min(end, timeline.duration_ms), group)
            start = end


def _readable(cue: Cue, next_ms: int) -> Cue:
    """Let a cue stay until it can be read, if nothing else is said meanwhile."""
    needed = max(SHORTEST_MS, sum(map(len, cue.lines)) * MS_PER_SECOND // READING_CHARACTERS_PER_SECOND)
    return cue._replace(end_ms=max(cue.end_ms, min(cue.start_ms + needed, next_ms)))


def _unspoken(timeline: Timeline, quiet: int, start: int, end: int) -> Iterator[Cue]:
    """Tell the bells and the long silences between two spoken cues; it is quiet from `quiet`, free from `start`."""
    struck = sorted({bell.at_ms for bell in timeline.of(Happening.BELL) if start <= bell.at_ms < end})
    bells = [
        Cue(at, min(at + BELL_MS, after), ("(a bell)",), is_spoken=False) for at, after in pairwise([*struck, end])
    ]
    yield from (bell for bell in bells if bell.end_ms - bell.start_ms >= SHORTEST_MS)
    edges = [start, *(edge for bell in bells for edge in (bell.start_ms, bell.end_ms)), end]
    for begin, stop in zip(edges[::2], edges[1::2], strict=True):
        since = quiet if begin == start else begin
        if stop - begin >= _LEAST_TOLD_MS and stop - since >= TOLD_SILENCE_MS:
            text = f"({_kind(timeline, begin, stop)}, {in_words(stop - since)})"
            yield Cue(begin, stop, (text,), is_spoken=False)


def _kind(timeline: Timeline, start: int, end: int) -> str:
    """Say whether the breath is paced by the sound alone for most of a silence."""
    breaths = timeline.of(Happening.BREATHE)
    paced = sum(max(0, min(end, breath.end_ms) - max(start, breath.at_ms)) for breath in breaths)
    return "paced breathing" if 2 * paced > end - start else "silence"


def in_words(ms: int) -> str:
    """Write a length for reading.

    >>> in_words(1_000), in_words(30_400), in_words(120_000), in_words(150_000)
    ('1 second', '30 seconds', '2 minutes', '2 minutes 30 seconds')
    """
    whole = round(ms / MS_PER_SECOND)
    minutes, seconds = divmod(whole, MS_PER_MINUTE // MS_PER_SECOND)
    parts = [(minutes, "minute"), (seconds, "second")] if whole else [(0, "second")]
    return " ".join(counted(n, unit) for n, unit in parts if n or not whole)


def balanced(text: str) -> list[str]:
    """Break a phrase into as few lines as it takes, of lengths as even as words allow.

    >>> balanced("Let your eyes close, or rest them on one spot, and let the floor take the weight.")
    ['Let your eyes close, or rest them on one spot,', 'and let the floor take the weight.']
    """
    words = [piece for word in _UNREADABLE.sub(" ", text).split(" ") for piece in _pieces(word)]
    if not words:
        return []
    best: list[tuple[int, int, int]] = [(0, 0, 0)]
    for end in range(1, len(words) + 1):
        width, choices = -1, list[tuple[int, int, int]]()
        for start in range(end - 1, -1, -1):
            width += 1 + len(words[start])
            if width > LINE_CHARACTERS:
                break
            lines, ragged, _ = best[start]
            choices.append((lines + 1, ragged + (LINE_CHARACTERS - width) ** 2, start))
        lines, ragged, start = min(choices)
        best.append((lines, ragged - (_BREATH_BONUS if words[end - 1][-1] in _BREATHS else 0), start))
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][2])
    return [" ".join(words[start:end]) for end, start in pairwise(cuts)][::-1]


def _pieces(word: str) -> list[str]:
    """Cut what no line can hold."""
    return [word[at : at + LINE_CHARACTERS] for at in range(0, len(word), LINE_CHARACTERS)]
