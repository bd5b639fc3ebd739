"""Samples and a label in, an MP3 file out, any part of it by itself.

Called by `deliver.encode` and `deliver.byte_range`, and by whoever serves a recording that is not rendered yet
(`Mp3File`). Laws: the file is an ID3 tag, one Info frame and then frames of 384 bytes, so its size and the place of
every frame are known beforehand; each frame can be decoded without the ones before it (no bit reservoir); it decodes to
exactly the samples that were asked for. PERFORMANCE.md, point 3.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from lowtide.deliver.containers.id3 import id3
from lowtide.deliver.encoders import lame
from lowtide.deliver.encoders.info_frame import frame_count, info_frame
from lowtide.deliver.encoders.lame import FLUSH_FRAMES, FRAME_BYTES, FRAME_SAMPLES, encode_frames
from lowtide.deliver.encoders.whole_mp3 import whole_mp3
from lowtide.deliver.grid import Grid, in_order, stretch
from lowtide.model.time import SAMPLES_PER_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Chunk, Progress, Render, Samples
    from lowtide.deliver.label import Label
    from lowtide.deliver.shelf import Shelf

CHUNK_SECONDS = (0.5, 1, 2)
"""Shorter than in other formats: half a second anywhere in an unrendered file costs at most one chunk, ≤ 30 ms."""
KEPT_CHUNKS = 16
"""How many encoded chunks an `Mp3File` remembers: about half a minute of sound, 500 kB."""


class Mp3File:
    """An MP3 file that need not exist: its size is known, and what is read of it is rendered then.

    Safe in many threads at once.
    """

    def __init__(self, render: Render, label: Label, shelf: Shelf | None = None) -> None:
        """With a shelf, chunks that were encoded before, of whatever recording, are only mixed and looked up."""
        self._render, self._shelf = render, shelf
        self._samples = label.frames
        self._head = id3(label) + info_frame(label.frames)
        self._grid = Grid(units=frame_count(label.frames), samples=FRAME_SAMPLES, seconds=CHUNK_SECONDS)
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The whole file, in bytes."""
        return len(self._head) + self._grid.units * FRAME_BYTES

    def cuts(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Cut the bytes from `start` to before `stop` as the chunks are cut: what is worth reading by itself."""
        start, stop, _ = slice(start, stop).indices(self.size)
        head = len(self._head)
        if start < min(head, stop):
            yield start, min(head, stop)
        first, end = max(0, start - head), stop - head
        if end <= first:
            return
        for chunk in self._grid.chunks(first // FRAME_BYTES, -(-end // FRAME_BYTES)):
            low, high = chunk.first * FRAME_BYTES, chunk.end * FRAME_BYTES
            yield head + max(low, first), head + min(high, end)

    def at_ms(self, byte: int) -> int:
        """Say when a byte of the file is heard, in ms; its head is heard at once."""
        frame = max(0, byte - len(self._head)) // FRAME_BYTES
        return frame * FRAME_SAMPLES // SAMPLES_PER_MS

    def at_hand(self, start: int, stop: int) -> bytes | None:
        """Give bytes of the head or of one chunk, if nothing has to be rendered for them; else None."""
        head = len(self._head)
        if stop <= head:
            return self._head[start:stop]
        chunk = self._grid.chunk(self._grid.holding(max(0, start - head) // FRAME_BYTES))
        with self._lock:
            kept = self._kept.get(chunk.index, b"")
        low = start - head - chunk.first * FRAME_BYTES
        return kept[low : low + stop - start] if low >= 0 and low + stop - start <= len(kept) else None

    def read(self, start: int, stop: int) -> bytes:
        """Give the bytes from `start` to before `stop`, as slicing the whole file would; renders only what it must."""
        return b"".join(self.stream(start, stop, threads=1))

    def stream(
        self, start: int, stop: int, *, threads: int | None = None, progress: Progress | None = None
    ) -> Iterator[bytes]:
        """Yield the bytes from `start` to before `stop` in pieces, as they are rendered."""
        start, stop, _ = slice(start, stop).indices(self.size)
        if start < len(self._head):
            yield self._head[start:stop]
        first, end = max(0, start - len(self._head)), stop - len(self._head)
        if end <= first:
            return
        for at, frames, done in self._pieces(first // FRAME_BYTES, -(-end // FRAME_BYTES), threads):
            yield frames[max(0, first - at) : end - at]
            if progress:
                progress(min(done * FRAME_SAMPLES, self._samples), self._samples)

    def _pieces(self, first: int, end: int, threads: int | None) -> Iterator[tuple[int, bytes, int]]:
        """Yield pieces of the sound: its place in bytes, the bytes, and the codec frames done after it."""
        if lame.library() is None:
            at = 0
            for done, frames in whole_mp3(self._render, self._samples, self._grid):
                yield at, frames, done
                at += len(frames)
                if at >= end * FRAME_BYTES:
                    return
            return
        wanted = (replace(c, count=min(c.end, end) - c.first) for c in self._grid.chunks(first, end))
        for chunk, frames in in_order(wanted, self._frames, threads):
            yield chunk.first * FRAME_BYTES, frames, chunk.end

    def _frames(self, chunk: Chunk) -> bytes:
        """Encode a chunk, or its beginning; a frame is the same whether or not those after it are made."""
        with self._lock:
            kept = self._kept.get(chunk.index, b"")
        if len(kept) >= chunk.count * FRAME_BYTES:
            return kept[: chunk.count * FRAME_BYTES]
        begin, count = chunk.first - chunk.lead, chunk.lead + chunk.count + FLUSH_FRAMES
        sound = stretch(self._render, begin * FRAME_SAMPLES, count * FRAME_SAMPLES, self._samples)
        frames = self._made(sound, chunk)
        with self._lock:
            self._kept[chunk.index] = frames
            while len(self._kept) > KEPT_CHUNKS:
                self._kept.popitem(last=False)
        return frames

    def _made(self, sound: Samples, chunk: Chunk) -> bytes:
        """Find a chunk's frames on the shelf, or encode them and keep them there: only whole chunks, not beginnings."""
        if self._shelf is None or chunk.count < self._grid.chunk(chunk.index).count:
            return encode_frames(sound)[chunk.lead * FRAME_BYTES :]
        from lowtide.deliver.shelf import digest_of

        digest = digest_of(sound, chunk.lead)
        frames = self._shelf.find(digest, chunk.count)
        if frames is None:
            frames = encode_frames(sound)[chunk.lead * FRAME_BYTES :]
            self._shelf.keep(digest, frames)
        return frames


class Mp3Encoder:
    """MP3: 128 kb/s constant, joint stereo; plays everywhere, and is the one format that can be entered anywhere."""

    def encode(
        self,
        render: Render,
        label: Label,
        *,
        threads: int | None,
        live: bool,  # noqa: ARG002 -- an MP3 can always be played before it has ended
        progress: Progress | None,
    ) -> Iterator[bytes]:
        """Yield the tag at once, and the sound as it is rendered."""
        file = Mp3File(render, label)
        yield from file.stream(0, file.size, threads=threads, progress=progress)

    def size_of(self, label: Label) -> int:
        """Add up tag, Info frame and frames; nothing is rendered."""
        return len(id3(label)) + (frame_count(label.frames) + 1) * FRAME_BYTES


ENCODER = Mp3Encoder()
