"""The house keeps its own rules: sizes, names, docstrings of fields, what may be written in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES, MOST_FILES = 400, 40, 14
EMPTY_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "manager",
    "misc",
    "data",
    "process",
    "handler",
    "handlers",
}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|home/\w+|root|Users/\w+)/")
HOSTS = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org")


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    assert [f"{p.relative_to(ROOT)}: {n}" for p in SOURCES if (n := len(p.read_text().splitlines())) > MOST_LINES] == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert [name for path in SOURCES for name, lines in _functions(path) if lines > MOST_FUNCTION_LINES] == []


def test_every_name_says_something() -> None:
    assert [str(path) for path in SOURCES if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES] == []


def test_no_folder_holds_more_than_a_glance_can_take_in() -> None:
    folders = {path.parent for path in SOURCES}
    crowded = {str(f.relative_to(ROOT)): n for f in folders if (n := len(list(f.glob("*.py")))) > MOST_FILES}
    assert crowded == {}


def test_every_module_says_what_it_takes_and_gives() -> None:
    assert [str(path.relative_to(ROOT)) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_package_files_only_re_export() -> None:
    allowed = ast.Expr | ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.If | ast.FunctionDef
    for path in (path for path in SOURCES if path.name == "__init__.py"):
        for node in ast.parse(path.read_text()).body:
            assert isinstance(node, allowed), f"{path}:{node.lineno}"
            if isinstance(node, ast.FunctionDef):
                assert node.name in {"__getattr__", "__dir__"}, f"{path}:{node.lineno} {node.name}"


MADE_HERE = {".git", ".venv", "out", "dist", "build", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def _written() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*")):
        name = path.relative_to(ROOT)
        if MADE_HERE.isdisjoint(name.parts) and path.is_file() and name.name != "uv.lock":
            try:
                yield str(name), path.read_text()
            except UnicodeDecodeError:
                continue


def test_no_path_of_a_machine_and_no_registry_is_written_down() -> None:
    here = str(Path(__file__).relative_to(ROOT))
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in _written()
        if name != here
        for match in (*MACHINE_PATHS.finditer(text), *HOSTS.finditer(text))
    ]
    assert found == []


def test_every_document_that_is_linked_is_there() -> None:
    for page in ROOT.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text()):
            assert (ROOT / target).exists(), f"{page.name} links to {target}"
