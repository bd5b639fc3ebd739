"""Our own static files in, what a browser keeps to show pages without a network out: their addresses, and a version.

Called by `views`. Law: the version changes whenever any of these files does, so nothing old is shown for long.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.templatetags.static import static

FOLDERS = ("project/", "practice/", "reminders/")
ENDINGS = (".css", ".js", ".svg")
ALSO = ("project/icons/favicon-32.png", "project/icons/icon-192.png")
FIRST = ("project/css/", "project/js/", "project/svg/", "practice/js/offline/", "reminders/js/again.js",
         "reminders/js/browser.js", *ALSO)  # fmt: skip
"""What the page needs that is shown where nothing else was kept."""
WORKER = (*(f"practice/js/offline/{name}.js" for name in ("store", "whose", "ranges", "outbox", "pages", "worker")),
          "reminders/js/reminding.js")  # fmt: skip
"""The modules that the worker is joined from, in the order of reading."""
VERSION_LETTERS = 16
_MODULE = re.compile(r"^(?:import [^;]*;\n|export (?=async |const |function |class ))", re.MULTILINE)


@cache
def paths() -> dict[str, Path]:
    """Give every file by its name."""
    listed = (one for finder in get_finders() for one in finder.list([]))
    found = {name.replace("\\", "/"): Path(storage.path(name)) for name, storage in listed}
    return {name: found[name] for name in sorted(found) if _is_ours(name)}


def _is_ours(name: str) -> bool:
    return name.startswith(FOLDERS) and (name.endswith(ENDINGS) or name in ALSO)


def addresses(*, first: bool = False) -> list[str]:
    """Give the addresses of all files, or only of the first few."""
    return [static(name) for name in paths() if not first or name.startswith(FIRST)]


@cache
def version() -> str:
    """Name this state of all files."""
    content = hashlib.sha256()
    for name, path in paths().items():
        content.update(f"{name}\0".encode() + path.read_bytes())
    return content.hexdigest()[:VERSION_LETTERS]


@cache
def worker() -> str:
    """Join the worker's modules into the one script that every browser understands."""
    return "\n".join(_MODULE.sub("", _source(name)) for name in WORKER)


def _source(name: str) -> str:
    return paths()[name].read_text(encoding="utf-8")
