"""Paths and bytes in, files on disk out: whole or not at all.

Called by the pipeline and the command line, for the recording and what stands beside it. Laws: a file appears under its
name only when all of it is on the disk; of several files, the first (the recording) appears last, so where it is, the
others are; an interrupted or failed run leaves nothing under these names, and a killed one leaves only a hidden file
that the next run into that folder sweeps away.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lowtide.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PART = ".lowtide-part"
_WORDS = {
    errno.ENOSPC: ("There is no room left on the disk for {}.", "Free some, or write to another place."),
    errno.EDQUOT: ("Your disk quota has no room left for {}.", "Free some, or write to another place."),
    errno.EACCES: ("{} cannot be written: its folder does not allow it.", "Choose a folder of your own."),
    errno.EPERM: ("{} cannot be written: its folder does not allow it.", "Choose a folder of your own."),
    errno.EROFS: ("{} cannot be written: its disk is read-only.", "Choose another place."),
    errno.ENOENT: ("{} cannot be written: its folder is not there.", "Make the folder first."),
    errno.ENOTDIR: ("{} cannot be written: a part of its path is not a folder.", "Choose another place."),
    errno.ENAMETOOLONG: ("{} cannot be written: its name is too long.", "Choose a shorter one."),
    errno.EFBIG: ("{} is too large for its disk.", "Write to another place, or choose a smaller format."),
    errno.EEXIST: ("{} exists already.", "Add --force to replace it, or choose another name."),
}


def write_file(path: Path | str, chunks: Iterable[bytes], *, force: bool = False) -> Path:
    """Write one file, whole or not at all, and give where it is.

    Raises `UserError` where it exists (without `force`) or cannot be written; before the first chunk, where that can
    be known.
    """
    return write_files({path: chunks}, force=force)[0]


def write_files(contents: Mapping[Path | str, Iterable[bytes]], *, force: bool = False) -> tuple[Path, ...]:
    """Write several files that belong together, all or none: the recording first, then what stands beside it.

    Raises `UserError` as `write_file` does, before anything is rendered where that can be known.
    """
    places = [_place(Path(path), force=force) for path in contents]
    with ExitStack() as parts:
        written = [
            (_write(parts, place, chunks), place) for place, chunks in zip(places, contents.values(), strict=True)
        ]
        _name(written, force=force)
    return tuple(places)


def check_place(path: Path | str, *, force: bool = False) -> None:
    """Raise the `UserError` that writing there would meet, before any work is done for it."""
    _place(Path(path), force=force)


def _place(path: Path, *, force: bool) -> Path:
    """Follow links to where the file will really be, and refuse what cannot be replaced."""
    try:
        place = path.resolve()
        if not place.parent.is_dir():
            _refuse(errno.ENOTDIR if place.parent.exists() else errno.ENOENT, path)
        mode = place.stat().st_mode if place.exists() else None
    except OSError as error:
        _refuse(error.errno, path)
    except RuntimeError:  # what Path.resolve raises for links in a circle
        _refuse(errno.ELOOP, path)
    if mode is not None and stat.S_ISDIR(mode):
        raise UserError(f"{path} is a folder.", hint="Name a file in it.")
    if mode is not None and not stat.S_ISREG(mode):
        raise UserError(f"{path} is not an ordinary file.", hint="To stream, write to '-'.")
    if mode is not None and not force:
        _refuse(errno.EEXIST, path)
    if not os.access(place.parent, os.W_OK | os.X_OK):
        _refuse(errno.EROFS if _is_read_only(place.parent) else errno.EACCES, path)
    return place


def _is_read_only(folder: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _write(parts: ExitStack, place: Path, chunks: Iterable[bytes]) -> Path:
    """Write everything under a hidden name in the same folder, down to the disk; it is removed if anything fails."""
    _sweep(place.parent)
    part = place.with_name(f".{os.getpid()}-{os.urandom(4).hex()}{_PART}")
    try:
        file = part.open("xb")
    except OSError as error:
        _refuse(error.errno, place)
    parts.callback(part.unlink, missing_ok=True)
    parts.enter_context(file)
    for chunk in chunks:
        _append(file.fileno(), chunk, place)
    try:
        os.fsync(file.fileno())
    except OSError as error:
        _refuse(error.errno, place)
    return part


def _append(file: int, chunk: bytes, place: Path) -> None:
    view = memoryview(chunk)
    try:
        while view:
            view = view[os.write(file, view) :]
    except OSError as error:
        _refuse(error.errno, place)


def _name(written: list[tuple[Path, Path]], *, force: bool) -> None:
    """Give all finished files their names, the first one last; if one cannot have it, take back those that were new."""
    named: list[Path] = []
    try:
        for part, place in reversed(written):
            was_there = place.exists()
            _move(part, place, force=force)
            if not was_there:
                named.append(place)
    except BaseException:
        for place in named:
            place.unlink(missing_ok=True)
        raise


def _move(part: Path, place: Path, *, force: bool) -> None:
    """Give a finished file its name; without `force`, never over another that has appeared meanwhile."""
    try:
        if force or not _link(part, place):
            part.replace(place)
    except OSError as error:
        _refuse(error.errno, place)
    with suppress(OSError):  # some systems cannot do this for folders; the file itself is on the disk
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _link(part: Path, place: Path) -> bool:
    """Name a file only if the name is free; False where the filesystem has no links, and the name is free."""
    try:
        place.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        if place.exists():
            raise
        return False
    part.unlink()
    return True


def _sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder: hidden part files whose process is gone."""
    if os.name != "posix":
        return  # asking after a process elsewhere ends it
    for part in folder.glob(f".*{_PART}"):
        process = part.name[1:].partition("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            with suppress(OSError):
                part.unlink()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _refuse(code: int | None, path: Path) -> NoReturn:
    """Say in one line why a file cannot be written."""
    words, hint = _WORDS.get(code or 0, (f"{{}} cannot be written: {os.strerror(code or errno.EIO)}.", ""))
    raise UserError(words.format(path), hint=hint) from None
