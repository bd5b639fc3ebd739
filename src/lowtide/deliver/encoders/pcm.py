"""Samples in, 16-bit samples out, dithered: what WAV and FLAC both hold, so that they decode to the same sound.

Called by `wav` and `flac`. Law: the dither at a place depends on the place alone, so any part of a recording is
quantised the same way, whoever asks for it and in which order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.grid import Chunk, Grid, in_order, stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from lowtide.deliver.grid import Progress, Render

DITHER_BLOCK = 23_040
"""Samples that share one seed: 0.48 s, and five FLAC frames."""
_SEED = 0x10D71DE
_FULL_SCALE = 32_767
"""The least clipping scale: +1 is the highest value of 16 bits, −1 one above the lowest."""


def in_pieces(
    render: Render,
    total: int,
    unit: int,
    packed: Callable[[Chunk, NDArray[np.int16]], bytes],
    *,
    threads: int | None,
    progress: Progress | None,
) -> Iterator[bytes]:
    """Yield a whole recording's sound in order, quantised and `packed` chunk by chunk on a grid of `unit` samples."""

    def work(chunk: Chunk) -> bytes:
        start = chunk.first * unit
        return packed(chunk, quantised(render, start, min(chunk.count * unit, total - start), total))

    for chunk, piece in in_order(Grid(units=-(-total // unit), samples=unit).chunks(), work, threads):
        yield piece
        if progress:
            progress(min(chunk.end * unit, total), total)


def quantised(render: Render, start: int, count: int, total: int) -> NDArray[np.int16]:
    """Render a stretch inside the recording as int16 (count, 2).

    The dither is triangular, two steps wide (TPDF), and separate in each channel: the error's mean and loudness do not
    depend on the sound. Source: Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither", JAES 40 (1992).
    """
    import numpy as np

    sound = stretch(render, start, count, total) * np.float32(_FULL_SCALE)
    sound += _dither(start, count)
    np.rint(sound, out=sound)
    np.clip(sound, -_FULL_SCALE - 1, _FULL_SCALE, out=sound)
    return sound.astype("<i2")


def _dither(start: int, count: int) -> NDArray[np.float32]:
    """Give dither in steps of 16 bits, float32 (count, 2): the difference of two even chances, from −1 to 1."""
    import numpy as np

    first, last = start // DITHER_BLOCK, (start + count - 1) // DITHER_BLOCK
    out = np.empty((last - first + 1, DITHER_BLOCK * 2), dtype=np.float32)
    for row, block in enumerate(range(first, last + 1)):
        chance = np.random.Generator(np.random.SFC64([_SEED, block]))
        pair = chance.integers(0, 1 << 32, DITHER_BLOCK * 2, dtype=np.uint32).view(np.uint16).astype(np.float32)
        np.subtract(pair[::2], pair[1::2], out=out[row])
    out *= np.float32(1 / 65_536)
    return out.reshape(-1, 2)[start - first * DITHER_BLOCK :][:count]
