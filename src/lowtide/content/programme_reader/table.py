"""One table of a TOML file in, its values out, each of the kind that it must be; what is wrong goes to the findings.

Called by `reading`. Law: nothing raises; where a value is missing or wrong, its key is noted and a harmless value is
given, so that one pass finds everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar

from lowtide.content.programme_reader.places import Path, Places
from lowtide.script.diagnostics import Findings, nearest

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME = 60
FORMS = {str: '"…"', bool: "true or false", float: "30", int: "6", list: '["…", "…"]'}
"""How a value of each kind is written."""
WORDS = {str: "text", bool: "true or false", float: "a number", int: "a whole number", list: "a list of texts"}

Word = TypeVar("Word", bound=StrEnum)


class Table:
    """One table, with where it stands."""

    def __init__(self, row: dict[str, Any], path: Path, places: Places, findings: Findings, what: str) -> None:
        self.row, self.path, self.places, self.findings = row, path, places, findings
        self.what = what
        """What it is called in a message: `This week`."""

    def note(self, code: str, key: str = "", /, **values: object) -> None:
        """Note that a rule is broken at a key, or at the table itself."""
        line = self.places.line((*self.path, key) if key else self.path)
        self.findings.add(code, (line, 1), **values)

    def only(self, keys: tuple[str, ...]) -> None:
        """Note every key that is none of these."""
        for key in self.row:
            if key not in keys:
                self.note("P102", key, key=key, near=nearest(key, keys))

    def text(self, key: str, *, needed: bool = False) -> str:
        """Give a text; empty where there is none."""
        value = self._value(key, str, needed=needed)
        if needed and value is not None and not value.strip():
            self.note("P103", key, where=self.what, key=key, form=f"{key} = {FORMS[str]}")
        return str(value or "").strip()

    def name(self, key: str) -> str:
        """Give a stable name."""
        value = self.text(key, needed=True)
        if value and not (_NAME.fullmatch(value) and len(value) <= LONGEST_NAME):
            self.note("P105", key, value=value)
        return value

    def flag(self, key: str, *, usual: bool) -> bool:
        """Give true or false."""
        value = self._value(key, bool)
        return usual if value is None else bool(value)

    def number(self, key: str, least: float, most: float, *, usual: float | None = None) -> float:
        """Give a number of a range; `usual` where it is left out, and it is needed where there is no usual one."""
        value = self._value(key, float, needed=usual is None)
        if value is None:
            return least if usual is None else usual
        if not least <= value <= most:
            self.note("P107", key, key=key, value=f"{value:g}", least=f"{least:g}", most=f"{most:g}")
            return least
        return float(value)

    def whole(self, key: str, least: int, most: int, *, usual: int) -> int:
        """Give a whole number of a range."""
        value = self._value(key, int)
        if value is None:
            return usual
        if not least <= value <= most:
            self.note("P107", key, key=key, value=value, least=least, most=most)
            return usual
        return int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts."""
        value = self._value(key, list)
        if value is None:
            return ()
        if not all(isinstance(one, str) and one.strip() for one in value):
            self.note("P104", key, key=key, what=WORDS[list], form=f"{key} = {FORMS[list]}")
            return ()
        return tuple(one.strip() for one in value)

    def word(self, key: str, words: type[Word], what: str) -> Word | None:
        """Give one of some words."""
        value = self.text(key)
        if not value:
            return None
        known = tuple(str(one) for one in words)
        if value not in known:
            self.note("P106", key, what=what, value=value, near=nearest(value, known))
            return None
        return words(value)

    def tables(self, key: str, what: str) -> Iterator[Table]:
        """Go through the tables `[[… key]]`."""
        value = self.row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.note("P104", key, key=key, what="tables", form=f"[[{'.'.join(self._names(key))}]]")
            return
        for number, row in enumerate(value):
            yield Table(row, (*self.path, key, number), self.places, self.findings, what)

    def table(self, key: str, what: str) -> Table | None:
        """Give the table `[… key]`, where there is one."""
        value = self.row.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.note("P104", key, key=key, what="a table", form=f"[{'.'.join(self._names(key))}]")
            return None
        return Table(value, (*self.path, key), self.places, self.findings, what)

    def _names(self, key: str) -> list[str]:
        return [one for one in (*self.path, key) if isinstance(one, str)]

    def _value(self, key: str, kind: type, *, needed: bool = False) -> Any:
        """Give a value of a kind; None where there is none, or another kind."""
        value = self.row.get(key)
        if value is None:
            if needed:
                self.note("P103", where=self.what, key=key, form=f"{key} = {FORMS[kind]}")
            return None
        kinds = (int, float) if kind is float else kind
        if not isinstance(value, kinds) or (isinstance(value, bool) and kind is not bool):
            self.note("P104", key, key=key, what=WORDS[kind], form=f"{key} = {FORMS[kind]}")
            return None
        return value
