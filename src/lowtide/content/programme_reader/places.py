"""A TOML text in, the line of each of its keys out: Python's own reader forgets where it has read something.

Called by `reading`, with texts that could be read. Where a key is written in a way that is not looked for (quoted, or
inside braces), the line of what it stands in is given.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Where a value stands: `("week", 0, "practice", 2, "minutes")`."""

_QUOTED = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_TABLE = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\s-]+?)\s*\]\]?\s*$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


class Places:
    """The lines of a text's keys and tables."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.found: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        table: Path = ()
        depth = 0
        for number, line in enumerate(_QUOTED.sub(_blank, "\n".join(self.lines)).split("\n"), 1):
            header = None if depth else _TABLE.fullmatch(line)
            key = None if depth or header else _KEY.match(line)
            if header:
                table = self._open(header[2], is_one_of_many=len(header[1]) == 2)
                self.found[table] = number
            elif key:
                self.found.setdefault((*table, key[1]), number)
            if not header:
                depth = max(0, depth + sum(map(line.count, "[{")) - sum(map(line.count, "]}")))

    def _open(self, dotted: str, *, is_one_of_many: bool) -> Path:
        path: Path = ()
        *outer, last = (name.strip() for name in dotted.split("."))
        for name in outer:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        path = (*path, last)
        if is_one_of_many:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
        return path

    def line(self, path: Path) -> int:
        """Give the line of a value, or of the nearest thing around it that has one."""
        while path not in self.found:
            path = path[:-1]
        return self.found[path]

    def inside(self, path: Path, text: str, offset: int) -> int:
        """Give the line of a place in a text that may go over several."""
        line = self.line(path)
        begins_below = self.lines[line - 1].rstrip().endswith(('"""', "'''"))
        return min(len(self.lines), line + begins_below + text.count("\n", 0, offset))


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if letter == "\n" else " " for letter in match[0])
