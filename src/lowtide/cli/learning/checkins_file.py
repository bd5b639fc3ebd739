"""The check-ins that the command line keeps: a file in, check-ins out, and one more written to its end.

Called by `checkin`, `report`, `compare` and `session`. The file is one JSON object a line, only ever appended to: a
check-in, or `{"forget": ID}`. Law: a line is there whole or not at all. A line that a power cut left half-written is
not read, and is taken away before the next one is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from lowtide.errors import UserError
from lowtide.model.checkin import CheckIn, as_row, read_checkin

NAME = "checkins.jsonl"
PRIVATE = 0o600
LARGEST_BYTES = 50_000_000
"""Ten years of check-ins are about 5 MB; more is a mistake."""


def default_file() -> Path:
    """Say where check-ins are kept when no file is named."""
    from lowtide.place import named_folder

    return named_folder() / NAME


def read(file: Path) -> tuple[CheckIn, ...]:
    """Read all check-ins that still count, in the order in which they began; none where there is no file yet.

    A later line with the id of an earlier one corrects it. Raises `UserError` that names the line.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise UserError(f"{file} is too large for a file of check-ins.", hint="Name the right file: --checkins.")
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise UserError(f"{file} is not a text file.", hint="Check-ins are kept as JSON, one a line.") from None
    whole = text[: text.rfind("\n") + 1]
    kept: dict[str, CheckIn] = {}
    for number, line in enumerate(whole.splitlines(), start=1):
        if line.strip():
            try:
                _take(kept, _row(line))
            except UserError as error:
                raise UserError(f"{file}, line {number}: {error.message}", hint=error.hint) from None
    return tuple(sorted(kept.values(), key=lambda one: (one.began_ms, one.id)))


def _row(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise UserError("this is not a check-in.", hint="Each line is a JSON object, as 'lowtide checkin' writes it.")
    return row


def _take(kept: dict[str, CheckIn], row: Mapping[str, Any]) -> None:
    if set(row) == {"forget"}:
        kept.pop(str(row["forget"]), None)
    else:
        checkin = read_checkin(row)
        kept[checkin.id] = checkin


def add(file: Path, checkin: CheckIn) -> None:
    """Write one more check-in; one with the id of an earlier one corrects it."""
    _append(file, as_row(checkin))


def forget(file: Path, checkin_id: str) -> None:
    """Take a check-in back. Raises `UserError` where there is none."""
    if checkin_id not in {one.id for one in read(file)}:
        raise UserError(f"There is no check-in '{checkin_id}'.", hint="'lowtide checkin' lists them.")
    _append(file, {"forget": checkin_id})


def _append(file: Path, row: Mapping[str, Any]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = (json.dumps(row, ensure_ascii=False) + "\n").encode()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE)
    with os.fdopen(descriptor, "r+b") as stream, _alone(stream):
        stream.truncate(_whole_length(stream))
        stream.seek(0, os.SEEK_END)
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _alone(stream: IO[bytes]) -> Iterator[None]:
    """Hold the file against another process that writes to it; where the system has no such lock, go on without."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    fcntl.flock(stream, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(stream, fcntl.LOCK_UN)


def _whole_length(stream: IO[bytes]) -> int:
    stream.seek(0)
    return stream.read().rfind(b"\n") + 1
