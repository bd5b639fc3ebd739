"""A ritual's name and what else was said on the command line in, today's wish and hearing out.

Called by `session`. Law: a ritual only sets what was left open; whatever is said besides goes before it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lowtide.model.audio import LEAST_VOLUME_DB
from lowtide.model.time import MS_PER_MINUTE

if TYPE_CHECKING:
    from lowtide.cli.options import Hearing
    from lowtide.model.profile import Wish


def as_ritual(name: str, wanted: Wish, hearing: Hearing, *, has_length: bool) -> tuple[Wish, Hearing]:
    """Fill in what a ritual decides: script, length, position, hour, bell and end. Raises `UserError` for its name."""
    from lowtide import content

    ritual = content.ritual(name)
    is_its_own = wanted.technique in ("", ritual.technique)
    wish = replace(
        wanted,
        length_ms=wanted.length_ms if has_length else round(ritual.usual_minutes * MS_PER_MINUTE),
        technique=ritual.technique if is_its_own else wanted.technique,
        script=ritual.script if is_its_own else wanted.script,
        position=wanted.position or (ritual.positions[0] if is_its_own else None),
        moment=wanted.moment or frozenset({ritual.moment} - {""}),
        may_end_in_sleep=ritual.may_end_in_sleep,
    )
    is_silenced = not ritual.has_bell and not hearing.bell_volume
    return wish, replace(hearing, bell_volume=LEAST_VOLUME_DB) if is_silenced else hearing
