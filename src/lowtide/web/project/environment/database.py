"""Which database: `DATABASE_URL` or the data folder in, Django's settings for it out. Called by the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lowtide.errors import UserError

VARIABLE = "DATABASE_URL"
FILE = "lowtide.sqlite3"
BUSY_SECONDS = 20
"""How long a writer waits for another one before it gives up."""
AT_ONCE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
"""Readers never wait for a writer; what was answered with "saved" is on the disk even if the power goes."""


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
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
