"""A timeline in, what was said and done out: a transcript to read, and the timeline as it stands in FILE.json.

Called by the pipeline. Law: every spoken word is there in order, under its chapter, with the pauses that matter.
"""

from __future__ import annotations

import re
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from lowtide.deliver.captions.cues import in_words
from lowtide.deliver.label import one_line
from lowtide.model.time import MS_PER_MINUTE, MS_PER_SECOND, clock
from lowtide.model.timeline import Happening

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lowtide.model.timeline import FitInfo, Timeline

TOLD_PAUSE_MS = 3_000
"""Shorter pauses are a reader's own: they end a sentence, not a thought."""
_MARKED = re.compile(r"([\\`*_\[\]<>#|~])")
_BLANK = re.compile(r"\s+")
_SHOWN = (Happening.CHAPTER, Happening.SAY, Happening.BELL)


def transcript(timeline: Timeline) -> str:
    """Write a session for reading, as Markdown: chapters with their times, what is said, and "(pause 8 s)".

    A pause is where nothing is said, however many silences it is made of; words with only short pauses between them are
    one paragraph.
    """
    about = (timeline.technique.replace("-", " "), clock(timeline.duration_ms), timeline.position.value)
    blocks = [f"# {_plain(one_line(timeline.title))}", f"*{_plain(', '.join(part for part in about if part))}*"]
    said: list[str] = []
    quiet_from = 0
    for event in timeline.of(*_SHOWN):
        pause_ms = event.at_ms - quiet_from
        quiet_from = event.end_ms if event.kind is Happening.SAY else max(quiet_from, event.at_ms)
        if event.kind is not Happening.SAY or pause_ms >= TOLD_PAUSE_MS:
            _close(blocks, said, pause_ms)
        if event.kind is Happening.SAY:
            said.append(_plain(event.text))
        elif event.kind is Happening.BELL:
            blocks.append("(a bell)")
        elif event.text:
            blocks.append(f"## {_plain(one_line(event.text))} ({clock(event.at_ms // MS_PER_SECOND * MS_PER_SECOND)})")
    _close(blocks, said, timeline.duration_ms - quiet_from)
    return "\n\n".join(blocks) + "\n"


def _close(blocks: list[str], said: list[str], pause_ms: int) -> None:
    """End a paragraph, and tell the pause after it."""
    if said:
        blocks.append(" ".join(said))
        said.clear()
    if pause_ms >= TOLD_PAUSE_MS:
        seconds = f"{round(pause_ms / MS_PER_SECOND)} s"
        blocks.append(f"(pause {seconds if pause_ms < MS_PER_MINUTE else in_words(pause_ms)})")


def _plain(text: str) -> str:
    r"""Keep Markdown from reading marks into spoken words.

    >>> _plain("*Not* bold")
    '\\*Not\\* bold'
    """
    return _MARKED.sub(r"\\\1", _BLANK.sub(" ", text).strip())


def timeline_json(timeline: Timeline, *, voice: str, info: FitInfo | Mapping[str, Any]) -> dict[str, Any]:
    """Give what FILE.json holds: a dict of plain values, in the order in which they are written."""
    return {
        "title": timeline.title,
        "duration_ms": timeline.duration_ms,
        "seed": timeline.seed,
        "voice": voice,
        "technique": timeline.technique,
        "language": timeline.language,
        "position": timeline.position.value,
        "settle_ms": timeline.settle_ms,
        "close_ms": timeline.close_ms,
        "info": dict(info) if not is_dataclass(info) else asdict(info),
        "events": [event.as_json() for event in timeline.events],
    }
