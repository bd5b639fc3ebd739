"""A programme, a log and a day in, where the person is out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lowtide.model.programme import LogEntry, Programme, Standing, StandingInfo


def standing(programme: Programme, log: Iterable[LogEntry], today: date) -> tuple[Standing, StandingInfo]:
    """Tell where a person is on a day; any log in any order gives a standing."""
    raise NotImplementedError
