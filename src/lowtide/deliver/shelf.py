"""Mixed samples in, the MP3 frames that they became before out: what makes a second render of nearly the same cheap.

Called by `encoders.mp3`, if the pipeline gives it one. Laws: frames are found by what they were made of, every sample
and every setting, so a recording's bytes are the same with a shelf and without; a damaged entry is never used; and
whatever happens to the shelf (a full disk, a folder that cannot be written) no recording fails of it: then sound is
only not kept. Safe in many threads and processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.encoders.lame import FRAME_BYTES, fingerprint
from lowtide.kept import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from lowtide.deliver.grid import Samples

DEFAULT_BYTES = 300_000_000
"""Five hours of MP3: fifteen drafts of a session of 20 minutes."""
SYNC = b"\xff\xfb"
"""How each of our frames begins: MPEG-1 layer III without a checksum (ISO 11172-3)."""
_TRIMS_AT = "00"
"""Room is made when a digest begins like this: after each 256 chunks or so, 8 MB; looking takes a while."""


class Shelf:
    """A folder of encoded chunks."""

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_BYTES) -> None:
        """Use a folder, up to a size. Nothing is created yet."""
        self._kept = Folder(folder, kind="mp3", limit_bytes=limit_bytes)
        self._is_open = True

    def find(self, digest: str, frames: int) -> bytes | None:
        """Give the frames that are kept under a digest; None unless they are there, whole, and that many."""
        try:
            found = self._kept.find(digest)
        except OSError:
            return None
        if found is None or len(found) != frames * FRAME_BYTES or found[: len(SYNC)] != SYNC:
            return None
        return found.tobytes()

    def keep(self, digest: str, frames: bytes) -> None:
        """Keep frames, if that can be; after a failure no more is tried."""
        if not self._is_open:
            return
        try:
            self._kept.keep(digest, frames)
            if digest.startswith(_TRIMS_AT):
                self._kept.trim()
        except OSError:
            self._is_open = False

    def empty(self) -> None:
        """Throw everything away, such as when somebody's name must not be left in it; it only has to be made again."""
        Folder(self._kept.path, kind="mp3", limit_bytes=0).trim()


def digest_of(sound: Samples, lead: int) -> str:
    """Name a chunk by all that its frames depend on: its samples, pre-roll and all, and LAME with its settings."""
    import hashlib

    made_of = hashlib.sha256(f"{fingerprint()} {lead}\n".encode())
    made_of.update(sound.data.cast("B"))
    return made_of.hexdigest()
