"""A cell and its column in, the value for the model out. Law: what a model can not hold is said, not bent."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from lowtide.web.takeout.cells import truth, unguarded

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""A clock that is wrong by more than a day is not believed."""
FARTHEST = timedelta(days=3653)
"""Ten years: nothing is arranged for later."""
NOT_HELD = "holds a sign that can not be kept"


def value_of(field: models.Field[Any, Any], raw: Any, *, is_text: bool, may_come: bool = False) -> Any:
    """Give the value of a cell; `may_come` for a time that may still be to come.

    Raises `ValueError` with what is wrong with it.
    """
    value = _from_cell(field, raw) if is_text else _from_json(field, raw)
    _check_letters(value)
    if value is None:
        if not field.null:
            raise ValueError("is empty")
        return None
    if isinstance(field, models.JSONField):
        return value
    return _checked(field, value, FARTHEST if may_come else AHEAD)


def _from_cell(field: models.Field[Any, Any], text: str) -> Any:
    if isinstance(field, models.CharField):
        return unguarded(text)
    text = text.strip()
    if not text:
        return None
    if isinstance(field, models.JSONField):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("is not JSON") from None
    return truth(text) if isinstance(field, models.BooleanField) else text


def _from_json(field: models.Field[Any, Any], raw: Any) -> Any:
    kinds: tuple[type, ...] = (str, int, float)
    if isinstance(field, models.CharField):
        kinds = (str,)
    elif isinstance(field, models.BooleanField):
        kinds = (bool,)
    elif isinstance(field, models.IntegerField):
        kinds = (int,)
    is_strange = isinstance(raw, bool) and bool not in kinds
    if raw is not None and not isinstance(field, models.JSONField) and (is_strange or not isinstance(raw, kinds)):
        raise ValueError(f"holds {json.dumps(raw)[:40]}")
    return raw


def _check_letters(value: Any) -> None:
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        written.encode()
    except (ValueError, RecursionError):
        raise ValueError(NOT_HELD) from None
    if "\\u0000" in written:
        raise ValueError(NOT_HELD)


def _checked(field: models.Field[Any, Any], value: Any, ahead: timedelta) -> Any:
    try:
        found = field.to_python(value)
        if isinstance(found, datetime):
            found = _moment(found, ahead)
        if isinstance(found, float) and not math.isfinite(found):
            raise ValueError("is not a number")
        if found != "" or not field.blank:
            field.validate(found, None)
        field.run_validators(found)
    except ValidationError as error:
        raise ValueError(f"holds '{str(value)[:40]}': {_plain(error)}") from None
    except OverflowError:
        raise ValueError(f"holds '{str(value)[:40]}'") from None
    return found


def _plain(error: ValidationError) -> str:
    words = " ".join(error.messages)
    return words[:1].lower() + words[1:].rstrip(".")


def _moment(at: datetime, ahead: timedelta) -> datetime:
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if at < EARLIEST:
        raise ValueError("is before 1970")
    if at > timezone.now() + ahead:
        raise ValueError("is still to come")
    return at
