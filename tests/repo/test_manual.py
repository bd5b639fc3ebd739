"""The reference of the script language says what the tests say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from lowtide.script.diagnostics import RULES

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
