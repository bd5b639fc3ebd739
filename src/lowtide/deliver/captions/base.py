"""What a caption format is, and where caption formats are found.

Called by the pipeline. **To add a format**: write `captions/NAME.py` with one function that takes a `Timeline` and
gives the file's text, made from `cues(timeline)` so that it shows what all others show; then name it in `FORMATS` by
its ending. The battery in `tests/contract/test_captions.py` runs over every format, once it knows how to read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.captions.srt import srt
from lowtide.deliver.captions.vtt import vtt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lowtide.model.timeline import Timeline

FORMATS: Mapping[str, Callable[[Timeline], str]] = {"vtt": vtt, "srt": srt}
"""Every caption format by its file's ending."""
