"""What an encoder is, and where encoders are found.

Called by `deliver.encode`. **To add a format**: name it in `model.audio.Format`; write `encoders/NAME.py`, named as
the format is, with a class that has the two methods of `Encoder`, and `ENCODER = ThatClass()` at its end. Cut the
recording with `grid.Grid`, make each chunk with a fresh codec, and join them with `grid.in_order`. The battery in
`tests/contract/test_encoders.py` runs over every format by itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Progress, Render
    from lowtide.deliver.label import Label
    from lowtide.model.audio import Format


class Encoder(Protocol):
    """Writes one file format."""

    def encode(
        self, render: Render, label: Label, *, threads: int | None, live: bool, progress: Progress | None
    ) -> Iterator[bytes]:
        """Yield the file in its own order, as it is rendered.

        `threads` is None for every core there is. `live` asks for a form that can be played before it has ended,
        where the format has two. `progress` is called after each chunk.
        """
        ...

    def size_of(self, label: Label) -> int | None:
        """Say how many bytes the file will have, where that is known before anything is rendered."""
        ...


def encoder(format: Format) -> Encoder:  # noqa: A002 -- the word everyone uses
    """Find the encoder of a format, loading it only now: imports are latency."""
    found: Encoder = import_module(f"lowtide.deliver.encoders.{format.value}").ENCODER
    return found
