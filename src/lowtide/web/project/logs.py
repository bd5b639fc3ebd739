"""What the server writes down: settings for logging. Called by the settings.

Law: no name, no free text, no score and no address of a person is ever logged. A request is not logged at all; an error
is logged as its traceback, without the values of variables and without what was sent.
"""

from __future__ import annotations

import logging
import re
from typing import Any

_ADDRESS = re.compile(r"/\S*")
"""An address may hold a search, or the secret of a letter: only its first word is kept."""
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


class WithoutPersonalData(logging.Filter):
    """Lets a record through with its sentence, and without the values that were put into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the values of a record by what they are."""
        record.msg, record.args = self._plain(record), None
        if record.exc_info:
            record.exc_text = _without_values(record.exc_info)
        record.exc_info = None
        return True

    def _plain(self, record: logging.LogRecord) -> str:
        status = getattr(record, "status_code", None)
        request = getattr(record, "request", None)
        if request is not None:
            place = request.resolver_match.route if getattr(request, "resolver_match", None) else "an unknown address"
            return f"{getattr(request, 'method', '')} {place}: {status or 'failed'}"
        if record.name.startswith(("_granian", "granian")):
            return record.getMessage()  # the server's own words about ports and workers
        return str(record.msg).replace("%s", "…").replace("%r", "…").replace("%d", "…")


def _without_values(exc_info: Any) -> str:
    """Write where it went wrong and the kind of error, not its words: a database's words quote the row."""
    import traceback

    kind, _error, where = exc_info
    lines = traceback.format_tb(where) if where else []
    return "".join(lines) + getattr(kind, "__name__", str(kind))


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without-personal-data": {"()": "lowtide.web.project.logs.WithoutPersonalData"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without-personal-data"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
