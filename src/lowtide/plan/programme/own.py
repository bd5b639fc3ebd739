"""A programme in, what a person may put their own practice together from out; what they chose in, their practices out.

Called by `assign` and by the app's page of choices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lowtide.model.programme import Practice, Programme


def choices(programme: Programme) -> tuple[tuple[str, Practice], ...]:
    """Give everything that the weeks practise, each once, with the name that `Chose` is to say: `week-1/body-scan`."""
    found: dict[tuple[str, str, str], tuple[str, Practice]] = {}
    for week in programme.weeks:
        for one in week.practices:
            found.setdefault((one.technique, one.script, one.activity), (f"{week.name}/{one.name}", one))
    return tuple(found.values())


def chosen(programme: Programme, names: Iterable[str]) -> tuple[Practice, ...]:
    """Give what a person chose, as practices for every day; what is not in the programme (any more) is left out."""
    every = {f"{week.name}/{one.name}": one for week in programme.weeks for one in week.practices}
    return tuple(
        replace(every[name], name=name, days=programme.days_for_next, turns="")
        for name in dict.fromkeys(names)
        if name in every
    )
