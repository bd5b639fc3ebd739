"""An order in, what is known of its session out; a place in it in, its bytes out: where sessions are made and mixed.

One of these works in each worker process (`worker`), or in this process where there are none (`hands`). Laws: the same
order gives the same bytes in each of them; memory is bounded by how many recordings stay at hand, never by how many
there were.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from lowtide import deliver, pipeline, speak
from lowtide.deliver.encoders import lame
from lowtide.web.practice.sound import making
from lowtide.web.practice.sound.clips import RecentClips
from lowtide.web.practice.sound.packing import pack, unpack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lowtide.mix import Mixer
    from lowtide.model.audio import Sound
    from lowtide.model.timeline import Timeline
    from lowtide.web.practice.sound.order import Order

CLIP_BYTES = 4 * 2**20
"""Clips kept for each recording: two long sentences. A listener goes forward, and there may be many of them."""
MOST_MIXERS = 64
"""So many recordings stay at hand in one process, at most 20 MB each while they are heard; others are made ready anew
in some 20 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What is known of a session that was made: enough to serve its sound."""

    label: deliver.Label
    """What its file says of itself, and how long it is."""
    voice: str
    """The name of the voice that speaks."""
    notes: tuple[str, ...]
    turns_ms: tuple[int, ...]
    made: bytes
    """All of it, packed once: whoever mixes it or shows its timeline unpacks it, and nobody else has to."""

    @property
    def timeline(self) -> Timeline:
        """Unpack all that happens in the session, and when."""
        return unpack(self.made).timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some bytes of a recording, as they are asked for."""

    order: Order
    digest: str
    """The order's own, worked out once."""
    start: int
    stop: int
    made: bytes = b""
    """The session, packed; empty where it may be at hand already."""


class NotAtHandError(Exception):
    """The session has to come along: it is not at hand, or not any more."""


def score_of(made: pipeline.Made) -> Score:
    """Say what is known of a session, and pack it."""
    return Score(
        label=label_of(made.timeline), voice=made.speech.voice, notes=(*made.plan_info.notes, *made.notes),
        turns_ms=made.turns_ms, made=pack(made),
    )  # fmt: skip


def label_of(timeline: Timeline) -> deliver.Label:
    """Say what the session's file says of itself."""
    # Nothing of what a switch may change: chapters are in the timeline that the page follows.
    return replace(deliver.label_of(timeline), chapters=())


class Reel:
    """One session, ready to be mixed."""

    def __init__(self, made: pipeline.Made, sound: Sound, shelf: deliver.Shelf | None) -> None:
        """Nothing is mixed yet."""
        self._made, self._sound, self._lock = made, sound, Lock()
        self._mixer: Mixer | None = None
        self._file = deliver.Mp3File(self._render, label_of(made.timeline), shelf)

    def read(self, start: int, stop: int) -> bytes:
        """Render some bytes of the file."""
        return self._file.read(start, stop)

    def _render(self, start: int, count: int) -> NDArray[np.float32]:
        with self._lock:
            mixer = self._mixer = self._mixer or pipeline.mix(self._made, self._sound, clip_bytes=CLIP_BYTES)
        return mixer.render(start, count)


class Desk:
    """Where sessions are made and mixed: clips and a shelf on disk, and the recordings that are heard just now."""

    def __init__(self, clips: speak.Cache, shelf: deliver.Shelf | None) -> None:
        """Start with nothing at hand."""
        self.clips, self.shelf = clips, shelf
        self._reels: OrderedDict[str, Reel] = OrderedDict()
        self._lock = Lock()

    def get_ready(self) -> None:
        """Load what the first session would have to load."""
        import lowtide.mix
        from lowtide import content

        _ = lowtide.mix, lame.library(), content.heads(), content.techniques(), content.opening()

    def do(self, work: Order | Stretch) -> Score | bytes:
        """Make a session of an order, or render some bytes of one."""
        return self.read(work) if isinstance(work, Stretch) else self.make(work)

    def make(self, order: Order) -> Score:
        """Make a session of known phrases; raise `NotSpokenYetError` before any is spoken."""
        made = making.make_at_once(order, self.clips)
        with self._lock:
            self._keep(order.digest, Reel(made, order.sound, self.shelf))  # who makes it is asked for its sound next
        return score_of(made)

    def read(self, wanted: Stretch) -> bytes:
        """Render bytes of a recording, or find them."""
        with self._lock:
            reel = self._reels.get(wanted.digest)
            if reel is None:
                if not wanted.made:
                    raise NotAtHandError
                reel = Reel(unpack(wanted.made), wanted.order.sound, self.shelf)
            self._keep(wanted.digest, reel)
        return reel.read(wanted.start, wanted.stop)

    def _keep(self, digest: str, reel: Reel) -> None:
        self._reels[digest] = reel
        self._reels.move_to_end(digest)
        while len(self._reels) > MOST_MIXERS:
            self._reels.popitem(last=False)

    @property
    def at_hand(self) -> tuple[str, ...]:
        """The digests of the orders whose recordings are at hand, the last one used last."""
        with self._lock:
            return tuple(self._reels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a desk finds its clips and its shelf: all that another process needs to build one like it."""

    clips: Path
    clips_bytes: int
    shelf: Path | None
    shelf_bytes: int = 0

    def desk(self) -> Desk:
        """Build it."""
        shelf = deliver.Shelf(self.shelf, self.shelf_bytes) if self.shelf else None
        return Desk(RecentClips(self.clips, self.clips_bytes), shelf)
