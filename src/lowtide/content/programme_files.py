"""The programmes that there are: a name in, a programme out, read from `content/programmes/NAME.toml`.

A clinic's own lie in the folder `programmes` of the data folder; they are read once, when they are first asked for.
Called by the command line and the app; `plan` is handed what it reads. Law: a programme with an error is never handed
out. That those of the library have no warning either is kept by a test, not looked for at each start.
The reader is imported where it is needed: no session waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lowtide.content.article_files import articles
from lowtide.content.files import folder, offer, spelt
from lowtide.content.files import text as file_text
from lowtide.content.load import heads, script, techniques
from lowtide.errors import UserError
from lowtide.place import named_folder

if TYPE_CHECKING:
    from lowtide.content.programme_reader import Known
    from lowtide.model.programme import Programme
    from lowtide.script import Diagnostic

FOLDER = "programmes"
ENDING = ".toml"


def programmes() -> tuple[Programme, ...]:
    """Give every programme, in the order in which they are shown: the shorter first, active controls last.

    >>> [one.name for one in programmes()]
    ['gentle-start', 'mbsr-style', 'health-enhancement']
    """
    return _programmes()


def programme(name: str) -> Programme:
    """Look a programme up by its name. Raises `UserError` that offers the nearest.

    >>> programme("MBSR style").name
    'mbsr-style'
    """
    wanted, known = spelt(name), {one.name: one for one in programmes()}
    if wanted not in known:
        hint = offer(wanted, tuple(known)) if known else "There are none yet."
        raise UserError(f"There is no programme '{name}'.", hint=hint)
    return known[wanted]


def programme_names() -> tuple[str, ...]:
    """Name every programme that there is a file of, in the order of the alphabet."""
    return tuple(sorted(_files()))


def unusable_programmes() -> tuple[Path, ...]:
    """Give the files of a clinic's own programmes that are not offered, because something is wrong with them."""
    names = {one.name for one in programmes()}
    return tuple(file for name, file in _files().items() if name not in names)


def programme_text(name: str) -> str:
    """Give a programme as it was written. Raises `UserError` that offers the nearest name."""
    wanted = spelt(name)
    if wanted not in _files():
        raise UserError(f"There is no programme '{name}'.", hint=offer(wanted, programme_names()))
    return file_text(_files()[wanted])


def read_programme(text: str) -> tuple[Programme | None, tuple[Diagnostic, ...]]:
    """Read and check a programme. Takes any text, never raises; None where an error keeps it from being used.

    >>> found, diagnostics = read_programme('name = "mine"')
    >>> found, diagnostics[0].code
    (None, 'P103')
    """
    from lowtide.content.programme_reader import read

    return read(text, library())


@cache
def library() -> Known:
    """Give what a programme may point at."""
    from lowtide.content.programme_reader import Known

    return Known(
        techniques=techniques(),
        heads=heads(),
        articles=tuple(one.name for one in articles()),
        script=script,
        programmes=programme_names(),
        programme=_other,
    )


@cache
def _files() -> Mapping[str, Path]:
    own, shipped = (sorted((where / FOLDER).glob(f"*{ENDING}")) for where in (named_folder(), folder()))
    return MappingProxyType({one.stem: one for one in (*own, *shipped)})  # nobody takes the place of one that ships


@cache
def _programmes() -> tuple[Programme, ...]:
    found = (_whole(name) for name in programme_names())
    return tuple(sorted(filter(None, found), key=lambda one: (bool(one.equal_to), len(one.weeks), one.name)))


def _whole(name: str) -> Programme | None:
    if not _files()[name].is_relative_to(folder()):
        return _own(_files()[name])
    from lowtide.content.programme_reader import read

    found, diagnostics = read(programme_text(name), library(), checked=False)
    if found is None:
        first = next(one for one in diagnostics if one.is_error)
        raise UserError(f"{FOLDER}/{name}{ENDING} of the library can not be used: {first}", hint="This is a bug.")
    return found


def _own(file: Path) -> Programme | None:
    """Read a clinic's own programme; None where it can not be used, or calls itself otherwise than its file."""
    from lowtide.content.programme_reader import read

    try:
        found, _diagnostics = read(file_text(file), library())
    except (OSError, UnicodeDecodeError):
        return None
    return found if found is not None and found.name == file.stem else None


def _other(name: str) -> Programme | None:
    """Read a programme that another says it is equal to; what that one is equal to is not asked."""
    from lowtide.content.programme_reader import read

    return read(programme_text(name), library(), checked=False)[0]
