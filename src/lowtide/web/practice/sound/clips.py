"""The cache of clips for a server: what was looked up a moment ago is not read from the disk again.

Used by `studio`. Law: it gives what `speak.Cache` gives. That never throws away what was used within an hour, so an
answer may be remembered for a part of that.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from threading import Lock

from lowtide import speak
from lowtide.speak.cache import Entry

FRESH_S = 1200.0
"""A third of the time for which a used clip is safe: a session of 40 minutes that begins now is mixed from it too."""
MOST = 20_000
"""Some 10 MB of lengths and energies."""


class RecentClips(speak.Cache):
    """Clips on disk, and in mind where each of them is."""

    def __init__(self, folder: str | os.PathLike[str] | None = None, limit_bytes: int | None = None) -> None:
        super().__init__(folder, limit_bytes)
        self._known: OrderedDict[str, tuple[float, Entry]] = OrderedDict()
        self._lock = Lock()

    def find(self, digest: str) -> Entry | None:
        """Look a clip up, on the disk only where that is some time ago."""
        now = time.monotonic()
        with self._lock:
            at, known = self._known.get(digest, (-FRESH_S, None))
        if known is not None and now - at < FRESH_S and os.path.exists(known.path):  # noqa: PTH110 (120 times a session)
            return known  # another process may have thrown it away
        found = super().find(digest)
        if found is not None:
            with self._lock:
                self._known[digest] = (now, found)
                while len(self._known) > MOST:
                    self._known.popitem(last=False)
        return found

    def forget(self, digest: str) -> bool:
        """Throw a clip away, and out of mind."""
        with self._lock:
            self._known.pop(digest, None)
        return super().forget(digest)
