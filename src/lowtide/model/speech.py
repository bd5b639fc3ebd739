"""Spoken phrases: which voice, how long each clip is, how loud. Made by `speak`, read by `compose.fit` and `mix`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ClipKey = tuple[str, bool]
"""What was spoken, and whether slowly: `Phrase.key` and `Event.key`."""

ENERGY_BLOCK_MS = 100
"""The step of a clip's energies: a quarter of the 400 ms gating block of ITU-R BS.1770-5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One phrase as sound: mono, 48 kHz, trimmed to the speech, at −18 LUFS."""

    key: ClipKey
    length_ms: int
    """Exactly; the sound is 48 × this many samples long."""
    energies: tuple[float, ...]
    """Mean square of the K-weighted sound (BS.1770) in each 100 ms, the last one padded with silence."""
    peak: float
    """The highest absolute sample, 0–1."""
    path: str
    """Where its sound is kept, for `speak.load`; empty for the `silent` engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """All phrases of a session, spoken by one voice."""

    voice: str
    """`engine:name`, such as `flite:slt`."""
    clips: Mapping[ClipKey, Clip]

    def lengths_ms(self) -> dict[ClipKey, int]:
        """Give the spoken lengths that fitting needs."""
        return {key: clip.length_ms for key, clip in self.clips.items()}
