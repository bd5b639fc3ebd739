"""A renderer and a label in, a recording's bytes out: the one door to all formats.

Called by the pipeline and the web. Laws: bytes come in the file's own order as they are rendered, in constant memory;
they are the same for any number of threads. Nothing is rendered before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lowtide.deliver.encoders.base import encoder
from lowtide.errors import UserError
from lowtide.model.audio import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lowtide.deliver.grid import Progress, Render
    from lowtide.deliver.label import Label
    from lowtide.deliver.shelf import Shelf


def encode(
    render: Render,
    label: Label,
    format: Format,  # noqa: A002 -- the word everyone uses
    *,
    threads: int | None = None,
    live: bool = False,
    progress: Progress | None = None,
    shelf: Shelf | None = None,
) -> Iterator[bytes]:
    """Yield a recording's file in order, as it is rendered and encoded.

    `threads` is None for every core there is. `live` asks for a form that plays before it has ended, where a format
    has two (M4A). `progress(done, total)` is called in samples after each chunk, in the thread that reads.
    A `shelf` spares encoding what was encoded before; only MP3 uses it.
    """
    assert threads is None or threads > 0, threads
    if shelf is not None and format is Format.MP3:
        from lowtide.deliver.encoders.mp3 import Mp3File

        file = Mp3File(render, label, shelf)
        return file.stream(0, file.size, threads=threads, progress=progress)
    return encoder(format).encode(render, label, threads=threads, live=live, progress=progress)


def size_of(label: Label, format: Format) -> int | None:  # noqa: A002
    """Say how many bytes a recording's file will have; None where only rendering can tell (Opus, M4A, FLAC)."""
    return encoder(format).size_of(label)


def byte_range(render: Render, label: Label, format: Format, start: int, stop: int) -> bytes:  # noqa: A002
    """Give the bytes from `start` to before `stop` of a file that need not exist, rendering only what it must.

    Raises `UserError` for a format that cannot be entered anywhere; only MP3 can.
    """
    if format is not Format.MP3:
        raise UserError(f"A part of an unrendered {format.value} file cannot be made.", hint="MP3 can be asked for.")
    from lowtide.deliver.encoders.mp3 import Mp3File

    return Mp3File(render, label).read(start, stop)
