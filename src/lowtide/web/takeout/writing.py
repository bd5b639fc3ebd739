"""A person in, all their data out: as JSON, and as a ZIP with a CSV for each table that opens in any spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import textwrap
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from lowtide.web.accounts.models import Person
from lowtide.web.takeout.cells import cell, plain
from lowtide.web.takeout.tables import ABOUT_YOU, BY_NAME, STAYS, TABLES, YOU, Table

VERSION = 1
MARK = "lowtide"
"""The key by which a file of ours is known; it holds the version of its layout."""
YOU_NAME = "you"
JSON_NAME = "everything.json"
README_NAME = "README.txt"
README_WIDTH = 116


def everything(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give every row of a person, by table."""
    found = {YOU_NAME: [{name: getattr(person, name) for name in YOU}]}
    return found | {table.name: [row_of(table, row) for row in table.of(person)] for table in TABLES}


def row_of(table: Table, row: models.Model) -> dict[str, Any]:
    """Give a row by its columns; one that points to another row has that row's key."""
    return {name: _value(table, row, name) for name in table.columns}


def _value(table: Table, row: models.Model, column: str) -> Any:
    value = getattr(row, column)
    if column not in (table.parents or {}) or value is None:
        return value
    (key,) = BY_NAME[(table.parents or {})[column]].key
    return getattr(value, key)


def as_json(person: Person, at: datetime) -> bytes:
    """Write everything as one JSON document."""
    tables = {
        name: [{column: plain(value) for column, value in row.items()} for row in rows]
        for name, rows in everything(person).items()
    }
    whole = {MARK: VERSION, "made_at": plain(at), "tables": tables}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def as_zip(person: Person, at: datetime) -> bytes:
    """Write everything as a ZIP: a CSV for each table, the JSON document, and a page that explains them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(README_NAME, explained())
        for name, rows in everything(person).items():
            columns = YOU if name == YOU_NAME else BY_NAME[name].columns
            file.writestr(f"{name}.csv", as_csv(columns, rows))
        file.writestr(JSON_NAME, as_json(person, at))
    return out.getvalue()


def as_csv(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """Write a table. It begins with a mark by which every spreadsheet knows that it is UTF-8 (RFC 3629, 6)."""
    names, text = list(columns), io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def explained() -> str:
    """Say what is in each file and what each column means."""
    head = (
        "Everything that Lowtide knows of you.\n\n"
        "Each CSV file opens in any spreadsheet; everything.json holds the same for programs. The whole ZIP, the JSON\n"
        "file, or single CSV files can be read back in Lowtide under You > Your data. Times are UTC. A text that a\n"
        "spreadsheet would take for a formula has an apostrophe before it. Lists are written as JSON.\n\n"
        f"{textwrap.fill(STAYS, README_WIDTH)}\n"
    )
    parts = [head]
    known = [(YOU_NAME, ABOUT_YOU, YOU), *((one.name, one.about, one.columns) for one in TABLES)]
    for name, about, columns in known:
        lines = [f"  {column}: {meaning}" for column, meaning in columns.items()]
        parts.append("\n".join([f"{name}.csv", f"  {about}", *lines]) + "\n")
    return "\n".join(parts)
