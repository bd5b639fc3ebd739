"""A session in, bytes out, and back again: how it goes from the process that made it to those that play it.

Called by `desk`. Law: what is unpacked equals what was packed.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from lowtide.model.session import Group, Pause, Phrase
from lowtide.model.speech import Clip
from lowtide.model.timeline import Event

if TYPE_CHECKING:
    from lowtide.pipeline import Made


def pack(made: Made) -> bytes:
    """Pack a session."""
    packed = io.BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _TABLE
    pickler.dump(made)
    return packed.getvalue()


def unpack(packed: bytes) -> Made:
    """Give the session that was packed."""
    made: Made = pickle.loads(packed)  # noqa: S301 (packed by `pack`, on this machine)
    return made


def _taken_apart(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    # As a dataclass with slots takes itself apart, but without asking for its fields' names each time: a session has
    # seven hundred of these, and packing it took three times as long.
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (copyreg.__newobj__, (kind,), values(one))  # type: ignore[attr-defined] # not in its stub


_TABLE = copyreg.dispatch_table | {kind: _taken_apart(kind) for kind in (Clip, Event, Group, Pause, Phrase)}
