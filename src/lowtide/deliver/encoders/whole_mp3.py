"""Samples in, MP3 frames out, one after the other: what is left where LAME's C interface is not exported.

Called by `mp3` only then. `lameenc`'s class keeps the bit reservoir, so no frame can be made without all before it: one
thread, and a byte range is encoded from the beginning. Frames still have 384 bytes, so size and length stay exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.encoders.lame import BIT_RATE_KBPS, FRAME_BYTES, FRAME_SAMPLES, OWN_SCALE, QUALITY
from lowtide.deliver.grid import stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Grid, Render

_DRAIN_FRAMES = 2
"""Silence fed at the end, so that the last frame that counts is complete."""


def whole_mp3(render: Render, samples: int, grid: Grid) -> Iterator[tuple[int, bytes]]:
    """Yield the frames of a recording from its beginning, each piece with the codec frames done so far."""
    import lameenc
    import numpy as np

    lame = lameenc.Encoder()
    lame.silence()
    lame.set_in_sample_rate(48_000)
    lame.set_channels(2)
    lame.set_bit_rate(BIT_RATE_KBPS)
    lame.set_quality(QUALITY)
    left = grid.units * FRAME_BYTES
    for chunk in grid.chunks():
        is_last = chunk.end == grid.units
        count = chunk.count + (_DRAIN_FRAMES if is_last else 0)
        sound = stretch(render, chunk.first * FRAME_SAMPLES, count * FRAME_SAMPLES, samples)
        piece = bytes(lame.encode(np.rint(np.clip(sound / OWN_SCALE, -1, 1) * 32767).astype("<i2").tobytes()))
        piece = (piece + bytes(lame.flush()) if is_last else piece)[:left]
        left -= len(piece)
        yield chunk.end, piece
    assert left == 0, left
