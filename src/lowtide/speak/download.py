"""A model file's description in, that file on disk out: fetched, resumed after a break, verified by its checksum.

Called by `install`. Laws: what is fetched stays in NAME.part until its checksum is right; a part is only continued
where the server says it is still the same file; never more bytes are taken than were announced beforehand.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from lowtide.errors import UserError
from lowtide.speak.models import ModelFile

Progress = Callable[[int], None]
"""Told the number of bytes of this file that are there."""

TIMEOUT_SECONDS = 30.0
"""A server that is silent for this long is gone."""
ATTEMPTS = 5
"""How often a download is taken up again without a single new byte before it is given up."""
PAUSE_SECONDS = 0.5
"""Before a download is taken up again; longer each time that nothing came."""
_PIECE = 1 << 18
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_WRONG_RANGE = 416
_PARTIAL = 206


class _ChangedError(Exception):
    """The part on disk does not belong to what the server has now."""


def fetch(file: ModelFile, url: str, folder: Path, progress: Progress) -> Path:
    """Fetch one file into a folder and verify it; give its path.

    Raises `UserError` when offline, when the server does not have it or breaks off again and again, when the disk is
    full, and when the checksum is wrong even after a fresh start.
    """
    ready, part = folder / file.name, folder / f"{file.name}.part"
    if ready.exists() and sha256_of(ready) == file.sha256:
        progress(file.bytes)
        return ready
    for fresh in (False, True):
        if fresh:
            _forget(part)
        _fill(file, url, part, progress)
        if sha256_of(part) == file.sha256:
            part.replace(ready)
            _tag(part).unlink(missing_ok=True)
            return ready
    _forget(part)
    raise UserError(f"{file.name} came with a wrong checksum.", hint=f"Nothing was installed. The address was {url}")


def _fill(file: ModelFile, url: str, part: Path, progress: Progress) -> None:
    idle = 0
    while (had := _size(part)) < file.bytes:
        try:
            _continue(file, url, part, progress)
        except _ChangedError:
            _forget(part)
        except urllib.error.HTTPError as error:
            if error.code not in _TRANSIENT:
                hint = "Lowtide's list of models may be out of date." if error.code in {401, 403, 404, 410} else ""
                raise UserError(f"The server has no {file.name} ({error.code} {error.reason}).", hint=hint) from error
        except OSError as error:
            _raise_if_local(error, part.parent)
            reason = reason_of(error)
            if idle + 1 >= ATTEMPTS:
                raise UserError(
                    f"{file.name} could not be fetched: {reason}.",
                    hint="Are you online? Run the same command again to go on.",
                ) from error
        except http.client.HTTPException:
            pass  # broken off in the middle: taken up again below
        idle = 0 if _size(part) > had else idle + 1
        if idle >= ATTEMPTS:
            raise UserError(
                f"The server breaks off before the end of {file.name}.", hint="Run the same command again to go on."
            )
        if _size(part) < file.bytes:
            time.sleep(PAUSE_SECONDS * (idle + 1))


def _continue(file: ModelFile, url: str, part: Path, progress: Progress) -> None:
    had, tag = _size(part), _read(_tag(part))
    headers = {"User-Agent": "lowtide", "Accept-Encoding": "identity"}
    if had and tag:
        headers |= {"Range": f"bytes={had}-", "If-Range": tag}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 (only the manifest's addresses come here)
    with _open(request) as answer:
        start = had if answer.status == _PARTIAL else 0
        total = start + int(answer.headers.get("Content-Length") or file.bytes - start)
        if answer.status == _PARTIAL and not _goes_on(answer.headers.get("Content-Range", ""), had, file.bytes):
            raise _ChangedError
        if total != file.bytes:
            raise UserError(
                f"The server's {file.name} has {total} bytes instead of {file.bytes}.",
                hint="It is not the file that Lowtide knows; nothing was installed.",
            )
        _tag(part).write_text(_validator(answer.headers), "utf-8")
        with part.open("ab" if start else "wb") as sink:
            done = start
            while done < file.bytes and (piece := answer.read(min(_PIECE, file.bytes - done))):
                sink.write(piece)
                done += len(piece)
                progress(done)


def _open(request: urllib.request.Request) -> http.client.HTTPResponse:
    try:
        answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == _WRONG_RANGE:
            raise _ChangedError from error
        raise
    return answer


def _goes_on(content_range: str, start: int, size: int) -> bool:
    return content_range.replace(" ", "").removeprefix("bytes") == f"{start}-{size - 1}/{size}"


def _validator(headers: http.client.HTTPMessage) -> str:
    # a weak entity tag does not promise the same bytes, so it can not be used in If-Range (RFC 9110, 13.1.5)
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def reason_of(error: OSError) -> str:
    """Say in a few words why a connection failed."""
    cause = getattr(error, "reason", error)
    return str(getattr(cause, "strerror", None) or cause).rstrip(".")


def sha256_of(path: Path) -> str:
    """Compute a file's checksum; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _raise_if_local(error: OSError, folder: Path) -> None:
    if error.errno == errno.ENOSPC or error.errno == errno.EDQUOT:
        raise UserError(
            f"The disk is full: {folder}.", hint="Make room and run the same command again to go on."
        ) from error
    if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM} and error.filename:
        raise UserError(f"{error.filename} can not be written.", hint="Is the folder yours?") from error


def _tag(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag(part).unlink(missing_ok=True)
