"""The rituals that ship: a name in, a ritual out, read from `content/rituals.toml`.

Called by `lowtide session --ritual`, `lowtide library` and the app's reminders. Law: what is read here is whole: a row
with a mistake is refused with one line that says which, and every row points at a script that is there and fits it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import time
from functools import cache

from lowtide.content.files import folder, offer, spelt, text
from lowtide.content.load import heads
from lowtide.errors import UserError
from lowtide.model.facts import MOMENTS
from lowtide.model.library import Ritual
from lowtide.model.movement import Position
from lowtide.script.nodes import Head

TABLE = "rituals.toml"
KEYS = ("name", "title", "summary", "script", "minutes", "positions", "moment", "hour", "bell", "may_end_in_sleep")
"""What each row may say; `moment` and `hour` are left out where a ritual is for any time."""
MAY_LACK = frozenset({"moment", "hour"})
_KINDS = {
    "name": str, "title": str, "summary": str, "script": str, "minutes": dict, "positions": list, "moment": str,
    "hour": time, "bell": bool, "may_end_in_sleep": bool,
}  # fmt: skip
MINUTES = ("usual", "least", "most")


def rituals() -> tuple[Ritual, ...]:
    """Give every ritual, in the order of a day.

    >>> rituals()[0].name
    'morning-reset'
    """
    return _rituals()


def ritual(name: str) -> Ritual:
    """Look a ritual up by its name. Raises `UserError` that offers the nearest.

    >>> ritual("Morning Reset").title
    'Morning Reset'
    """
    wanted, known = spelt(name), {one.name: one for one in rituals()}
    if wanted not in known:
        raise UserError(f"There is no ritual '{name}'.", hint=offer(wanted, tuple(known)))
    return known[wanted]


@cache
def _rituals() -> tuple[Ritual, ...]:
    return read_rituals(text(folder() / TABLE), heads())


def read_rituals(written: str, scripts: Mapping[str, Head]) -> tuple[Ritual, ...]:
    """Read the table of rituals; `scripts` are the heads of those that it may point to.

    Raises `UserError` that says which row is wrong, and how.
    """
    try:
        table = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{TABLE} can not be read: {error}.", hint="See https://toml.io for the format.") from None
    rows = table.get("ritual")
    if set(table) != {"ritual"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UserError(f"{TABLE} holds something else than rituals.", hint="Each is a [[ritual]] with its fields.")
    found = tuple(_ritual(row, scripts) for row in rows)
    for number, one in enumerate(found):
        if one.name in {earlier.name for earlier in found[:number]}:
            raise _wrong(one.name, "is there twice", "Give each ritual its own name.")
    return found


def _ritual(row: dict[str, object], scripts: Mapping[str, Head]) -> Ritual:
    name = str(row.get("name", "?"))
    for key in (*KEYS, *row):
        if key not in KEYS or (key not in row and key not in MAY_LACK):
            what = "is missing" if key in KEYS else "is unknown"
            raise _wrong(name, f"'{key}' {what}", f"The fields are {', '.join(KEYS)}.")
        if key in row and not isinstance(row[key], _KINDS[key]):
            raise _wrong(name, f"'{key}' can not be {row[key]!r}", "See the rows beside it.")
    head = scripts.get(str(row["script"]))
    if head is None:
        raise _wrong(name, f"there is no script '{row['script']}'", offer(str(row["script"]), tuple(scripts)))
    least, usual, most = _minutes(name, row["minutes"], head)
    moment = str(row.get("moment", ""))
    if moment and moment not in MOMENTS:
        raise _wrong(name, f"there is no time of day '{moment}'", f"There are {', '.join(sorted(MOMENTS))}.")
    if row["bell"] and row["may_end_in_sleep"]:
        raise _wrong(name, "a bell would wake who has fallen asleep", "Set one of the two to false.")
    hour = row.get("hour")
    return Ritual(
        name=name, title=str(row["title"]), summary=str(row["summary"]), technique=head.technique,
        script=str(row["script"]), usual_minutes=usual, least_minutes=least, most_minutes=most,
        positions=_positions(name, row["positions"], head), moment=moment,
        hour=hour if isinstance(hour, time) else None, has_bell=bool(row["bell"]),
        may_end_in_sleep=bool(row["may_end_in_sleep"]),
    )  # fmt: skip


def _minutes(name: str, given: object, head: Head) -> tuple[float, float, float]:
    """Read the usual length and its range, which the script has to be good at."""
    numbers = given if isinstance(given, dict) else {}
    if set(numbers) != set(MINUTES) or not all(isinstance(one, int | float) for one in numbers.values()):
        raise _wrong(name, "'minutes' is incomplete", "Write minutes = { usual = 5, least = 3, most = 8 }.")
    usual, least, most = (float(numbers[key]) for key in MINUTES)
    if not head.least_minutes <= least <= usual <= most <= head.most_minutes:
        raise _wrong(
            name, f"{least:g} to {most:g} minutes, usually {usual:g}, does not fit its script",
            f"The script is at its best from {head.least_minutes:g} to {head.most_minutes:g} minutes.",
        )  # fmt: skip
    return least, usual, most


def _positions(name: str, given: object, head: Head) -> tuple[Position, ...]:
    words = [str(one) for one in given] if isinstance(given, list) else []
    wrong = [word for word in words if word not in head.positions]
    if wrong or not words:
        which = f"'{wrong[0]}'" if wrong else "no position at all"
        raise _wrong(name, f"its script is not written for {which}", f"It is written for {', '.join(head.positions)}.")
    return tuple(Position(word) for word in words)


def _wrong(name: str, what: str, hint: str) -> UserError:
    return UserError(f"{TABLE}, {name}: {what}.", hint=hint)
