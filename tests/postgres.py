"""A real PostgreSQL for tests: started in a folder of its own, reached through a socket in it, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("postgres", "nobody")
"""Who runs it where the tests are run by root: PostgreSQL refuses to be root's."""
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=40")
"""Nothing here has to outlive a power cut."""


def binaries() -> Path | None:
    """Find PostgreSQL's own programs; None where this machine has none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found += [Path(place).parent for place in (shutil.which("initdb"),) if place]
    found = [place for place in found if (place / "postgres").exists()]
    return max(found, default=None, key=lambda place: float(f"0{''.join(filter(str.isdigit, place.parent.name))}"))


@contextmanager
def server(bin_folder: Path) -> Iterator[dict[str, object]]:
    """Run a server; give what Django connects to it with."""
    who = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="lowtide-postgres-"))
    try:
        if who is not None:
            os.chown(folder, pwd.getpwnam(who).pw_uid, pwd.getpwnam(who).pw_gid)
        _run(who, bin_folder / "initdb", "-D", folder / "db", "-U", "lowtide", "-A", "trust", "-E", "UTF8", "-N")
        options = " ".join((f"-k {folder}", "-c listen_addresses=", *FAST))
        _run(who, bin_folder / "pg_ctl", "-D", folder / "db", "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "lowtide",
                   "HOST": str(folder), "PORT": "5432", "PASSWORD": ""}  # fmt: skip
        finally:
            _run(who, bin_folder / "pg_ctl", "-D", folder / "db", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> str | None:
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in NAMES if name in known)


def _run(who: str | None, *words: object) -> None:
    done = subprocess.run([str(word) for word in words], user=who, cwd="/", stdin=subprocess.DEVNULL, timeout=60,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # fmt: skip
    assert done.returncode == 0, f"{words[0]} {words[-1]} ended with {done.returncode}"
