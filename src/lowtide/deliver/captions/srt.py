"""A timeline in, SubRip out: captions for players on disk and for video.

Called by the pipeline. Laws: lines end with CR LF, as SubRip itself wrote them and old players still want; SubRip
has no escapes, so characters that players take for tags or arrows are replaced by ones that look like them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.captions.cues import cues
from lowtide.deliver.captions.vtt import clock

if TYPE_CHECKING:
    from lowtide.model.timeline import Timeline

_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")"})


def srt(timeline: Timeline) -> str:
    """Write a session's captions as SubRip."""
    blocks = [
        "\r\n".join(
            [
                str(number),
                f"{clock(cue.start_ms, point=',')} --> {clock(cue.end_ms, point=',')}",
                *(line.translate(_LOOKALIKES) for line in cue.lines),
                "\r\n",
            ]
        )
        for number, cue in enumerate(cues(timeline), 1)
    ]
    return "".join(blocks)
