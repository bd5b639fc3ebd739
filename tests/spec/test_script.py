"""The manual of the script language, run: each pair of `script/CHAPTER/NAME.md` and `NAME.expected` is one behaviour.

The first line of a `.expected` file says the behaviour; the rest is the tree, and after `---` the diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lowtide.script import Reading, limits, nodes, read, write
from lowtide.script.diagnostics import RULES
from lowtide.script.nodes import Node
from spec.script_dump import dump

PAIRS = sorted((Path(__file__).parent / "script").glob("*/*.md"))
EXAMPLES = [path for path in PAIRS if path.stem != "ABOUT"]
HEAD = "---\ntitle: T\n---\n"

TOO_MUCH: dict[str, Callable[[], str]] = {
    "S601": lambda: HEAD + "Rest. " * (limits.LONGEST_TEXT // 6),
    "S602": lambda: HEAD + "Rest.\n\n" * (limits.MOST_BLOCKS + 1),
    "S607": lambda: HEAD + "# Rounds [repeat 50]\n\n" + "Rest. Rest.\n\n" * (limits.MOST_WORDS // 100 + 1),
    "S608": lambda: HEAD + "Rest. " * (limits.LONGEST_PARAGRAPH // 6 + 1),
    "S609": lambda: HEAD + "Rest.\n\n" + "]\n" * (limits.MOST_SHOWN + 5),
}
"""Scripts too long for a page of the manual, by the code that they break."""


@cache
def _reading(path: Path) -> Reading:
    return read(path.read_bytes().decode())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_manual_is_true(path: Path) -> None:
    says, _, expected = path.with_suffix(".expected").read_text(encoding="utf-8").partition("\n")
    assert says.startswith("# ")
    assert dump(_reading(path)) == expected


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_is_written_back_without_loss(path: Path) -> None:
    script = _reading(path).script
    assert read(write(script)).script == script


@pytest.mark.parametrize("code", TOO_MUCH)
def test_what_is_too_much_is_an_error_and_not_a_crash(code: str) -> None:
    assert code in [diagnostic.code for diagnostic in read(TOO_MUCH[code]()).diagnostics]


@pytest.mark.parametrize("code", [code for code in TOO_MUCH if RULES[code].is_error])
def test_just_enough_is_not_too_much(code: str) -> None:
    """A script a little below each limit has nothing to mend but its long paragraph."""
    text = TOO_MUCH[code]()
    shorter = text[: len(text) - len(text) // 20]
    assert code not in [diagnostic.code for diagnostic in read(shorter).diagnostics]


def test_every_code_is_in_the_manual() -> None:
    seen = {diagnostic.code for path in EXAMPLES for diagnostic in _reading(path).diagnostics}
    assert set(RULES) - seen - set(TOO_MUCH) == set()


def test_every_kind_of_node_is_in_the_manual() -> None:
    kinds = {kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, Node)} - {Node}
    seen = {type(node) for path in EXAMPLES for node in _nodes(_reading(path).script)}
    assert kinds - seen == set()


def test_every_example_has_its_expectation_and_every_expectation_its_example() -> None:
    expectations = {path.with_suffix(".md") for path in (Path(__file__).parent / "script").glob("*/*.expected")}
    assert expectations == set(EXAMPLES)


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
        for name in value.__dataclass_fields__:
            yield from _nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
