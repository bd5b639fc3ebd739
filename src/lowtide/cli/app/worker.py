"""`lowtide worker`: sends reminders. Hands over to `lowtide.web`, which this module calls by name only."""

from __future__ import annotations

import os
import sys


def worker() -> int:
    """Send reminders, beside `lowtide serve` on PostgreSQL; as many of it as you like, on as many machines.

    On SQLite the app sends them itself. Ctrl-C stops it.

    Such as

        DATABASE_URL=postgresql://lowtide@db/lowtide lowtide worker
    """
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "lowtide.web", "worker"])  # noqa: S606 (no shell)
