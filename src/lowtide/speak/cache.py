"""Clips kept on disk: a digest in, a clip out. Called by `say` and `load`; shared by any number of processes.

Laws: those of `kept.Folder`: whole or not there, damage is noticed, private. What was used within the last hour is
never thrown away, so that no clip vanishes under a mix.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lowtide.errors import UserError
from lowtide.kept import Folder, checked, magic, remove

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lowtide.speak.shape import Shaped

CLIP_VERSION = 1
"""Counts up when `shape` or `lexicon` changes what is heard, so that no clip of the old kind is used."""
FOLDER_VARIABLE = "LOWTIDE_CACHE"
"""The environment variable that names another folder."""
SIZE_VARIABLE = "LOWTIDE_CACHE_MB"
"""The environment variable that sets another size, in megabytes (10⁶ bytes)."""
DEFAULT_BYTES = 2_000_000_000
"""About 25 000 phrases: years of sessions, and less than a film."""
MEGABYTE = 1_000_000
_SAFE_SECONDS = 3600.0
"""What was used this recently may be about to be mixed."""
_KIND = "clip"
_MAGIC = magic(_KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a cache knows of a clip without decoding it."""

    path: str
    length_ms: int
    energies: tuple[float, ...]
    peak: float


class Cache:
    """A folder of clips, addressed by what they depend on."""

    def __init__(self, folder: str | os.PathLike[str] | None = None, limit_bytes: int | None = None) -> None:
        """Use a folder and a size, or the environment's, or this system's usual ones. Nothing is created yet."""
        self.folder = Path(folder) if folder is not None else default_folder()
        self.limit_bytes = limit_bytes if limit_bytes is not None else _limit_from_environment()
        self._kept = Folder(self.folder, kind=_KIND, limit_bytes=self.limit_bytes, safe_seconds=_SAFE_SECONDS)

    def find(self, digest: str) -> Entry | None:
        """Look a clip up and note its use; None where it is not there or damaged (then it is removed)."""
        try:
            content = self._kept.find(digest)
        except OSError as error:
            raise _unusable(self.folder, error) from error
        if content is None:
            return None
        length_ms, peak, energies, _ = _header(content)
        return Entry(path=str(self._kept.place(digest)), length_ms=length_ms, energies=energies, peak=peak)

    def keep(self, digest: str, clip: Shaped) -> Entry:
        """Store a clip. Raises `UserError` when the folder can not be written or the disk is full."""
        try:
            path = self._kept.keep(digest, _content(clip))
        except OSError as error:
            raise _unusable(self.folder, error) from error
        return Entry(path=str(path), length_ms=clip.length_ms, energies=clip.energies, peak=clip.peak)

    def forget(self, digest: str) -> bool:
        """Throw a clip away, whoever may be about to use it; False where there is none."""
        place = self._kept.place(digest)
        is_there = place.exists()
        remove(place)
        return is_there and not place.exists()

    def trim(self) -> int:
        """Throw away what was not used for longest until the cache fits its limit; give the number of bytes freed."""
        return self._kept.trim()


def samples_of(path: str) -> NDArray[np.float32] | None:
    """Decode a kept clip: mono float32 at 48 kHz; None where it is gone or damaged."""
    import io

    import soundfile

    from lowtide.speak.shape import as_float

    try:
        whole = Path(path).read_bytes()
    except FileNotFoundError:
        return None
    content = checked(whole, _MAGIC)
    if content is None:
        remove(Path(path))
        return None
    stored, _ = soundfile.read(io.BytesIO(content[_header(content)[3] :]), dtype="int16")
    return as_float(stored)


def _content(clip: Shaped) -> bytes:
    # one line of JSON, then a FLAC file
    import io

    import soundfile

    from lowtide.model.time import SAMPLE_RATE_HZ

    sound = io.BytesIO()
    soundfile.write(sound, clip.samples, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
    known = json.dumps([clip.length_ms, clip.peak, clip.energies], separators=(",", ":")).encode()
    return known + b"\n" + sound.getvalue()


def _header(content: memoryview) -> tuple[int, float, tuple[float, ...], int]:
    # length, peak, energies, and where the FLAC begins
    known, _, _ = content.tobytes().partition(b"\n")
    length_ms, peak, energies = json.loads(known)
    return length_ms, peak, tuple(energies), len(known) + 1


def default_folder() -> Path:
    """Name the cache's folder: the environment's, or where this system keeps caches."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named, "clips")
    if "linux" in sys.platform:  # platformdirs says the same, 25 ms later
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "lowtide", "clips")
    import platformdirs

    return Path(platformdirs.user_cache_dir("lowtide", appauthor=False), "clips")


def _limit_from_environment() -> int:
    text = os.environ.get(SIZE_VARIABLE, "")
    if not text:
        return DEFAULT_BYTES
    if not text.isascii() or not text.isdigit():
        raise UserError(f"{SIZE_VARIABLE} is '{text}'.", hint="It must be a whole number of megabytes, such as 500.")
    return int(text) * MEGABYTE


def _unusable(folder: Path, error: OSError) -> UserError:
    return UserError(
        f"The clip cache {folder} can not be used: {error.strerror}.",
        hint=f"Make room or make it writable, or set {FOLDER_VARIABLE} to another folder.",
    )
