"""The programmes that ship: a name in, a programme out, read from `content/programmes/NAME.toml`."""

from __future__ import annotations

from lowtide.model.programme import Programme
from lowtide.script import Diagnostic


def programmes() -> tuple[Programme, ...]:
    """Give every programme, in the order in which they are shown."""
    raise NotImplementedError


def programme(name: str) -> Programme:
    """Look a programme up by its name. Raises `UserError` that offers the nearest."""
    raise NotImplementedError


def read_programme(text: str) -> tuple[Programme | None, tuple[Diagnostic, ...]]:
    """Read and check a programme. Takes any text, never raises; None where an error keeps it from being used."""
    raise NotImplementedError
