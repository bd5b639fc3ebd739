"""A clock in, reminders out, until it is stopped: what the app does in a thread and `lowtide worker` by itself.

Law: it may be ended at any moment, and any number of them may run. What goes wrong in one look is logged, without a
word of what was in it, and the next look comes all the same.
"""

from __future__ import annotations

import logging
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from lowtide.web.reminders.clock import Clock, now
from lowtide.web.reminders.models import Heartbeat
from lowtide.web.reminders.work.making import is_due, make_due
from lowtide.web.reminders.work.sweeping import prune, sweep

LOOK_SECONDS = 5.0
"""Between two looks: what is due at 12:30 comes within a few seconds of it."""
BEAT = timedelta(minutes=1)
SWEEP = timedelta(seconds=30)
PRUNE = timedelta(hours=1)
SILENT = timedelta(minutes=10)
"""After this long without a sign of any worker, pages say so."""
QUEUE, BACKEND = "default", "default"
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Loop:
    """One worker."""

    clock: Clock = now
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    """Says nothing of the machine."""
    _stopped: threading.Event = field(default_factory=threading.Event)
    _last: dict[str, datetime] = field(default_factory=dict)

    def start(self) -> threading.Thread:
        """Work in a thread that ends with the program."""
        thread = threading.Thread(target=self.run, name="reminders", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Look no more; what is being delivered at this moment is finished."""
        self._stopped.set()

    def run(self) -> None:
        """Look, again and again, until it is stopped."""
        while not self._stopped.is_set():
            if not self.look_safely():
                self._stopped.wait(LOOK_SECONDS)

    def look_safely(self) -> bool:
        """Look once; whatever happens, say so and come back. Say whether there is more to do at once."""
        try:
            close_old_connections()
            return self.look()
        except Exception:  # the worker's loop: the next look may find the database back
            log.exception("Looking for reminders went wrong.")  # the log's formatter leaves out the error's words
            self._last.clear()  # what was begun and not done is due at the next look, not a minute or an hour later
            connection.close()
            return False
        finally:
            close_old_connections()

    def look(self) -> bool:
        """Make some of what is due, run one task, tidy up now and then; say whether there is more to do at once."""
        if self._is_time("beat", BEAT):
            Heartbeat.objects.update_or_create(worker=self.name, defaults={"at": self.clock()})
        has_made = is_due(self.clock()) and make_due(self.clock()) > 0
        if self._is_time("sweep", SWEEP):
            sweep(self.clock())
        has_run = self._run_a_task()
        if self._is_time("prune", PRUNE):
            prune(self.clock())
        return has_made or has_run

    def _is_time(self, what: str, every: timedelta) -> bool:
        at, last = self.clock(), self._last.get(what)
        if last is not None and last <= at < last + every:
            return False
        self._last[what] = at
        return True

    def _run_a_task(self) -> bool:
        if not DBTaskResult.objects.ready().exists():  # only reads: asking for a task locks SQLite's whole file
            return False
        Worker(
            queue_names=[QUEUE], interval=0, batch=True, backend_name=BACKEND, startup_delay=False, max_tasks=1,
            worker_id=self.name, excluded_queue_names=[],
        ).run()  # fmt: skip
        return True


def is_silent(at: datetime) -> bool:
    """Say whether no worker has given a sign for so long that somebody should be told."""
    return not Heartbeat.objects.filter(at__gt=at - SILENT).exists()
