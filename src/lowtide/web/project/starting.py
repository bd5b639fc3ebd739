"""What happens before the first request: tables brought up to date, under a lock, or one line that says why not.

Called by `serve`. Law: killed at any moment, it starts again whole. Each step of a migration is one transaction; two
servers that start at once wait for each other; a database that a newer Lowtide has written is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lowtide.errors import UserError
from lowtide.web.project.environment.mode import COUNTS_TABLE

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

LOCK_FILE = "starting.lock"
LOCK_NUMBER = 0x10_71DE
"""The advisory lock of PostgreSQL that stands for "migrating Lowtide"; any number nobody else uses."""


def bring_up_to_date(folder: Path) -> None:
    """Make or change the tables as this program needs them; raise `UserError` where that can not be."""
    from django.core.management import call_command
    from django.db import Error, connection

    try:
        with _alone(connection, folder):
            _refuse_newer(connection)
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", COUNTS_TABLE, verbosity=0)
    except Error as error:
        raise UserError(
            f"The database can not be used: {_first_line(error)}.",
            hint="Is it running, is its disk full, and is DATABASE_URL right?",
        ) from None
    finally:
        connection.close()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _refuse_newer(connection: BaseDatabaseWrapper) -> None:
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    own = {one.label for one in apps.get_app_configs() if one.name.startswith("lowtide.")}
    unknown = sorted(f"{app} {name}" for app, name in loader.applied_migrations if app in own
                     and (app, name) not in loader.disk_migrations)  # fmt: skip
    if unknown:
        raise UserError(
            f"The database was written by a newer Lowtide ({unknown[-1]}).",
            hint="Update Lowtide, or restore an older copy.",
        )


@contextmanager
def _alone(connection: BaseDatabaseWrapper, folder: Path) -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])  # let go when the connection ends
        yield
        return
    with (folder / LOCK_FILE).open("a") as file:
        _wait_for(file.fileno())  # let go when the file is closed, also by the system after a kill
        yield


def _wait_for(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's own lock is what there is
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
