"""What the server writes down: settings for logging. Called by the settings.

Law: no name, no free text, no score and no address of a person is ever logged. A request is not logged at all; an error
is logged as its traceback, without the values of variables and without what was sent.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*[\d.]*[a-zA-Z]")


class WithoutPersonalData(logging.Formatter):
    """Writes a record's sentence without the values that were put into it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record as a line, and an error's places below it."""
        plain = logging.makeLogRecord(record.__dict__)
        plain.msg, plain.args, plain.exc_info, plain.stack_info = _sentence(record), None, None, None
        plain.exc_text = _places(record.exc_info) if record.exc_info else None
        return super().format(plain)


def _sentence(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is not None:
        found = getattr(request, "resolver_match", None)
        status = getattr(record, "status_code", "failed")
        return f"{getattr(request, 'method', '')} {found.route if found else 'an unknown address'}: {status}"
    if record.name.startswith(("_granian", "granian")):
        return record.getMessage()  # the server's own words about ports and workers
    if not record.args:  # what its words were made of can not be told any more
        return f"said at {Path(record.pathname).name}:{record.lineno}"
    return _PLACEHOLDER.sub("…", str(record.msg))


def _places(exc_info: Any) -> str:
    """Write where it went wrong and the kind of error, not its words: a database's words quote the row."""
    import traceback

    kind, _error, where = exc_info
    lines = traceback.format_tb(where) if where else []
    return "".join(lines) + getattr(kind, "__name__", str(kind))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "lowtide.web.project.environment.logs.WithoutPersonalData", "fmt": LINE}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
