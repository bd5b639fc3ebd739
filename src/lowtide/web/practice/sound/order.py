"""What decides a recording, as one value, and its digest, which names it wherever it is kept.

Made by `records` from a session's row, read by everything else in this folder. Law: same order, same bytes; a digest
changes whenever anything that can be heard does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from lowtide.model.audio import Sound
from lowtide.model.plan import Switch
from lowtide.model.profile import Profile, Wish

DIGEST_LETTERS = 32
"""128 bits: no two orders of a lifetime meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everything that decides a recording: same order, same bytes."""

    profile: Profile
    """The person as they were when the session was made."""
    wish: Wish
    sound: Sound
    voice: str = ""
    """A voice's name; empty for the best that is there."""
    switches: tuple[Switch, ...] = ()
    """What was changed in the middle, in the order of asking."""

    @property
    def digest(self) -> str:
        """Name the order: 32 hexadecimal letters that depend on each of its fields and on nothing else.

        >>> one = Order(profile=Profile(), wish=Wish(length_ms=60_000), sound=Sound())
        >>> other = Order(profile=Profile(), wish=Wish(length_ms=60_001), sound=Sound())
        >>> len(one.digest), one.digest == other.digest
        (32, False)
        """
        return hashlib.sha256(_spelled(self).encode()).hexdigest()[:DIGEST_LETTERS]


def _spelled(value: Any) -> str:
    """Write a value so that equal ones are written alike, whatever the order of a set or a mapping."""
    if is_dataclass(value) and not isinstance(value, type):
        inner = ",".join(f"{field.name}={_spelled(getattr(value, field.name))}" for field in fields(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(_spelled(one) for one in value)) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(_spelled(one) for one in value) + ")"
    if hasattr(value, "items"):
        return "{" + ",".join(sorted(f"{_spelled(key)}:{_spelled(one)}" for key, one in value.items())) + "}"
    return repr(str(value)) if isinstance(value, str) else repr(value)
