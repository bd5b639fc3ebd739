"""The energies of voice, soundscape and bells in, the one gain that makes the session −16 LUFS out, and what to expect.

Called by `mixer` when it is made. Law: nothing is rendered. Sounds that do not resemble each other add up as
K-weighted energies, so the loudness of the whole is known before any of it exists (ITU-R BS.1770-5, gated as there).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lowtide.mix.ceiling import KNEE, KNEE_DB, bend
from lowtide.mix.duck import SOFT_DB
from lowtide.model.loudness import ABSOLUTE_GATE_LUFS, RELATIVE_GATE_DB, STEPS_PER_GATE, lufs, mean_square
from lowtide.model.speech import ENERGY_BLOCK_MS, Speech
from lowtide.model.timeline import Happening, Timeline

Energies = NDArray[np.floating[Any]]
"""K-weighted mean squares of each 100 ms, both channels together."""

SESSION_LUFS = -16.0
"""EVIDENCE.md, Sound: the whole session, stereo."""
GAIN_STEP_DB = 0.1
"""The gain is a whole number of these, so that another sentence leaves the samples of all others as they were, unless
the session's loudness moves over the edge of a step. The session is at most half a step off −16 LUFS, half of the
0.1 LU that PERFORMANCE.md grants and a tenth of what is heard; what is foretold is foretold for the gain that is given.
"""
OVERDRIVE_DB = 6.0
"""A voice's highest tip may meet the safety curve by this much and no more; a gain beyond is not given."""
TIPS_DBFS = 1.5
"""Soundscape and bells may reach this high, were all their tips to meet: the curve bends one sample in thousands."""
TIPS = 5.0
"""How fast a voice's samples thin out towards the peak of their 100 ms: by e for each fifth of it."""
TOPS = 2.0
"""How much higher beside its energy a quiet 100 ms may reach than the loudest one of its clip, up to the clip's peak.
Both measured on flite's and espeak's clips: what the safety curve takes is foretold within 0.1 LU up to 4 dB over."""
STEEPEST = 2.0
"""A swell within 100 ms is a straight line, and no steeper than one that begins at nothing."""
UNEVEN_DB = (-0.45, 0.0, 0.45)
"""A noise's 400 ms blocks scatter about their mean like this, which matters at the edge of the gate."""
_ROUNDS = 12
_CLOSE_LU = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How loud the session becomes, and why."""

    gain_db: float
    """Given to everything alike."""
    predicted_lufs: float
    """Integrated loudness of the whole; −inf where there is nothing to hear."""
    is_capped: bool
    """True where the peaks leave no room for −16 LUFS, and the session is quieter than promised."""

    def held(self, gain_db: float) -> Balance:
        """Give what becomes of the loudness with another gain than its own."""
        return replace(self, gain_db=gain_db, predicted_lufs=self.predicted_lufs + gain_db - self.gain_db)

    @property
    def words(self) -> str:
        """Say it in one plain sentence."""
        if self.predicted_lufs == -math.inf:
            return "There is nothing to hear: every volume is off."
        if self.is_capped:
            return f"The session is at {self.predicted_lufs:.1f} LUFS: louder, its peaks would distort."
        return f"The session is at {self.predicted_lufs:.1f} LUFS."


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is said, 100 ms by 100 ms of each clip, before the overall gain."""

    step: NDArray[np.int64]
    """The session's 100 ms in which it begins."""
    late: Energies
    """0–1: which share of it falls into the next one."""
    energy: Energies
    peak: Energies
    """About how high its samples reach."""

    def energies(self, gain: float, steps: int) -> Energies:
        """Lay it into the session at some gain, less what the safety curve takes off its tips."""
        heard = np.maximum(self.energy * gain**2 - 2 * _taken(self.peak * gain), 0.0)
        total = np.bincount(self.step, heard * (1 - self.late), minlength=steps + 1).astype(np.float64)
        total[1:] += np.bincount(self.step, heard * self.late, minlength=steps + 1)[:-1]
        return total[:steps]


@cache
def _tips() -> tuple[Energies, Energies]:
    # The mean square that the curve takes from samples with an exponential tail, by where the tail ends.
    peaks = KNEE * np.geomspace(1.0, 8.0, 64)
    sample = KNEE + np.linspace(0.0, 1.0, 96)[:, None] * (peaks - KNEE)
    lost = (sample**2 - bend(sample) ** 2) * np.exp(-TIPS * sample / peaks) * TIPS / peaks
    return peaks, lost.mean(axis=0) * (peaks - KNEE)


def _taken(peak: Energies) -> Energies:
    taken: Energies = np.interp(peak, *_tips())
    return taken


def spoken(timeline: Timeline, speech: Speech, gain: float) -> Spoken:
    """Gather the energies of all that is said, as they stand in two channels; the room leaves them as they are."""
    said = [(event, speech.clips[event.key]) for event in timeline.of(Happening.SAY) if gain]
    heard = [(event, clip, top) for event, clip in said if (top := max(clip.energies, default=0.0)) > 0]
    counts = [len(clip.energies) for _, clip, _ in heard]

    def each(values: Iterable[float]) -> Energies:
        return np.repeat(np.fromiter(values, np.float64, len(counts)), counts)

    energies = np.fromiter(chain.from_iterable(clip.energies for _, clip, _ in heard), np.float64, sum(counts))
    inside = np.arange(len(energies)) - each(accumulate(counts[:-1], initial=0) if counts else ())
    wide = np.minimum(ENERGY_BLOCK_MS, each(clip.length_ms for _, clip, _ in heard) - inside * ENERGY_BLOCK_MS)
    volume = each(gain * (10 ** (SOFT_DB / 20) if event.soft else 1.0) for event, *_ in heard)
    highest = np.sqrt(each(top for *_, top in heard))
    return Spoken(
        step=(each(event.at_ms // ENERGY_BLOCK_MS for event, *_ in heard) + inside).astype(np.int64),
        late=_late(energies, inside, wide, each(event.at_ms % ENERGY_BLOCK_MS for event, *_ in heard)),
        energy=2 * volume**2 * energies,
        peak=volume * each(clip.peak for _, clip, _ in heard) * np.minimum(1.0, TOPS * np.sqrt(energies) / highest),
    )


def _late(energies: Energies, inside: Energies, wide: Energies, begins_ms: Energies) -> Energies:
    """Say which share of each 100 ms of a clip falls into the session's next one.

    A lone word stands or falls at the gate with this, so the last one is sound only as far as the clip goes (`wide`,
    ms), and the sound swells or fades within each as its neighbours say. Of 283 random half minutes the worst was 0.56
    LU off while each 100 ms was taken as even, and is 0.28 now. Elsewhere a block on the gate can still cost 0.6 LU.
    """
    share = np.maximum(0.0, (begins_ms - ENERGY_BLOCK_MS) / wide + 1)
    around = np.concatenate(([0.0], energies, [0.0]))
    before, after = np.where(inside > 0, around[:-2], 0.0), np.where(wide == ENERGY_BLOCK_MS, around[2:], 0.0)
    rise = (after - before) / (2 * np.where(energies > 0, energies, 1.0))
    late: Energies = share + np.clip(rise, -STEEPEST, STEEPEST) * share * (1 - share) / 2
    return late


def integrated(steady: Energies, uneven: Energies) -> float:
    """Foretell the integrated loudness of 100 ms energies, of which some belong to a noise and scatter.

    >>> round(integrated(np.full(20, mean_square(-16.0)), np.zeros(20)), 3)
    -16.0
    """
    return _gated(_blocks(steady), _blocks(uneven))


def _blocks(energies: Energies) -> Energies:
    # The mean of each 400 ms, or of all there is where that is less; one begins with each 100 ms.
    size = min(STEPS_PER_GATE, len(energies))
    count = len(energies) - size + 1 if size else 0
    return sum((energies[first : first + count] for first in range(size)), np.zeros(count)) / max(1, size)


def _gated(steady: Energies, uneven: Energies) -> float:
    scatter = 10 ** (np.array(UNEVEN_DB)[:, None] / 10)
    scatter /= scatter.mean()
    blocks = steady + scatter * uneven
    heard = blocks[blocks > mean_square(ABSOLUTE_GATE_LUFS)]
    if not len(heard):
        return -math.inf
    heard = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE_DB / 10)]
    return lufs(float(heard.mean()))


def balance(said: Spoken, rung: Energies, scape: Energies, *, crest: float) -> Balance:
    """Find the gain that makes the whole −16 LUFS, or as loud as its peaks allow.

    `rung` and `scape` are the energies of bells and soundscape; `crest` bounds the samples of these two together.
    """
    rung_blocks, scape_blocks = _blocks(rung), _blocks(scape)

    def loudness(gain_db: float) -> float:
        gain = 10 ** (gain_db / 20)
        return _gated(_blocks(said.energies(gain, len(scape))) + rung_blocks * gain**2, scape_blocks * gain**2)

    cap_db = min(_room_db(crest, TIPS_DBFS), _room_db(float(said.peak.max(initial=0.0)), KNEE_DB + OVERDRIVE_DB))
    if math.isinf(cap_db):
        return Balance(gain_db=0.0, predicted_lufs=-math.inf, is_capped=False)
    gain_db = min(0.0, cap_db)
    predicted = loudness(gain_db)
    for _ in range(_ROUNDS):
        missing = SESSION_LUFS - predicted
        if abs(missing) < _CLOSE_LU or predicted == -math.inf or (gain_db == cap_db and missing > 0):
            break
        gain_db = min(gain_db + missing, cap_db)
        predicted = loudness(gain_db)
    is_capped = gain_db == cap_db and predicted < SESSION_LUFS - 0.1
    gain_db = _stepped(gain_db, cap_db)
    return Balance(gain_db=gain_db, predicted_lufs=loudness(gain_db), is_capped=is_capped)


def _stepped(gain_db: float, cap_db: float) -> float:
    # the nearest step that is not over the cap
    return min(round(gain_db / GAIN_STEP_DB), math.floor(cap_db / GAIN_STEP_DB)) * GAIN_STEP_DB


def _room_db(peak: float, limit_db: float) -> float:
    return limit_db - 20 * math.log10(peak) if peak > 0 else math.inf
