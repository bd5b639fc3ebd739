"""A timeline in, a `Label` out: what a recording's file says about itself (title, chapters, cover).

Called by the pipeline (`label_of`) and read by every encoder. Law: a label is complete before the first sample is
rendered, so that a file's head can be sent while its sound does not exist yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lowtide.model.time import SAMPLES_PER_MS
from lowtide.model.timeline import Happening, Timeline

ARTIST = "Lowtide"
MOST_CHAPTERS = 255
"""ID3's table of contents and MP4's chapter list count in one byte."""
LONGEST_TEXT = 200
"""Characters. MP4's chapter list keeps a title's length in one byte; players cut much earlier."""

_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class Mark(NamedTuple):
    """A chapter of a recording: from the first millisecond to the one after its last."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is written into a recording's file beside the sound."""

    frames: int
    """How long the recording is, in samples of each channel at 48 kHz; at least 1."""
    title: str
    artist: str = ARTIST
    album: str = ""
    """The technique, as a listener reads it: `Body scan`."""
    language: str = "en"
    """BCP 47."""
    comment: str = ""
    chapters: tuple[Mark, ...] = ()
    """In order, inside the recording, at most 255."""
    cover: bytes = b""
    """A picture as PNG; empty for none."""

    def __post_init__(self) -> None:
        assert self.frames > 0, self.frames
        assert len(self.chapters) <= MOST_CHAPTERS, len(self.chapters)
        texts = (self.title, self.artist, self.album, self.language, self.comment, *(m.title for m in self.chapters))
        assert all(text == one_line(text) for text in texts), texts
        ends = [0, *(mark.end_ms for mark in self.chapters)]
        assert all(end <= mark.start_ms < mark.end_ms for end, mark in zip(ends, self.chapters, strict=False)), ends

    @property
    def duration_ms(self) -> int:
        """The length in whole milliseconds, rounded up."""
        return -(-self.frames // SAMPLES_PER_MS)


def one_line(text: str) -> str:
    r"""Make any text fit for a tag: one line, no control characters, at most 200 characters.

    >>> one_line("Softening\n the\x00 back ")
    'Softening the back'
    """
    return _UNPRINTABLE.sub(" ", text).strip()[:LONGEST_TEXT].strip()


def label_of(timeline: Timeline, *, album: str = "", comment: str = "", cover: bytes = b"") -> Label:
    """Make the label of a session's recording, its chapters tiling it from the first one on.

    `album` is the technique as a listener reads it; without it the technique's name stands.
    """
    return Label(
        frames=timeline.duration_ms * SAMPLES_PER_MS,
        title=one_line(timeline.title) or ARTIST,
        album=one_line(album or timeline.technique),
        language=one_line(timeline.language) or "en",
        comment=one_line(comment),
        chapters=marks(timeline),
        cover=cover,
    )


def marks(timeline: Timeline) -> tuple[Mark, ...]:
    """List the chapters of a session, each lasting until the next one; one without a title has the session's."""
    events = [e for e in timeline.of(Happening.CHAPTER) if e.at_ms < timeline.duration_ms]
    starts = {event.at_ms: one_line(event.text) or one_line(timeline.title) or ARTIST for event in events}
    edges = [*list(starts)[:MOST_CHAPTERS], timeline.duration_ms]
    return tuple(Mark(start, end, starts[start]) for start, end in pairwise(edges))
