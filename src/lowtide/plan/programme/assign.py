"""A standing, a clearance and a day in, today's assignments out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lowtide.model.clearance import Clearance
from lowtide.model.library import Technique
from lowtide.model.profile import Profile
from lowtide.model.programme import AssignInfo, Assignment, Programme, Standing
from lowtide.script.nodes import Head


def assign(
    programme: Programme, standing: Standing, clearance: Clearance | None, profile: Profile, most_ms: int | None,
    done: Mapping[str, int], today: date, library: Sequence[Technique], heads: Mapping[str, Head],
) -> tuple[tuple[Assignment, ...], AssignInfo]:  # fmt: skip
    """Say what is asked of a person today; `most_ms` is `Harm.most_ms`, `done` the milliseconds of each practice."""
    raise NotImplementedError


def assign_day(
    programme: Programme, standing: Standing, clearance: Clearance | None, profile: Profile, most_ms: int | None,
    done: Mapping[str, int], today: date, library: Sequence[Technique], heads: Mapping[str, Head],
) -> tuple[tuple[Assignment, ...], AssignInfo]:  # fmt: skip
    """Say what the parts of the present week's day of practice are; the same arguments as `assign`."""
    raise NotImplementedError
