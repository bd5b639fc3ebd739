"""A listener for the tests: sound in, the words that a small speech recogniser understood out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    Sound = NDArray[np.float32]

EAR_HZ = 16_000
"""What the recogniser's acoustic model was trained on."""
AROUND_S = 0.3
"""Silence before and after, which the recogniser needs to settle."""
ROOM_NOISE = 3e-4
"""About −70 dBFS: the recogniser is lost in digital silence, which no room has."""
HASTE: dict[str, Any] = {"maxhmmpf": 3000, "maxwpf": 5, "fwdflat": False}
"""It follows fewer guesses at once and hears once: little more than half the work, and a word in a hundred less."""


@cache
def _decoder() -> Any:
    from pocketsphinx import Decoder

    return Decoder(samprate=EAR_HZ, loglevel="FATAL", **HASTE)


def transcribe(sound: Sound, rate_hz: int = 48_000) -> list[str]:
    """Give the words heard in mono sound."""
    import soxr

    heard = soxr.resample(sound, rate_hz, EAR_HZ)
    around = np.zeros(round(AROUND_S * EAR_HZ), dtype=np.float32)
    heard = np.concatenate([around, heard, around])
    heard = heard / max(1e-9, float(np.abs(heard).max())) * 0.7
    heard = heard + np.random.default_rng(0).normal(0, ROOM_NOISE, len(heard))
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw((heard * 32767).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    return hypothesis.hypstr.split() if hypothesis else []


def words(text: str) -> list[str]:
    """Split text into the words that a recogniser could print."""
    return re.findall(r"[a-z']+", text.lower().replace("’", "'"))


def understood(pairs: Iterable[tuple[str, Sound]]) -> float:
    """Give the share of spoken words that were heard, in their order, over phrases of (text, sound)."""
    said = heard = 0
    for text, sound in pairs:
        wanted = words(text)
        blocks = difflib.SequenceMatcher(None, wanted, transcribe(sound), autojunk=False).get_matching_blocks()
        said += len(wanted)
        heard += sum(block.size for block in blocks)
    return heard / max(1, said)
