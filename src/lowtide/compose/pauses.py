"""How long silences are: the kind of a silence in, an elastic `Pause` out.

Called by `inline` and `resolve`; the settling and closing times also by `layout`. Rule 1: every number about a
silence stands here and nowhere else. Rule 2: `least` and `most` do not depend on the session's length, so that what a
script can reach does not depend on what was asked for; only the natural length does.

Why these numbers. Open guided-meditation recordings were measured (EVIDENCE, "Voice"): 48 % silence at 9 minutes,
63–70 % at 15. A sentence of about 8 words takes about 5 s at 90–110 words a minute, so 48 % means about 4.5 s of
silence to each sentence; with a cue of 4–8 s after every third sentence and a paragraph after every fourth, that
leaves 1–2 s for a bare sentence end. From 9 to 15 minutes the silences that nobody wrote down grow by half, which
with the cues that an author wrote gives the larger share. `least` is what still sounds like an unhurried voice,
`most` what still sounds meant rather than broken.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from enum import Enum

from lowtide.model.session import Pause
from lowtide.model.time import MS_PER_MINUTE


class Ending(Enum):
    """The silences that punctuation and layout ask for: natural, least and most, in ms."""

    CLAUSE = (300, 150, 900)
    """Inside a sentence that is too long for one breath of the voice."""
    SENTENCE = (1_200, 600, 4_000)
    """EVIDENCE "Voice"; 0.6 s is the pause of ordinary calm speech, 4 s the lower end of a written cue."""
    BREATH = (1_500, 800, 4_000)
    """After paced breathing, before the voice."""
    ELLIPSIS = (2_000, 900, 6_000)
    """Written to linger; a body cue is followed by 3–5 s (EVIDENCE "Voice")."""
    PARAGRAPH = (3_000, 1_200, 9_000)
    """A thought is over; stillness is 8–10 s (EVIDENCE "Voice")."""
    BELL = (4_000, 2_500, 9_000)
    """The bowl's first seconds, before a voice comes over it."""
    CHAPTER = (2_500, 800, 8_000)
    """In addition to the paragraph's silence before it."""


GROWTH = ((3 * MS_PER_MINUTE, 85), (9 * MS_PER_MINUTE, 100), (15 * MS_PER_MINUTE, 150))
"""The natural length of an `Ending` in per cent, by session length (EVIDENCE "Voice"; see above)."""

CUE_LEAST, CUE_MOST = (1, 2), (5, 2)
"""A written `[8s]` may halve and grow to 2.5 times: a stillness of 8–10 s stays within 4–25 s (EVIDENCE "Voice")."""
RELEASE_LEAST, RELEASE_MOST = (2, 5), (3, 2)
"""A release of 30 s may take 12–45 s; 30–40 s is usual (EVIDENCE "PMR")."""

OWN_PACE = (30_000, 12_000, 90_000)
"""`[breathe at my pace]`: some seven unhurried breaths; at least three."""
OWN_PACE_LEAST, OWN_PACE_MOST = (1, 2), (3, 2)
"""What pacing may be replaced with, as a share of the paced breaths' own length."""
OPEN_SHARE = 10
"""Open practice naturally has this per cent of the session; more once nothing else is left to say."""

SETTLE = ((MS_PER_MINUTE, 2_000), (3 * MS_PER_MINUTE, 4_000), (45 * MS_PER_MINUTE, 15_000))
"""Soundscape alone at the start, by session length: time to put the phone down and lie back."""
CLOSE = ((MS_PER_MINUTE, 4_000), (3 * MS_PER_MINUTE, 8_000), (45 * MS_PER_MINUTE, 30_000))
"""Soundscape alone at the end, by session length: a fade-out that does not startle."""

SLEEP_CLOSE = ((3 * MS_PER_MINUTE, 20_000), (10 * MS_PER_MINUTE, 60_000), (45 * MS_PER_MINUTE, 120_000))
"""The same where a session may end in sleep: so slow that nobody who is nearly asleep hears it go. A minute is a house
rule, for want of a study of endings; what wakes sleepers is a sudden change of sound rather than its loudness."""

RING_MS = 15_000
"""How long a struck bowl is heard; the session's end cuts it short."""


def between(points: Sequence[tuple[int, int]], length_ms: int) -> int:
    """Read a table by session length: straight lines between its points, level outside them.

    >>> between(((60, 2), (180, 4)), 120), between(((60, 2), (180, 4)), 999)
    (3, 4)
    """
    if length_ms <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in itertools.pairwise(points):
        if length_ms <= right:
            return low + (high - low) * (length_ms - left) // (right - left)
    return points[-1][1]


def ending(kind: Ending, length_ms: int) -> Pause:
    """Make the silence after a sentence, an ellipsis, a paragraph … of a session this long.

    >>> ending(Ending.SENTENCE, 540_000)
    Pause(natural_ms=1200, least_ms=600, most_ms=4000, is_open=False, releases='')
    """
    natural, least, most = kind.value
    grown = natural * between(GROWTH, length_ms) // 100
    return Pause(natural_ms=min(max(grown, least), most), least_ms=least, most_ms=most)


def cue(natural_ms: int, *, exactly: bool = False) -> Pause:
    """Make the silence that an author wrote as `[8s]`, or `[8s exactly]`.

    >>> cue(8000)
    Pause(natural_ms=8000, least_ms=4000, most_ms=20000, is_open=False, releases='')
    """
    if exactly:
        return Pause(natural_ms=natural_ms, least_ms=natural_ms, most_ms=natural_ms)
    return _scaled(natural_ms, CUE_LEAST, CUE_MOST)


def release(natural_ms: int, region: str) -> Pause:
    """Make the silence in which the muscles of a region let go."""
    bounds = _scaled(natural_ms, RELEASE_LEAST, RELEASE_MOST)
    return Pause(natural_ms=natural_ms, least_ms=bounds.least_ms, most_ms=bounds.most_ms, releases=region)


def open_practice(least_ms: int, most_ms: int, length_ms: int) -> Pause:
    """Make a stretch of open practice; its natural length grows with the session.

    >>> open_practice(30_000, 600_000, 1_200_000).natural_ms
    120000
    """
    least_ms, most_ms = min(least_ms, most_ms), max(least_ms, most_ms)
    natural = min(max(length_ms * OPEN_SHARE // 100, least_ms), most_ms)
    return Pause(natural_ms=natural, least_ms=least_ms, most_ms=most_ms, is_open=True)


def own_pace(paced_ms: int = 0) -> Pause:
    """Make a stretch of breathing at the listener's own pace, in place of paced breaths this long (0: of none)."""
    if not paced_ms:
        natural, least, most = OWN_PACE
        return Pause(natural_ms=natural, least_ms=least, most_ms=most, is_open=True)
    bounds = _scaled(paced_ms, OWN_PACE_LEAST, OWN_PACE_MOST)
    return Pause(natural_ms=paced_ms, least_ms=bounds.least_ms, most_ms=bounds.most_ms, is_open=True)


def _scaled(natural_ms: int, least: tuple[int, int], most: tuple[int, int]) -> Pause:
    return Pause(
        natural_ms=natural_ms,
        least_ms=natural_ms * least[0] // least[1],
        most_ms=natural_ms * most[0] // most[1],
    )
