"""A few arrays that were made, kept as long as there is room: what makes small steps through a session cheap.

Called by `voice` for clips and by `mixer` for cells and gains. Law: what is given is what `make` would have made, so
nothing depends on what is kept; safe in many threads, two of which may make the same thing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Made = NDArray[np.float32]


class Kept:
    """The most recently used arrays, up to so many bytes; at least one."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """What is kept now."""
        return self._bytes

    def get(self, key: Hashable, make: Callable[..., Made], *arguments: Any) -> Made:
        """Give what is kept under `key`, or `make(*arguments)`, which is then kept."""
        with self._lock:
            found = self._made.get(key)
            if found is not None:
                self._made.move_to_end(key)
                return found
        made = make(*arguments)
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                self._bytes += made.nbytes
            while self._bytes > self._most_bytes and len(self._made) > 1:
                self._bytes -= self._made.popitem(last=False)[1].nbytes
        return made
