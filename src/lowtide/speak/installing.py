"""A voice's name in, its model files installed. Called by `lowtide voices install`.

Laws: files are gathered in a folder of their own and moved into place together; two installs of one voice at once are
refused; what a broken install has fetched is kept and used by the next one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from lowtide.errors import UserError
from lowtide.speak.models import RECEIPT, Models, ModelSet, parse, receipt_text, shipped

SOURCE_VARIABLE = "LOWTIDE_MODELS"
"""The environment variable with the address of a mirror: a folder on a web server that holds a `manifest.json`."""
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST_BYTES = 1 << 20
_SHORT = {"piper": "en_GB-cori-high", "kokoro:int8": "kokoro-int8"}
_ELSEWHERE = {
    "flite": "It comes with your system (Debian: apt install flite).",
    "espeak": "It comes with Lowtide and is ready.",
    "say": "It comes with macOS.",
    "silent": "It comes with Lowtide and is ready.",
}

Progress = Callable[[int, int], None]
"""Told (bytes there, bytes in all)."""


def installable() -> tuple[ModelSet, ...]:
    """List what can be installed, from the mirror where one is set."""
    return tuple(_sets(os.environ.get(SOURCE_VARIABLE, ""))[0].values())


def install(name: str, progress: Progress = lambda _done, _all: None, *, models: Models | None = None) -> Path:
    """Fetch, verify and put in place the model files of a voice; give their folder. Does nothing where they are there.

    Raises `UserError` for an unknown name, for no connection, a full disk, a wrong checksum, an install that is already
    running, and everything else that can go wrong on the way.
    """
    models = models or Models()
    sets, base = _sets(os.environ.get(SOURCE_VARIABLE, ""))
    wanted = find_set(name, sets)
    if home := models.ready(wanted.name):
        progress(wanted.bytes, wanted.bytes)
        return home
    try:
        models.folder.mkdir(parents=True, exist_ok=True)
        with _alone(models.folder / f".{wanted.name}.lock", wanted.name):
            return models.ready(wanted.name) or put(wanted, base, models, progress)
    except OSError as error:
        raise UserError(
            f"{models.folder} can not be written: {error.strerror}.", hint="Is the folder yours?"
        ) from error


def put(wanted: ModelSet, base: str, models: Models, progress: Progress) -> Path:
    """Fetch a set from addresses relative to `base`, verify it, and move it into place; see `install`."""
    from urllib.parse import urljoin

    from lowtide.speak.download import fetch

    gathered, home = models.folder / f".{wanted.name}.part", models.folder / wanted.name
    gathered.mkdir(exist_ok=True)
    _check_room(wanted, gathered)
    before = 0
    for file in wanted.files:
        fetch(file, urljoin(base, file.url), gathered, partial(_tell, progress, before, wanted.bytes))
        before += file.bytes
    (gathered / RECEIPT).write_text(receipt_text(wanted), "utf-8")
    if home.exists():  # damaged, or of another version: `ready` has refused it
        shutil.rmtree(home)
    gathered.replace(home)
    progress(wanted.bytes, wanted.bytes)
    return home


def _tell(progress: Progress, before: int, total: int, done: int) -> None:
    progress(before + done, total)


def find_set(name: str, sets: dict[str, ModelSet]) -> ModelSet:
    """Find the set that a person means; see `install`."""
    asked = name.strip()
    engine, _, short = asked.partition(":")
    if engine in _ELSEWHERE:
        raise UserError(f"The voice '{engine}' needs no install.", hint=_ELSEWHERE[engine])
    for candidate in (
        _SHORT.get(asked, ""),
        asked,
        short if engine == "piper" else "",
        engine if engine == "kokoro" else "",
    ):
        if candidate in sets:
            return sets[candidate]
    known = ", ".join(_typed(model) for model in sets)
    raise UserError(f"There is no voice '{asked}' to install.", hint=f"There are: {known}.")


def _typed(set_name: str) -> str:
    return set_name if set_name.startswith("kokoro") else f"piper:{set_name}"


def _sets(source: str) -> tuple[dict[str, ModelSet], str]:
    # the sets by name, and the address that relative ones start from
    if not source:
        return shipped(), ""
    import urllib.request
    from urllib.parse import urljoin

    from lowtide.speak.download import reason_of

    if not source.startswith(("http://", "https://")):
        raise UserError(f"{SOURCE_VARIABLE} is '{source}'.", hint="It must be an address that begins with https://.")
    base = source if source.endswith("/") else f"{source}/"
    address = urljoin(base, _MANIFEST)
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (checked above)
            return parse(answer.read(_LARGEST_MANIFEST_BYTES).decode("utf-8", "replace"), address), base
    except OSError as error:
        reason = reason_of(error)
        raise UserError(f"{address} could not be read: {reason}.", hint="Are you online?") from error


def _check_room(wanted: ModelSet, gathered: Path) -> None:
    there = sum(path.stat().st_size for path in gathered.iterdir())
    free, needed = shutil.disk_usage(gathered).free, wanted.bytes - there
    if free < needed:
        raise UserError(
            f"{wanted.title} needs {needed // 1_000_000} MB, and {gathered.parent} has {free // 1_000_000} MB free.",
            hint="Make room, or set LOWTIDE_VOICES to a folder on another disk.",
        )


@contextmanager
def _alone(path: Path, name: str) -> Iterator[None]:
    # a lock of the operating system, which a killed process gives back by itself
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise UserError(f"Another install of {name} is running.", hint="Wait for it to end.") from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
