"""A timeline's words in, the soundscape's level under and between them out, in dB beside its level under speech.

Called by `mixer`. Law: slow both ways, and down before the voice begins: the curve knows the whole timeline, so it
need not react. A closed form of the time, like everything here.
"""

from __future__ import annotations

from itertools import pairwise

from lowtide.mix.curve import Curve, through
from lowtide.model.timeline import Happening, Timeline

LIFT_DB = 6.0
"""How far the soundscape rises in a long silence. EVIDENCE.md, Sound: "slow duck, rising in the silences"."""
SOFT_DB = -4.0
"""How much quieter a `[soft]` voice is; the soundscape goes down with it and keeps its distance."""
RISE_MS = 4_500
"""A full lift takes this long (EVIDENCE.md, Sound: seconds, not milliseconds)."""
FALL_MS = 3_000
"""A full duck takes this long."""
WAIT_MS = 900
"""The soundscape waits this long after the voice before it rises, so that it does not pump between sentences."""
AHEAD_MS = 250
"""It has come down this long before the voice begins."""
STEP_MS = 1_500
"""Between a soft and a usual voice without a long silence, the level moves this slowly."""


def duck(timeline: Timeline, *, is_heard: bool) -> Curve:
    """Draw the soundscape's level in dB; 0 is its level under a usual voice. Without a voice it stays up."""
    words = timeline.of(Happening.SAY) if is_heard else ()
    if not words:
        return through([(0.0, LIFT_DB)])
    first = SOFT_DB if words[0].soft else 0.0
    start = max(0, words[0].at_ms - AHEAD_MS)
    knots: list[tuple[float, float]] = [(max(0, start - FALL_MS), first + LIFT_DB), (start, first)]
    level = first
    for event, following in pairwise(words):
        target = SOFT_DB if following.soft else 0.0
        knots += _gap(event.end_ms, following.at_ms, level, target)
        level = target
    knots += [(words[-1].end_ms + WAIT_MS, level), (words[-1].end_ms + WAIT_MS + RISE_MS, level + LIFT_DB)]
    return through(_unhurried(knots))


def _unhurried(knots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    # Hasty words would ask for two moves at once: each begins when the one before it has ended, and takes its time.
    kept = knots[:1]
    for at_ms, level in knots[1:]:
        before_ms, before = kept[-1]
        least_ms = 0 if len(kept) == 1 else abs(level - before) / -SOFT_DB * STEP_MS / 2
        kept.append((max(at_ms, before_ms + least_ms), level))
    return kept


def _gap(end_ms: int, next_ms: int, level: float, target: float) -> list[tuple[float, float]]:
    # A silence that is too short for the whole lift gets the part of it that the same slopes reach.
    room = next_ms - AHEAD_MS - end_ms - WAIT_MS
    share = min(1.0, room / (RISE_MS + FALL_MS))
    if share <= 0.05:
        return [] if level == target else [(next_ms - STEP_MS, level), (next_ms, target)]
    top = max(level, target) + LIFT_DB * share
    up, down = end_ms + WAIT_MS, next_ms - AHEAD_MS
    return [(up, level), (up + RISE_MS * share, top), (down - FALL_MS * share, top), (down, target)]
