"""Safety is a type: a session needs a clearance, and only screening makes one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "lowtide"
MAKERS = {"Clearance", "Verdict"}


def _calls(source: str) -> list[tuple[int, str, ast.Call]]:
    """List the calls of a source with their line and the name they call, aliases read as what they stand for."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            found.append((node.lineno, names.get(name, name), node))
    return found


def makers_in(source: str) -> list[int]:
    """List the lines that construct a clearance or a verdict, or change a clearance that is there."""
    return [
        line
        for line, name, call in _calls(source)
        if name in MAKERS or (name == "replace" and call.args and _is_clearance(call.args[0]))
    ]


def _is_clearance(value: ast.expr) -> bool:
    """Say whether a value is named as a clearance; what is only made with the help of one is not."""
    return isinstance(value, ast.Name | ast.Attribute) and "clearance" in ast.unparse(value).lower()


def test_only_screening_makes_a_clearance() -> None:
    makers = {path: lines for path in sorted(SOURCE.rglob("*.py")) if (lines := makers_in(path.read_text()))}
    assert [str(path.relative_to(SOURCE)) for path in makers] == ["screen/verdict.py"]


@pytest.mark.parametrize(
    "source",
    [
        "from lowtide.model.clearance import Clearance\nClearance(allowed=frozenset())",
        "from lowtide.model.clearance import Clearance as Free\nFree(allowed=frozenset())",
        "from lowtide.model import clearance\nclearance.Clearance(allowed=frozenset())",
        "from dataclasses import replace\nreplace(plan.clearance, spared=frozenset())",
        "import dataclasses\ndataclasses.replace(clearance, spared=frozenset())",
    ],
)
def test_the_search_sees_every_way_to_make_one(source: str) -> None:
    assert makers_in(source) == [2]
