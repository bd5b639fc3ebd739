"""Clips kept on disk: a digest in, a clip out. Called by `say` and `load`; shared by any number of processes.

Laws: a file is written under another name and moved into place, so that it is whole or not there; it carries a
checksum, so that a damaged one is noticed and spoken again (which is why nothing waits for the disk: `fsync` would
cost more than speaking again after a power cut). What was used within the last hour is never thrown away, so that
no clip vanishes under a mix. The folder is private: the phrases may hold a listener's name.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lowtide.errors import UserError

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
_KEPT_SHARE = 0.9
"""A full cache is emptied down to this share of its limit, so that not every phrase has to look for room."""
_SAFE_SECONDS = 3600.0
"""What was used this recently may be about to be mixed."""
_TOUCH_SECONDS = 600.0
"""A clip's time of use is noted this finely."""
_STALE_SECONDS = 86_400.0
"""A temporary file of this age was left by a process that was killed."""

_MAGIC = b"lowtide clip 1\n"
_ENDING = ".clip"


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

    def find(self, digest: str) -> Entry | None:
        """Look a clip up and note its use; None where it is not there or damaged (then it is removed)."""
        path = self._path(digest)
        try:
            with path.open("rb", buffering=0) as file:
                content = file.read()
                used = os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(self.folder, error) from error
        header = _header(content)
        if header is None:
            _remove(path)
            return None
        if time.time() - used > _TOUCH_SECONDS:
            _touch(path)
        length_ms, peak, energies, _ = header
        return Entry(path=str(path), length_ms=length_ms, energies=energies, peak=peak)

    def keep(self, digest: str, clip: Shaped) -> Entry:
        """Store a clip. Raises `UserError` when the folder can not be written or the disk is full."""
        path = self._path(digest)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}.part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            temporary.write_bytes(_content(clip))
            temporary.replace(path)
        except OSError as error:
            _remove(temporary)
            raise _unusable(self.folder, error) from error
        except BaseException:
            _remove(temporary)
            raise
        return Entry(path=str(path), length_ms=clip.length_ms, energies=clip.energies, peak=clip.peak)

    def trim(self) -> int:
        """Throw away what was not used for longest until the cache fits its limit; give the number of bytes freed."""
        files = sorted(self._files())
        excess = sum(size for _, size, _ in files) - self.limit_bytes
        if excess <= 0:
            return 0
        excess += int((1 - _KEPT_SHARE) * self.limit_bytes)
        now, freed = time.time(), 0
        for used, size, path in files:
            if freed >= excess or now - used < _SAFE_SECONDS:
                break
            _remove(path)
            freed += size
        return freed

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        now = time.time()
        try:
            shelves = [shelf.path for shelf in os.scandir(self.folder) if shelf.is_dir()]
        except OSError:
            return
        for shelf in shelves:
            for file in os.scandir(shelf):
                try:
                    known = file.stat()
                except OSError:
                    continue  # another process has just removed it
                if file.name.endswith(_ENDING):
                    yield known.st_mtime, known.st_size, Path(file.path)
                elif now - known.st_mtime > _STALE_SECONDS:
                    _remove(Path(file.path))

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}{_ENDING}"


def samples_of(path: str) -> NDArray[np.float32] | None:
    """Decode a kept clip: mono float32 at 48 kHz; None where it is gone or damaged."""
    import io

    import soundfile

    from lowtide.speak.shape import as_float

    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        return None
    header = _header(content)
    if header is None:
        _remove(Path(path))
        return None
    stored, _ = soundfile.read(io.BytesIO(content[header[3] :]), dtype="int16")
    return as_float(stored)


def _content(clip: Shaped) -> bytes:
    # magic, then the checksum of all that follows, then one line of JSON, then a FLAC file
    import io

    import soundfile

    from lowtide.model.time import SAMPLE_RATE_HZ

    sound = io.BytesIO()
    soundfile.write(sound, clip.samples, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
    known = json.dumps([clip.length_ms, clip.peak, clip.energies], separators=(",", ":")).encode()
    rest = known + b"\n" + sound.getvalue()
    return _MAGIC + b"%08x\n" % zlib.crc32(rest) + rest


def _header(content: bytes) -> tuple[int, float, tuple[float, ...], int] | None:
    # length, peak, energies, and where the FLAC begins; None for anything that is not wholly what `_content` wrote
    start = len(_MAGIC) + 9
    if not content.startswith(_MAGIC) or len(content) <= start:
        return None
    if content[len(_MAGIC) : start] != b"%08x\n" % zlib.crc32(memoryview(content)[start:]):
        return None
    end = content.index(b"\n", start)
    length_ms, peak, energies = json.loads(content[start:end])
    return length_ms, peak, tuple(energies), end + 1


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


def _touch(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        return  # a read-only cache still serves; another process may have removed the file


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return  # another process was quicker, or the folder is read-only: then the file is only not used
