"""`lowtide worker`: nothing in, reminders out until it is stopped; ends with an exit code.

Called by `lowtide.web.__main__`. Laws: any number of them may run beside any number of servers; whatever ends it, even
`kill -9`, loses nothing and sends nothing twice; Ctrl-C and SIGTERM end it at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from lowtide.errors import Exit, UserError
from lowtide.web.project.environment.mode import HOSTS_VARIABLE, VARIABLE, Mode

GRACE_SECONDS = 1.0
"""What is being handed over at this moment has this long to end by itself."""
KEPT_SECONDS = 60
"""A worker's connection is used for so long: it asks every few seconds."""


def main(words: Sequence[str]) -> int:
    """Work until stopped; print one line for what a person can mend."""
    try:
        return work(words)
    except UserError as error:
        sys.stderr.write(f"lowtide: {error}\n")
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def work(words: Sequence[str]) -> int:
    """Bring the tables up to date, and look after reminders."""
    if words:
        raise UserError(f"'lowtide worker' takes no words, so '{words[0]}' says nothing to it.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "lowtide.web.project.settings"
    os.environ.setdefault(VARIABLE, Mode.ACCOUNTS if os.environ.get(HOSTS_VARIABLE) else Mode.FOR_ME)
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from lowtide.web.project.starting import bring_up_to_date
    from lowtide.web.reminders.work.loop import Loop

    bring_up_to_date(settings.DATA_FOLDER)
    connections.settings["default"]["CONN_MAX_AGE"] = KEPT_SECONDS
    stopped = _stopped_by_signals()
    loop = Loop()
    thread = loop.start()
    _say("Lowtide's worker sends reminders (Ctrl-C stops it).")
    stopped.wait()
    loop.stop()
    thread.join(GRACE_SECONDS)
    _leave()


def _stopped_by_signals() -> threading.Event:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopped.set())
    return stopped


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _leave() -> NoReturn:
    # What is still under way is not waited for: another worker takes it over, and what must not be sent twice is not.
    sys.stderr.flush()
    os._exit(Exit.OK)
