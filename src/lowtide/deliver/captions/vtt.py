"""A timeline in, WebVTT out: captions for the web and for podcasts.

Called by the pipeline. Source: W3C, "WebVTT: The Web Video Text Tracks Format". Law: whatever a script says, the file
has exactly one cue per cue: `&`, `<` and `>` are escaped, so no arrow and no tag of the text's own can end it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.captions.cues import cues
from lowtide.deliver.label import one_line
from lowtide.model.time import MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND

if TYPE_CHECKING:
    from lowtide.model.timeline import Timeline

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def vtt(timeline: Timeline) -> str:
    """Write a session's captions as WebVTT."""
    notes = f"NOTE\nTitle: {one_line(timeline.title)}\nLanguage: {one_line(timeline.language)}".translate(_ESCAPES)
    blocks = [
        f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}\n" + "\n".join(cue.lines).translate(_ESCAPES)
        for cue in cues(timeline)
    ]
    return "\n\n".join(["WEBVTT", notes, *blocks]) + "\n"


def clock(ms: int, *, point: str = ".") -> str:
    """Write a time as captions do.

    >>> clock(3_723_004)
    '01:02:03.004'
    """
    hours, rest = divmod(ms, MS_PER_HOUR)
    minutes, rest = divmod(rest, MS_PER_MINUTE)
    return f"{hours:02}:{minutes:02}:{rest // MS_PER_SECOND:02}{point}{rest % MS_PER_SECOND:03}"
