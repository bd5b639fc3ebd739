"""A session and its sound in, a file that need not exist out: its size, its parts, and what is shown beside it.

Made by `studio`, read by `listening` and the player's pages. Laws: the size is known before anything is rendered; the
same order gives the same bytes; a piece is a pure function of the recording and its place.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from lowtide import deliver, pipeline
from lowtide.deliver.encoders import lame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lowtide.mix import Mixer
    from lowtide.web.practice.sound.order import Order

MEDIA_TYPE = "audio/mpeg"
CLIP_BYTES = 4 * 2**20
"""Clips kept for each recording: two long sentences. A listener goes forward, and there may be many of them."""
MOST_MIXERS = 64
"""So many recordings keep what they are mixed with, 20 MB each; others make it anew in 10 ms when they are read."""
VERSION = "1"
"""Counts up when a change to composing or mixing makes other bytes of the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the file that is rendered by itself."""

    start: int
    stop: int
    """Bytes of the file, from `start` to before `stop`."""
    at_ms: int
    """When it is heard, on the session's clock."""


_mixing: OrderedDict[Recording, None] = OrderedDict()
_turn = Lock()


class Recording:
    """One session as a sound file."""

    def __init__(self, order: Order, made: pipeline.Made, shelf: deliver.Shelf | None) -> None:
        """Nothing is rendered yet."""
        self.order, self.made = order, made
        self._mixer: Mixer | None = None
        self._lock = Lock()
        # The file's head says nothing of what a switch may change: chapters are in the timeline that the page follows.
        label = replace(deliver.label_of(made.timeline), chapters=())
        self._file = deliver.Mp3File(self._render, label, shelf)

    def _render(self, start: int, count: int) -> NDArray[np.float32]:
        with self._lock:
            mixer = self._mixer = self._mixer or pipeline.mix(self.made, self.order.sound, clip_bytes=CLIP_BYTES)
        with _turn:
            _mixing[self] = None
            _mixing.move_to_end(self)
            while len(_mixing) > MOST_MIXERS:
                _mixing.popitem(last=False)[0]._mixer = None
        return mixer.render(start, count)

    @property
    def is_mixing(self) -> bool:
        """True while it holds what mixing needs."""
        return self._mixer is not None

    @property
    def size(self) -> int:
        """The whole file, in bytes."""
        return self._file.size

    @property
    def duration_ms(self) -> int:
        """How long it is heard."""
        return self.made.timeline.duration_ms

    @cached_property
    def etag(self) -> str:
        """Name these very bytes: the order, the voice that spoke, and all that encoding depends on."""
        on = (self.order.digest, self.made.speech.voice, VERSION, lame.fingerprint(), str(self._file.size))
        return f'"{hashlib.sha256(repr(on).encode()).hexdigest()[:32]}"'

    def pieces(self, start: int, stop: int) -> Iterator[Piece]:
        """Cut a stretch of the file into pieces as the grid of chunks does: small ones first."""
        for low, high in self._file.cuts(start, stop):
            yield Piece(start=low, stop=high, at_ms=self.at_ms(low))

    def at_ms(self, byte: int) -> int:
        """Say when a byte of the file is heard."""
        return self._file.at_ms(byte)

    def at_hand(self, piece: Piece) -> bytes | None:
        """Give a piece that was rendered a moment ago; None where it would have to be rendered."""
        return self._file.at_hand(piece.start, piece.stop)

    def read(self, piece: Piece) -> bytes:
        """Render a piece, or find it."""
        return self._file.read(piece.start, piece.stop)

    @cached_property
    def captions(self) -> str:
        """What is said, as WebVTT."""
        return deliver.vtt(self.made.timeline)

    @cached_property
    def transcript(self) -> str:
        """What is said, as Markdown to read."""
        return deliver.transcript(self.made.timeline)

    @cached_property
    def cover(self) -> bytes:
        """A picture for the lock screen, as PNG."""
        return deliver.cover(self.made.timeline)

    def timeline(self) -> dict[str, Any]:
        """Give what the player's page follows: each event with its time, and what the recording is called."""
        return deliver.timeline_json(self.made.timeline, voice=self.made.speech.voice, info={}) | {
            "take": self.order.digest,
            "notes": [*self.made.plan_info.notes, *self.made.notes],
        }
