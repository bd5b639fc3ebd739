"""A timeline's breaths in, three smooth curves out: how full the lungs are, which way they go, and whether they lead.

Called by `mixer` for every soundscape. Law: the curves have no jump, whatever the breaths: the soundscape has come to
rest at the bottom of the breath before the first in-breath begins, and drifts back to itself after the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.curve import Curve, Seconds, through
from lowtide.model.timeline import Event, Happening, Timeline

LEAD_MS = 3_500
"""So long before the first paced breath the soundscape begins to sink to where an in-breath starts."""
RELEASE_MS = 5_000
"""So long after the last one it takes to drift off by itself."""
RUN_GAP_MS = LEAD_MS + RELEASE_MS
"""Breaths that are closer together than this are led as one run."""
TURN_MS = 700
"""The timbre turns from in to out, and back, within this; shorter in short breaths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What a soundscape is told about a stretch of time, one value for each point."""

    seconds: Seconds
    breath: NDArray[np.float32]
    """0 at the bottom of the out-breath, 1 at the top of the in-breath."""
    rising: NDArray[np.float32]
    """1 while breathing in (and holding), 0 while breathing out."""
    paced: NDArray[np.float32]
    """1 where the breath leads, 0 where the soundscape is left to itself, smoothly between."""
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """The curves of a whole session."""

    breath: Curve
    rising: Curve
    paced: Curve

    def at(self, seconds: Seconds, seed: int) -> Control:
        """Read the curves at some times."""
        breath, rising, paced = (curve(seconds).astype(np.float32) for curve in (self.breath, self.rising, self.paced))
        return Control(seconds=seconds, breath=breath, rising=rising, paced=paced, seed=seed)


def pacing(timeline: Timeline) -> Pacing:
    """Draw the curves through every paced breath."""
    breaths = timeline.of(Happening.BREATHE)
    breath, rising = [(0.0, 0.0)], [(0.0, 1.0)]
    for event in breaths:
        top, turn = event.at_ms + event.in_ms + event.hold_ms, min(TURN_MS, event.out_ms // 3)
        end = top + event.out_ms
        breath += [(event.at_ms, 0.0), (event.at_ms + event.in_ms, 1.0), (top, 1.0), (end, 0.0)]
        rising += [(top, 1.0), (top + turn, 0.0), (end - turn, 0.0), (end, 1.0)]
    return Pacing(breath=through(breath), rising=through(rising), paced=through(_runs(breaths)))


def _runs(breaths: Sequence[Event]) -> list[tuple[float, float]]:
    knots = [(0.0, 0.0)]
    for event in breaths:
        if knots[-1][1] == 0 and event.at_ms - knots[-1][0] < LEAD_MS and len(knots) > 1:
            del knots[-2:]  # too close for the soundscape to wander off and come back: it waits at the bottom
        elif event.at_ms > LEAD_MS:
            knots += [(event.at_ms - LEAD_MS, 0.0), (event.at_ms, 1.0)]
        else:
            knots = [(0.0, 1.0)]
        end = event.at_ms + event.in_ms + event.hold_ms + event.out_ms
        knots += [(end, 1.0), (end + RELEASE_MS, 0.0)]
    return knots


UNPACED = Pacing(breath=through([(0, 0)]), rising=through([(0, 1)]), paced=through([(0, 0)]))
"""No breath is led anywhere."""
