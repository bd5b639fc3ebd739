"""The reference of the script language says what the tests say."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from lowtide.model.body import REGIONS
from lowtide.model.movement import Kind
from lowtide.script import read
from lowtide.script.diagnostics import RULES
from lowtide.script.parsing.marks import FORMS

ROOT = Path(__file__).parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("script_manual", ROOT / "tools" / "script_manual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    """`make manual` brings it up to date."""
    tool = _tool()
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()


def test_every_code_is_explained_on_the_page() -> None:
    page = _tool().PAGE.read_text(encoding="utf-8")
    assert [code for code in RULES if f"| {code} |" not in page] == []


def test_every_mark_stands_in_the_first_table_and_can_be_written_as_it_says() -> None:
    marks = _tool().MARKS
    written = " ".join(row[0] for row in marks)
    assert [name for name in FORMS if not re.search(rf"\[{name}\b", written)] == []
    examples = [example for _, _, example in marks if not example.startswith(">") and "tense" not in example]
    script = "---\ntitle: T\n---\nRest.\n\n" + "\n\n".join(f"{example}\n\nRest." for example in examples)
    step = "\n".join(example for _, _, example in marks if example.startswith(">"))
    assert [str(one) for one in read(f"{script}\n\n{step}\n").diagnostics] == []


def test_every_kind_and_every_region_is_listed() -> None:
    page = _tool().PAGE.read_text(encoding="utf-8")
    lists = page.partition("## All kinds of movement")[2].partition("## The head")[0]
    assert [name for name in (*Kind, *REGIONS) if f"`{name}`" not in lists] == []


def test_every_chapter_can_be_reached_from_the_top() -> None:
    tool = _tool()
    page = tool.PAGE.read_text(encoding="utf-8")
    contents = page[: page.index("\n## ")]
    headings = re.findall(r"^## (.+)$", re.sub(r"^~~~.*?^~~~$", "", page, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    assert re.findall(r"^- \[(.+)\]\(#", contents, re.MULTILINE) == headings
    assert [name for name in headings if f"(#{tool.anchor(name)})" not in contents] == []


def test_mistakes_stand_behind_the_ordinary_cases() -> None:
    page = re.sub(
        r"^~~~markdown$.*?^~~~$", "", _tool().PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for chapter in page.split("\n## "):
        mistaken = ["\nerror " in example for example in chapter.split("\n### ")[1:]]
        assert mistaken == sorted(mistaken), chapter.partition("\n")[0]


def test_a_gate_is_explained_where_it_is_first_named() -> None:
    page = _tool().PAGE.read_text(encoding="utf-8")
    first = re.search(r"\bgates?\b", page, re.IGNORECASE)
    assert first
    assert page[first.start() - 2 : first.end() + 2] == "**gate**"
