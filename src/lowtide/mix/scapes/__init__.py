"""The soundscapes, by name. How to add one stands in `base`."""

from __future__ import annotations

from lowtide.mix.scapes.base import Scape
from lowtide.mix.scapes.bowl import Bowl
from lowtide.mix.scapes.brown import Brown
from lowtide.mix.scapes.fire import Fire
from lowtide.mix.scapes.hush import Hush
from lowtide.mix.scapes.rain import Rain
from lowtide.mix.scapes.stream import Stream
from lowtide.mix.scapes.waves import Waves
from lowtide.mix.scapes.wind import Wind
from lowtide.model.audio import Soundscape

SCAPES: dict[Soundscape, Scape] = {
    Soundscape.WAVES: Waves(),
    Soundscape.RAIN: Rain(),
    Soundscape.STREAM: Stream(),
    Soundscape.WIND: Wind(),
    Soundscape.FIRE: Fire(),
    Soundscape.BROWN: Brown(),
    Soundscape.BOWL: Bowl(),
    Soundscape.NONE: Hush(),
}
"""Every soundscape; the same objects for all sessions."""

__all__ = ["SCAPES", "Scape"]
