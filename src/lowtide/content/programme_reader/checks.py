"""What can be wrong with a programme besides its keys: the library, the body, the days, the control of a trial.

Called by `reading`, which hands over each noun with the table it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lowtide.content.programme_reader.known import Known
from lowtide.content.programme_reader.rules import EQUAL_PERCENT, EQUAL_WITHIN
from lowtide.content.programme_reader.table import Table
from lowtide.model.movement import TENSE, Kind, is_movement, tension_touches
from lowtide.model.programme import Practice, Programme, Week
from lowtide.model.programme.turns import day_minutes, fills, weekly_minutes
from lowtide.script.diagnostics import nearest
from lowtide.script.movements import asked_for, offers_position
from lowtide.script.nodes import Head

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_KINDS = tuple(str(kind) for kind in Kind)


def names(tables: Sequence[Table], found: Sequence[str]) -> None:
    """Find names that are there twice."""
    for number, (table, name) in enumerate(zip(tables, found, strict=True)):
        if name and name in found[:number]:
            table.note("P203", "name", name=name)


def practice(table: Table, found: Practice, known: Known) -> None:
    """Hold one practice to itself and to the library."""
    if found.least_minutes > found.minutes:
        least, minutes = f"{found.least_minutes:g}", f"{found.minutes:g}"
        table.note("P205", "least_minutes", least=least, minutes=minutes)
    if bool(found.technique) is bool(found.activity):
        table.note("P204", what="both a technique and an activity" if found.technique else "nothing yet")
    elif found.technique:
        _technique(table, found, known)
    else:
        _activity(table, found)


def _technique(table: Table, found: Practice, known: Known) -> None:
    technique = known.technique(found.technique)
    if technique is None:
        every = tuple(one.name for one in known.techniques)
        table.note("P301", "technique", name=found.technique, near=nearest(found.technique, every))
        return
    if found.script and found.script not in known.heads:
        table.note("P302", "script", name=found.script, near=nearest(found.script, technique.scripts))
        return
    if found.script and found.script not in technique.scripts:
        near = nearest(found.script, technique.scripts)
        table.note("P303", "script", script=found.script, technique=technique.name, near=near)
    for key in ("movements", "instead"):
        if key in table.row:
            table.note(
                "P406", key, key=key, how="Leave it out: the recording says itself what may be left or imagined."
            )
    heads = [known.heads[name] for name in known.scripts(found.technique, found.script)]
    for key, minutes in (("minutes", found.minutes), ("least_minutes", found.least_minutes)):
        is_timed = key == "minutes" or found.guided  # without a recording, as little as one likes
        if is_timed and heads and not any(_reaches(head, minutes) for head in heads):
            ranges = " or ".join(f"{head.least_minutes:g} to {head.most_minutes:g}" for head in heads)
            what = found.script or found.technique
            table.note("P305", key, minutes=f"{minutes:g}", key=key, what=what, ranges=ranges)


def _reaches(head: Head, minutes: float) -> bool:
    return not head.most_minutes or head.least_minutes <= minutes <= head.most_minutes


def _activity(table: Table, found: Practice) -> None:
    for key in ("script", "guided"):
        if key in table.row:
            table.note("P306", key, key=key)
    if not found.text:
        table.note("P403", "activity")
    for name in found.movements:
        if not is_movement(name):
            table.note("P401", "movements", name=name, near=nearest(name, _KINDS))
    if found.movements and not found.instead:
        table.note("P402", "movements")
    if found.instead and not found.movements:
        table.note(
            "P406", "instead", key="instead", how="Name the movements that some people can not have, or leave it."
        )


def body(table: Table, found: Practice) -> None:
    """Find what a text asks of a body and does not name: nobody would be kept from it."""
    named = "Leave it to the recording, which can leave it out." if found.technique else "Add it to movements."
    for offset, sentence in _sentences(found.text):
        asked = [name for name in asked_for(sentence) if found.technique or not _is_named(name, found.movements)]
        if asked and not offers_position(sentence):
            _at(table, "text", found.text, offset, "P404", movements=", ".join(asked), how=named)
    for offset, sentence in _sentences(found.instead):
        asked = list(asked_for(sentence))
        if asked and not offers_position(sentence):
            _at(table, "instead", found.instead, offset, "P405", movements=", ".join(asked))


def _is_named(movement: str, movements: tuple[str, ...]) -> bool:
    """Say whether a movement is among those named, as itself or as the tension of a place that holds it."""
    region = movement.removeprefix(TENSE)
    return movement in movements or (movement.startswith(TENSE) and any(tension_touches(m, region) for m in movements))


def _sentences(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in _SENTENCE.finditer(text)]


def _at(table: Table, key: str, text: str, offset: int, code: str, **values: object) -> None:
    lead = len(text[offset:]) - len(text[offset:].lstrip())
    table.findings.add(code, (table.places.inside((*table.path, key), text, offset + lead), 1), **values)


def week(table: Table, found: Week, rows: Sequence[Table], known: Known, wanted: int) -> None:
    """Hold one week to the days that it has to fill, and to what it points at."""
    if not found.practices:
        table.note("P202")
        return
    letters = [one.turns for one in found.practices]
    for row, letter in zip(rows, letters, strict=True):
        if letter and letters.count(letter) == 1:
            row.note("P206", "turns", letter=letter)
    if not fills(found, wanted):
        table.note("P208", "practice", wanted=wanted)
    for name in found.readings:
        if name not in known.articles:
            table.note("P304", "readings", name=name, near=nearest(name, known.articles))


def compare(table: Table, found: Programme, known: Known) -> None:
    """Hold an active control to what it says it is equal to: the same weeks, time and attention."""
    if not found.equal_to:
        return
    other = known.programme(found.equal_to) if found.equal_to in known.programmes else None
    if other is None or found.equal_to == found.name:
        names_known = tuple(name for name in known.programmes if name != found.name)
        near = nearest(found.equal_to, names_known, otherwise="There are none yet.") if names_known else "Leave it out."
        table.note("P307", "equal_to", name=found.equal_to, near=near)
        return
    if len(found.weeks) != len(other.weeks):
        table.note("P601", "equal_to", count=len(found.weeks), other=other.name, wanted=len(other.weeks))
    for key in ("group_minutes", "days_for_next"):
        if getattr(found, key) != getattr(other, key):
            values = {"count": getattr(found, key), "wanted": getattr(other, key)}
            table.note("P603", key if key in table.row else "equal_to", key=key, other=other.name, **values)
    for row, one, its in zip(table.tables("week", "This week"), found.weeks, other.weeks, strict=False):
        _compare_minutes(row, "P602", "practice", weekly_minutes(one, found.days_for_next),
                         weekly_minutes(its, other.days_for_next), other.name)  # fmt: skip
        _compare_minutes(row, "P604", "day", day_minutes(one.day), day_minutes(its.day), other.name)


def _compare_minutes(table: Table, code: str, key: str, count: float, wanted: float, other: str) -> None:
    if abs(count - wanted) > EQUAL_WITHIN * wanted:
        table.note(code, key, count=f"{count:g}", wanted=f"{wanted:g}", other=other, percent=EQUAL_PERCENT)
