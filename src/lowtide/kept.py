"""A folder of files on disk, each under the digest of what it was made of: a digest in, its content out.

Called by `speak.cache` for clips and by `deliver.shelf` for encoded sound; shared by any number of processes.

Laws: a file is written under another name and moved into place, so that it is whole or not there; it carries a
checksum, so that a damaged one is noticed and made again (which is why nothing waits for the disk: `fsync` would
cost more than making it again after a power cut). The folder is private: what is in it may hold a listener's name.
Errors of the disk are raised as `OSError`; what they mean is the caller's to say.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

_KEPT_SHARE = 0.9
"""A full folder is emptied down to this share of its limit, so that not every file has to look for room."""
_TOUCH_SECONDS = 600.0
"""A file's time of use is noted this finely."""
_STALE_SECONDS = 86_400.0
"""A temporary file of this age was left by a process that was killed."""
_CHECKSUM_BYTES = 9


class Folder:
    """Files of one kind, addressed by what they were made of."""

    def __init__(self, path: Path, *, kind: str, limit_bytes: int, safe_seconds: float = 0.0) -> None:
        """Use a folder. `kind` ends the files' names and, with a version, begins them. Nothing is created yet.

        What was used within `safe_seconds` is never thrown away, however little room there is.
        """
        self.path = path
        self.limit_bytes = limit_bytes
        self._ending = f".{kind}"
        self._magic = magic(kind)
        self._safe_seconds = safe_seconds

    def place(self, digest: str) -> Path:
        """Say where a file is or would be."""
        return self.path / digest[:2] / f"{digest}{self._ending}"

    def find(self, digest: str) -> memoryview | None:
        """Read a file and note its use; None where it is not there or damaged (then it is removed)."""
        path = self.place(digest)
        try:
            with path.open("rb", buffering=0) as file:
                whole = file.read()
                used = os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None
        content = checked(whole, self._magic)
        if content is None:
            remove(path)
        elif time.time() - used > _TOUCH_SECONDS:
            _touch(path)
        return content

    def keep(self, digest: str, content: bytes) -> Path:
        """Store a file, whole or not at all, and say where."""
        path = self.place(digest)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}.{os.urandom(2).hex()}.part")
        try:
            path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            temporary.write_bytes(self._magic + b"%08x\n" % zlib.crc32(content) + content)
            temporary.replace(path)
        except BaseException:
            remove(temporary)
            raise
        return path

    def trim(self) -> int:
        """Throw away what was not used for longest until the rest fits the limit; give the number of bytes freed."""
        files = sorted(self._files())
        excess = sum(size for _, size, _ in files) - self.limit_bytes
        if excess <= 0:
            return 0
        excess += int((1 - _KEPT_SHARE) * self.limit_bytes)
        now, freed = time.time(), 0
        for used, size, path in files:
            if freed >= excess or now - used < self._safe_seconds:
                break
            remove(path)
            freed += size
        return freed

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        now = time.time()
        try:
            parts = [part.path for part in os.scandir(self.path) if part.is_dir()]
        except OSError:
            return
        for part in parts:
            for file in os.scandir(part):
                try:
                    known = file.stat()
                except OSError:
                    continue  # another process has just removed it
                if file.name.endswith(self._ending):
                    yield known.st_mtime, known.st_size, Path(file.path)
                elif now - known.st_mtime > _STALE_SECONDS:
                    remove(Path(file.path))


def magic(kind: str) -> bytes:
    r"""Give the bytes that a file of some kind begins with.

    >>> magic("clip")
    b'lowtide clip 1\n'
    """
    return f"lowtide {kind} 1\n".encode()


def checked(whole: bytes, begins: bytes) -> memoryview | None:
    """Give a file's content; None for anything that is not wholly what `Folder.keep` wrote."""
    start = len(begins) + _CHECKSUM_BYTES
    content = memoryview(whole)[start:]
    if not whole.startswith(begins) or not content:
        return None
    return content if whole[len(begins) : start] == b"%08x\n" % zlib.crc32(content) else None


def _touch(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        return  # a read-only folder still serves; another process may have removed the file


def remove(path: Path) -> None:
    """Remove a file, if it can be."""
    try:
        path.unlink()
    except OSError:
        return  # another process was quicker, or the folder is read-only: then the file is only not used
