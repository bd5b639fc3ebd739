"""How a session sounds and what its file is called: the wishes that `mix` and `deliver` are given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Soundscape(StrEnum):
    """What is heard behind the voice. All are made, none is a recording."""

    WAVES = "waves"
    RAIN = "rain"
    STREAM = "stream"
    WIND = "wind"
    FIRE = "fire"
    BROWN = "brown"
    BOWL = "bowl"
    NONE = "none"


class Format(StrEnum):
    """The file formats, named by their usual endings."""

    MP3 = "mp3"
    OPUS = "opus"
    M4A = "m4a"
    FLAC = "flac"
    WAV = "wav"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A listener's choice of sound. Volumes are relative to the designed balance; the whole stays at −16 LUFS."""

    soundscape: Soundscape = Soundscape.WAVES
    voice_db: float = 0.0
    soundscape_db: float = 0.0
    bell_db: float = 0.0

    def __post_init__(self) -> None:
        assert all(LEAST_VOLUME_DB <= db <= MOST_VOLUME_DB for db in (self.voice_db, self.soundscape_db, self.bell_db))


LEAST_VOLUME_DB = -60.0
"""From here down a source is switched off."""
MOST_VOLUME_DB = 12.0
