"""Which database: `DATABASE_URL` or the data folder in, Django's settings for it out. Called by the settings.

`keep_open` is called once by whoever serves. Law: what has been kept can be read while the disk is full.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lowtide.errors import UserError

VARIABLE = "DATABASE_URL"
FILE = "lowtide.sqlite3"
BUSY_SECONDS = 20
"""How long a writer waits for another one before it gives up."""
AT_ONCE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=1;"
"""Readers never wait for a writer; what was answered with "saved" is on the disk even if the power goes, and in the one
file that people copy."""
SQLITE_ENGINE = "django.db.backends.sqlite3"
FULL_SQLSTATE = "53100"
"""PostgreSQL's "disk_full" (its manual, appendix A)."""


def database(url: str, folder: Path) -> dict[str, Any]:
    """Give the settings: PostgreSQL where a URL says so, else one SQLite file in the data folder.

    >>> database("postgres://anna:s%40y@db:5433/low?sslmode=require", Path("x"))["PASSWORD"]
    's@y'
    """
    if not url:
        return _sqlite(folder / FILE)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise UserError(
            f"{VARIABLE} can not begin with '{parts.scheme}:'.", hint="Write postgresql://user:password@host/name."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,  # each request has its own thread under ASGI: a kept connection would never be met again
    }


def _sqlite(path: Path) -> dict[str, Any]:
    options = {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": AT_ONCE}
    return {"ENGINE": SQLITE_ENGINE, "NAME": str(path), "OPTIONS": options}


def keep_open(settings: dict[str, Any]) -> sqlite3.Connection | None:
    """Hold SQLite's file open while the program runs; None for another database.

    Beside its file SQLite reads through two others, which the first connection makes and the last one takes away. With
    one that stays they are there already when the disk is full, so that everything can still be read.
    """
    if settings["ENGINE"] != SQLITE_ENGINE:
        return None
    kept = sqlite3.connect(settings["NAME"], timeout=BUSY_SECONDS, isolation_level=None)
    kept.executescript(AT_ONCE)
    kept.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only now are the files made
    return kept


def says_full(error: BaseException | None) -> bool:
    """Say whether a database's error is that its disk is full.

    >>> says_full(None)
    False
    """
    cause = getattr(error, "__cause__", None)
    code = getattr(cause, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", None) == FULL_SQLSTATE
