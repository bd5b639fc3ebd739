"""A row of untrusted values in, a check-in out, and back: what a file, a form or another program may bring.

Called by the command line, the app and imports. Law: a row is read whole or refused with one line that says what is
wrong in it and what would work; what `as_row` writes, `read_checkin` reads as the same check-in.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from lowtide.errors import UserError
from lowtide.model.checkin.checkin import (
    BEST_RATING,
    FARTHEST_OFFSET_MINUTES,
    LATEST_MS,
    LONGEST_NAME,
    MEASURES,
    CheckIn,
    ChosenBy,
    Ratings,
    are_odds,
    is_name,
    is_rating,
)
from lowtide.model.time import LONGEST_MS

FIELDS = (
    "id", "began", "ended", "technique", "planned_ms", "heard_ms", "before", "after", "pleasantness", "unwell",
    "chosen_by", "odds",
)  # fmt: skip
"""What a row may say; `id`, `began`, `technique` and `planned_ms` must be there."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def read_checkins(rows: Iterable[Mapping[str, Any]]) -> tuple[CheckIn, ...]:
    """Read rows into check-ins, in their order. Raises `UserError` for a bad row and for an `id` that comes twice."""
    read: dict[str, CheckIn] = {}
    for number, row in enumerate(rows, start=1):
        try:
            checkin = read_checkin(row)
        except UserError as error:
            raise UserError(f"Row {number}: {error.message}", hint=error.hint) from None
        if checkin.id in read:
            raise UserError(f"Row {number}: there is already a check-in '{checkin.id}'.", hint="Keep one of the two.")
        read[checkin.id] = checkin
    return tuple(read.values())


def read_checkin(row: Mapping[str, Any]) -> CheckIn:
    """Read one row, keyed as `FIELDS`. Times are ISO 8601 with their offset from UTC, which says the person's own hour.

    Raises `UserError` for a field that is missing, unknown or impossible, and for times out of order.

    >>> row = {"id": "a", "began": "2026-03-01T07:30:00+01:00", "technique": "pmr", "planned_ms": 600_000}
    >>> read_checkin(row | {"before": {"pain": 6}, "after": {"pain": 4}}).own_minute
    450
    """
    _refuse_unknown(row, FIELDS, "a check-in")
    name, technique = _name(row, "id"), _name(row, "technique")
    began_ms, offset = _moment(row, "began")
    planned_ms = _length(row, "planned_ms", None, lowest=1)
    heard_ms = _length(row, "heard_ms", planned_ms, lowest=0)
    ended_ms = _moment(row, "ended")[0] if row.get("ended") is not None else began_ms + heard_ms
    if ended_ms < began_ms:
        raise UserError("'ended' is before 'began'.", hint="Times run forwards: the answer comes after the beginning.")
    if heard_ms > planned_ms:
        raise UserError("'heard_ms' is more than 'planned_ms'.", hint="No more can be heard than there is.")
    chosen_by, odds = _decision(row)
    return CheckIn(
        id=name, began_ms=began_ms, ended_ms=ended_ms, utc_offset_minutes=offset,
        technique=technique, planned_ms=planned_ms, heard_ms=heard_ms, before=_ratings(row, "before"),
        after=_ratings(row, "after"), pleasantness=_rating("pleasantness", row.get("pleasantness")),
        is_unwell=_flag(row, "unwell"), chosen_by=chosen_by, odds=odds,
    )  # fmt: skip


def as_row(checkin: CheckIn) -> dict[str, Any]:
    """Write a check-in as a row of plain values, for JSON; `read_checkin` gives the same check-in again."""
    zone = timezone(timedelta(minutes=checkin.utc_offset_minutes))
    sides = {"before": checkin.before, "after": checkin.after}
    return {
        "id": checkin.id,
        "began": (_EPOCH + checkin.began_ms * _MS).astimezone(zone).isoformat(timespec="milliseconds"),
        "ended": (_EPOCH + checkin.ended_ms * _MS).astimezone(zone).isoformat(timespec="milliseconds"),
        "technique": checkin.technique,
        "planned_ms": checkin.planned_ms,
        "heard_ms": checkin.heard_ms,
        **{side: {one.value: ratings.of(one) for one in MEASURES} for side, ratings in sides.items()},
        "pleasantness": checkin.pleasantness,
        "unwell": checkin.is_unwell,
        "chosen_by": checkin.chosen_by.value,
        "odds": dict(checkin.odds),
    }


def _refuse_unknown(row: Mapping[str, Any], known: Iterable[str], what: str) -> None:
    if not isinstance(row, Mapping):
        raise UserError(f"This is not {what}: {str(row)[:LONGEST_NAME]!r}.", hint="It is a row with named fields.")
    unknown = sorted(str(name) for name in set(row) - set(known))
    if unknown:
        raise UserError(f"{what.capitalize()} has no '{unknown[0]}'.", hint=f"It may have: {', '.join(known)}.")


def _name(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not is_name(value):
        raise UserError(f"'{field}' is missing or not a name.", hint=f"1 to {LONGEST_NAME} letters on one line.")
    return value


def _flag(row: Mapping[str, Any], field: str) -> bool:
    value = row.get(field, False)
    if not isinstance(value, bool):
        raise UserError(f"'{field}' is neither true nor false.", hint="Write true or false.")
    return value


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _length(row: Mapping[str, Any], field: str, otherwise: int | None, *, lowest: int) -> int:
    value = row.get(field)
    if value is None and otherwise is not None:
        return otherwise
    number = _number(value)
    if number is None or number != int(number) or not lowest <= number <= LONGEST_MS:
        raise UserError(f"'{field}' is not a length.", hint=f"Whole milliseconds, from {lowest} to {LONGEST_MS}.")
    return int(number)


def _moment(row: Mapping[str, Any], field: str) -> tuple[int, int]:
    # (milliseconds of UTC, minutes of the offset); a time without an offset could be anybody's.
    hint = "Write it like 2026-03-01T07:30:00+01:00."
    try:
        at = datetime.fromisoformat(str(row.get(field)))
    except ValueError:
        raise UserError(f"'{field}' is not a time.", hint=hint) from None
    offset = at.utcoffset()
    if offset is None:
        raise UserError(f"'{field}' does not say how far its clock is from UTC.", hint=hint)
    minutes, rest = divmod(round(offset.total_seconds()), 60)
    ms = (at - _EPOCH) // _MS
    if rest or abs(minutes) > FARTHEST_OFFSET_MINUTES or not 0 <= ms < LATEST_MS - LONGEST_MS:
        raise UserError(f"'{field}' is not a time that a session can have.", hint=hint)
    return ms, minutes


def _ratings(row: Mapping[str, Any], field: str) -> Ratings:
    value = row.get(field) or {}
    _refuse_unknown(value, tuple(MEASURES), f"'{field}'")
    return Ratings(**{one.value: _rating(f"{field} {one.value}", value.get(one.value)) for one in MEASURES})


def _rating(what: str, value: object) -> float | None:
    number = _number(value)
    if value is not None and (number is None or not is_rating(number)):
        raise UserError(f"'{what}' is not a rating.", hint=f"A number from 0 to {BEST_RATING:g}, or nothing.")
    return number


def _decision(row: Mapping[str, Any]) -> tuple[ChosenBy, tuple[tuple[str, float], ...]]:
    by = row.get("chosen_by", ChosenBy.PERSON.value)
    if by not in tuple(ChosenBy):
        raise UserError(f"'chosen_by' can not be {str(by)[:LONGEST_NAME]!r}.", hint=f"Who: {', '.join(ChosenBy)}.")
    given = row.get("odds") or {}
    if not isinstance(given, Mapping):
        raise UserError("'odds' are not a table.", hint="Each technique with its chance, such as pmr = 0.25.")
    odds = tuple((str(name), -1.0 if (x := _number(chance)) is None else x) for name, chance in given.items())
    if not are_odds(odds) or (odds and dict(odds).get(str(row.get("technique")), 0) <= 0):
        raise UserError("'odds' do not add up to 1, or leave the technique out.", hint="Copy them from the decision.")
    if by == ChosenBy.LEARNER and not odds:
        raise UserError("A decision of the learner's comes without its odds.", hint="Say 'chosen_by': 'person'.")
    return ChosenBy(by), odds
