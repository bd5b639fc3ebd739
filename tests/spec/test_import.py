"""The manual of the plain-text import, run: each `import/NAME.txt` becomes `NAME.expected.md` and says `NAME.report`.

Every text is invented here, one form that people write to a file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lowtide.script import import_text, read

TEXTS = sorted((Path(__file__).parent / "import").glob("*.txt"))
TITLE = "A practice"
"""Taken where a text has no title of its own."""


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_form_becomes_the_language(path: Path) -> None:
    found = import_text(path.read_text(encoding="utf-8"), title=TITLE)
    assert found.text == path.with_suffix(".expected.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_guess_is_reported_with_its_sureness(path: Path) -> None:
    found = import_text(path.read_text(encoding="utf-8"), title=TITLE)
    assert found.report() == path.with_suffix(".report").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_an_import_writes_has_nothing_to_mend(path: Path) -> None:
    assert not read(path.with_suffix(".expected.md").read_text(encoding="utf-8")).has_errors
