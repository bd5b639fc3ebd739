"""The laws of a timeline (`model.timeline`), as a check that knows nothing of how it was made."""

from __future__ import annotations

from itertools import pairwise

from lowtide.model.timeline import Happening, Timeline

_ORDER = list(Happening)


def broken(timeline: Timeline) -> list[str]:
    """Say in words which laws a timeline breaks; nothing where it keeps them all."""
    events = timeline.events
    found = [f"outside or empty: {e}" for e in events if not 0 <= e.at_ms < e.end_ms <= timeline.duration_ms]
    keys = [(event.at_ms, _ORDER.index(event.kind)) for event in events]
    if keys != sorted(keys):
        found.append("not in order")
    tiles = timeline.of(Happening.SAY, Happening.SILENCE)
    edges = [0, *(tile.end_ms for tile in tiles)]
    if [tile.at_ms for tile in tiles] != edges[:-1] or edges[-1] != timeline.duration_ms:
        found.append("speech and silence do not tile the session")
    if any(a.kind is b.kind is Happening.SILENCE for a, b in pairwise(tiles)):
        found.append("two silences in a row")
    found.extend(
        f"phases: {breath}"
        for breath in timeline.of(Happening.BREATHE)
        if breath.in_ms + breath.hold_ms + breath.out_ms != breath.for_ms or min(breath.in_ms, breath.out_ms) <= 0
    )
    for kind in (Happening.CHAPTER, Happening.ATTEND, Happening.BREATHE, Happening.TENSE, Happening.RELEASE):
        row = timeline.of(kind)
        found.extend(f"overlap: {a} {b}" for a, b in pairwise(row) if a.end_ms > b.at_ms)
    return found


def longest_without_voice_ms(timeline: Timeline) -> int:
    """How long the longest stretch is in which nobody speaks, the beginning and the end included."""
    ends = [0, *(event.end_ms for event in timeline.of(Happening.SAY))]
    begins = [*(event.at_ms for event in timeline.of(Happening.SAY)), timeline.duration_ms]
    return max(begin - end for end, begin in zip(ends, begins, strict=True))
