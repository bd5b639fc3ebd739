"""A session and its sound in, a file that need not exist out: its size, its parts, and what is shown beside it.

Made by `studio`, read by `listening` and the player's pages. Laws: the size is known before anything is rendered; the
same order gives the same bytes; a piece is a pure function of the recording and its place. Mixing and encoding happen
at a `desk`, which may be in another process.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from lowtide import deliver
from lowtide.deliver.encoders import lame
from lowtide.model.time import SAMPLES_PER_MS
from lowtide.web.practice.sound.desk import Stretch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lowtide.model.timeline import Timeline
    from lowtide.web.practice.sound.desk import Score
    from lowtide.web.practice.sound.order import Order

MEDIA_TYPE = "audio/mpeg"
KEPT_PIECES = 16
"""Pieces that are remembered: half a minute of sound, 500 kB."""
VERSION = "3"
"""Counts up when a change to composing or mixing makes other bytes of the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the file that is rendered by itself."""

    start: int
    stop: int
    """Bytes of the file, from `start` to before `stop`."""
    at_ms: int
    """When it is heard, on the session's clock."""


class Recording:
    """One session as a sound file."""

    def __init__(self, order: Order, score: Score, render: Callable[[Stretch], bytes], *, seat: int = 0) -> None:
        """Nothing is rendered yet; `render` gives bytes of the file that have to be made."""
        self.order, self.seat = order, seat
        """`seat`: which of the pool's threads made it, and has at hand what mixing it needs."""
        self._score, self._render = score, render
        self._digest = order.digest
        self._file = deliver.Mp3File(_elsewhere, score.label)
        self._kept: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def timed(self) -> Timeline:
        """All that happens in the session, and when; unpacked for whoever asks first: the sound does without."""
        return self._score.timeline

    @property
    def turns_ms(self) -> tuple[int, ...]:
        """When it was switched, on the session's clock."""
        return self._score.turns_ms

    @property
    def size(self) -> int:
        """The whole file, in bytes."""
        return self._file.size

    @property
    def duration_ms(self) -> int:
        """How long it is heard."""
        return self._score.label.frames // SAMPLES_PER_MS

    @cached_property
    def etag(self) -> str:
        """Name these very bytes: the order, the voice that spoke, and all that encoding depends on."""
        on = (self._digest, self._score.voice, VERSION, lame.fingerprint(), str(self._file.size))
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
        with self._lock:
            kept = self._kept.get((piece.start, piece.stop))
        return kept or self._file.at_hand(piece.start, piece.stop)

    def read(self, piece: Piece) -> bytes:
        """Render a piece, or find it."""
        known = self.at_hand(piece)
        if known is not None:
            return known
        wanted = Stretch(
            order=self.order, digest=self._digest, start=piece.start, stop=piece.stop, made=self._score.made
        )
        sound = self._render(wanted)
        with self._lock:
            self._kept[piece.start, piece.stop] = sound
            while len(self._kept) > KEPT_PIECES:
                self._kept.popitem(last=False)
        return sound

    @cached_property
    def captions(self) -> str:
        """What is said, as WebVTT."""
        return deliver.vtt(self.timed)

    @cached_property
    def transcript(self) -> str:
        """What is said, as Markdown to read."""
        return deliver.transcript(self.timed)

    @cached_property
    def cover(self) -> bytes:
        """A picture for the lock screen, as PNG."""
        return deliver.cover(self.timed)

    def timeline(self) -> dict[str, Any]:
        """Give what the player's page follows: each event with its time, and what the recording is called."""
        return deliver.timeline_json(self.timed, voice=self._score.voice, info={}) | {
            "take": self._digest,
            "notes": list(self._score.notes),
        }


def _elsewhere(start: int, count: int) -> NDArray[np.float32]:
    raise AssertionError(f"Sound is mixed at a desk, not here: {start}, {count}")
