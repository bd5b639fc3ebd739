"""What ships with Lowtide: a name in, a script or a technique out, read from the package's own files.

Called by `pipeline` and the command line; `plan` and `compose` are handed what it reads. Law: what is read here is
whole. A table with a mistake is refused with one line that says where, and a script with an error is never handed out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lowtide.content.files import folder, offer, spelt
from lowtide.content.files import text as file_text
from lowtide.errors import UserError
from lowtide.model.library import Family, Technique
from lowtide.model.movement import Position
from lowtide.script import parse, read_only_head
from lowtide.script.nodes import Head, Script

SCRIPTS = "scripts"
ENDING = ".md"
OPENING = "opening.md"
BRIDGES = "bridges"
TECHNIQUES = "techniques.toml"
FIELDS = ("name", "title", "family", "summary", "scripts", "positions", "source")
"""What each entry of `techniques.toml` must say, and all that it may say."""
LISTS = ("scripts", "positions")


def techniques() -> tuple[Technique, ...]:
    """Give every technique of the library, in the order in which it is shown.

    >>> techniques()[0].name
    'body-scan'
    """
    return _techniques()


def technique(name: str) -> Technique:
    """Look a technique up by its name. Raises `UserError` that offers the nearest.

    >>> technique("body-scan").title
    'Body scan'
    """
    wanted = spelt(name)
    found = next((one for one in techniques() if one.name == wanted), None)
    if found:
        return found
    raise UserError(f"There is no technique '{name}'.", hint=offer(wanted, tuple(one.name for one in techniques())))


def script_names() -> tuple[str, ...]:
    """Name every script of the library, in the order of the alphabet.

    >>> "pmr" in script_names()
    True
    """
    return _script_names()


def script_text(name: str) -> str:
    """Give a script as it was written. Raises `UserError` that offers the nearest name.

    >>> script_text("body-scan").splitlines()[1]
    'title: A slow walk through the body'
    """
    wanted = spelt(name)
    if wanted not in script_names():
        raise UserError(f"There is no script '{name}' in the library.", hint=offer(wanted, script_names()))
    return file_text(_files()[wanted])


def script(name: str) -> Script:
    """Give a script, read. Raises `UserError` that offers the nearest name.

    >>> script("pmr").head.technique
    'pmr'
    """
    return _script(spelt(name))


def opening() -> Script:
    """Give the safety preamble that begins every session.

    >>> opening().head.title
    'Before we begin'
    """
    return _opening()


def bridge(change: str) -> Script:
    """Give what is said when a session is changed in the middle, by the name of the change.

    >>> bridge("imagine").head.title
    'From here on, imagining'
    """
    return _bridge(change)


def opening_text() -> str:
    """Give the safety preamble as it was written.

    >>> opening_text().splitlines()[1]
    'title: Before we begin'
    """
    return file_text(folder() / OPENING)


def heads() -> Mapping[str, Head]:
    """Give each script's head by the script's name, for choosing among them by length and position.

    >>> heads()["body-scan"].positions[0].value
    'lying'
    """
    return _heads()


@cache
def _techniques() -> tuple[Technique, ...]:
    return read_techniques(file_text(folder() / TECHNIQUES), script_names())


@cache
def _script_names() -> tuple[str, ...]:
    return tuple(sorted(_files()))


@cache
def _files() -> Mapping[str, Path]:
    """Find each script by its name, whichever family's folder it is in."""
    found = list((folder() / SCRIPTS).rglob(f"*{ENDING}"))
    assert len({one.stem for one in found}) == len(found), "two scripts have one name"
    return MappingProxyType({one.stem: one for one in found})


@cache
def _script(name: str) -> Script:
    text = script_text(name)
    return _whole(text, str(_files()[name].relative_to(folder())))


@cache
def _opening() -> Script:
    return _whole(opening_text(), OPENING)


@cache
def _bridge(change: str) -> Script:
    return _whole(file_text(folder() / BRIDGES / f"{change}{ENDING}"), f"{BRIDGES}/{change}{ENDING}")


@cache
def _heads() -> Mapping[str, Head]:
    return MappingProxyType({name: read_only_head(script_text(name)) for name in script_names()})


def _whole(text: str, where: str) -> Script:
    """Read a script of the library. An error in it is a mistake in the package, and is said as one.

    It is not checked as well: that every script of the library is clean is proved by a test, not at each start.
    """
    reading = parse(text)
    if reading.has_errors:
        first = next(diagnostic for diagnostic in reading.diagnostics if diagnostic.is_error)
        raise UserError(f"{where} of the library can not be used: {first}", hint="See 'lowtide check'.")
    return reading.script


def read_techniques(text: str, scripts: Iterable[str]) -> tuple[Technique, ...]:
    """Read the table of techniques; `scripts` are the names that it may point to.

    Raises `UserError` that says which entry is wrong, and how.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{TECHNIQUES} can not be read: {error}.", hint="See https://toml.io for the format.") from None
    unknown = sorted(set(table) - {"technique"})
    rows = table.get("technique")
    if unknown or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        what = f"has an unknown table '{unknown[0]}'" if unknown else "has no technique"
        raise UserError(f"{TECHNIQUES} {what}.", hint="Each technique is a [[technique]] with its fields.")
    known = frozenset(scripts)
    read_rows = tuple(_technique(row, number, known) for number, row in enumerate(rows, start=1))
    for number, one in enumerate(read_rows, start=1):
        if one.name in {earlier.name for earlier in read_rows[: number - 1]}:
            raise _wrong(number, one.name, "is there twice", "Give each technique its own name.")
    return read_rows


def _technique(row: dict[str, object], number: int, scripts: frozenset[str]) -> Technique:
    name = str(row.get("name", ""))
    for key in (*(key for key in FIELDS if key not in row), *(key for key in row if key not in FIELDS)):
        what = "is missing" if key in FIELDS else "is unknown"
        raise _wrong(number, name, f"'{key}' {what}", f"The fields are {', '.join(FIELDS)}.")
    values = {key: _words(row[key], number, name, key) for key in FIELDS}
    for wanted in values["scripts"]:
        if wanted not in scripts:
            raise _wrong(number, name, f"there is no script '{wanted}'", offer(wanted, tuple(sorted(scripts))))
    places = tuple(str(position) for position in Position)
    for place in values["positions"]:
        if place not in places:
            raise _wrong(number, name, f"there is no position '{place}'", offer(place, places))
    family = values["family"][0]
    if family not in tuple(Family):
        raise _wrong(number, name, f"there is no family '{family}'", offer(family, tuple(Family)))
    return Technique(
        name=name,
        title=values["title"][0],
        family=Family(family),
        summary=values["summary"][0],
        scripts=values["scripts"],
        positions=tuple(Position(place) for place in values["positions"]),
        source=values["source"][0],
    )


def _words(value: object, number: int, name: str, key: str) -> tuple[str, ...]:
    """Take one field as words: a list of them where the field is a list, else a single one."""
    many = key in LISTS
    words = value if isinstance(value, list) and many else [value]
    right = isinstance(value, list) is many and words and all(isinstance(word, str) and word.strip() for word in words)
    if not right:
        wanted = "a list of names" if many else "text"
        raise _wrong(number, name, f"'{key}' must be {wanted}", f"Write {key} = {'[…]' if many else chr(34) * 2}.")
    return tuple(str(word) for word in words)


def _wrong(number: int, name: str, what: str, hint: str) -> UserError:
    which = f"technique {number} ({name})" if name else f"technique {number}"
    return UserError(f"{TECHNIQUES}, {which}: {what}.", hint=hint)
