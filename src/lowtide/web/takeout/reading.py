"""A file in, its rows out, each still as text or JSON; and what is wrong with the file as a whole, in one line.

Called by `loading`. Law: nothing is unpacked that is larger than a lifetime's data, and nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lowtide.errors import UserError
from lowtide.web.takeout.tables import BY_NAME, YOU
from lowtide.web.takeout.writing import JSON_NAME, MARK, README_NAME, VERSION, YOU_NAME

MOST_BYTES = 60_000_000
"""What a file may be, unpacked: more than fifty years of a session a day."""
MOST_FILES = 60
OURS = "It can be the ZIP or the JSON that Lowtide has written, or one of the CSV files in the ZIP."
csv.field_size_limit(MOST_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a file."""

    place: str
    """Where it stands, as in `diary.csv, row 7`."""
    values: Mapping[str, Any]
    is_text: bool
    """True where every value is a cell."""


Rows = dict[str, list[Row]]


def read(name: str, content: bytes) -> Rows:
    """Read a file by table. Raises `UserError` for one that is not ours."""
    if len(content) > MOST_BYTES:
        raise UserError("This file is too large to be one of ours.", hint=OURS)
    if content[:4] == b"PK\x03\x04":
        return _zip(content)
    if name.lower().endswith(".csv"):
        return _csv(PurePosixPath(name).name, content)
    return _json(content)


def _zip(content: bytes) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = [one for one in file.infolist() if not one.is_dir()]
            if len(names) > MOST_FILES or sum(one.file_size for one in names) > MOST_BYTES:
                raise UserError("This ZIP holds more than one of ours can.", hint=OURS)
            parts = {PurePosixPath(one.filename).name: file.read(one) for one in names}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        raise UserError("This ZIP is damaged, or locked.", hint=OURS) from None
    found: Rows = {}
    for name, part in parts.items():
        if name not in (JSON_NAME, README_NAME):
            found |= _csv(name, part)
    if not found and JSON_NAME in parts:
        return _json(parts[JSON_NAME])
    if not found:
        raise UserError("There is nothing of ours in this ZIP.", hint=OURS)
    return found


def _csv(name: str, content: bytes) -> Rows:
    table = name.lower().removesuffix(".csv")
    known = YOU if table == YOU_NAME else BY_NAME[table].columns if table in BY_NAME else None
    if known is None:
        raise UserError(f"{name} is not a table of ours.", hint=OURS)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{name} is not in UTF-8.", hint="Save it as 'CSV UTF-8'.") from None
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        header, *rest = [line for line in lines if line] or [[]]
    except csv.Error:
        raise UserError(f"{name} can not be read as a table.", hint=OURS) from None
    _check_header(name, header, known)
    return {table: [_row(f"{name}, row {number}", header, line) for number, line in enumerate(rest, 2)]}


def _check_header(name: str, header: list[str], known: Mapping[str, str]) -> None:
    strange = [one for one in header if one not in known]
    if strange or not header:
        what = f"has a column '{strange[0]}'" if strange else "is empty"
        raise UserError(f"{name} {what}.", hint=f"Its columns are {', '.join(known)}.")
    if len(set(header)) != len(header):
        raise UserError(f"{name} has a column twice.", hint=f"Its columns are {', '.join(known)}.")


def _row(place: str, header: list[str], line: list[str]) -> Row:
    if len(line) > len(header):
        raise UserError(f"{place}: it has more cells than there are columns.", hint="Is a comma without quotes in it?")
    return Row(place=place, values=dict(zip(header, line, strict=False)), is_text=True)


def _json(content: bytes) -> Rows:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
        version, tables = whole[MARK], whole["tables"]
        found = {str(name): [dict(row) for row in rows] for name, rows in dict(tables).items()}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError("This is not a file of ours.", hint=OURS) from None
    if version != VERSION:
        raise UserError("This file is of another version of Lowtide.", hint="Update Lowtide, then try again.")
    for name, rows in found.items():
        known = YOU if name == YOU_NAME else BY_NAME[name].columns if name in BY_NAME else None
        if known is None:
            raise UserError(f"'{name}' is not a table of ours.", hint=OURS)
        for row in rows:
            if strange := set(row) - set(known):
                raise UserError(f"{name} has a column '{min(map(str, strange))}'.", hint=OURS)
    return {
        name: [Row(place=f"{name}, row {number}", values=row, is_text=False) for number, row in enumerate(rows, 1)]
        for name, rows in found.items()
    }
