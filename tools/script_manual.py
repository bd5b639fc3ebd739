"""The reference of the script language: the spec tests in, `docs/reference/script-language.md` out.

Run by `make manual`: `.venv/bin/python tools/script_manual.py`. A test fails while the page is not up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lowtide.script.diagnostics import GROUPS, RULES

ROOT = Path(__file__).parent.parent
CHAPTERS = ROOT / "tests" / "spec" / "script"
PAGE = ROOT / "docs" / "reference" / "script-language.md"
CONTROL = {7: "\u2407"}
"""What an example shows in place of a character that nobody can see."""

INTRODUCTION = """\
# The script language

<!-- Made from tests/spec/script by tools/script_manual.py: change it there, then run `make manual`. -->

A guided meditation is written as a Markdown file that a teacher could read aloud as it stands. What the text can not
say by itself stands in square brackets. Each example below is a test: first the script, then what Lowtide reads in it,
and after `---` what it has to say about it. An error must be mended before a session can be made; a warning need not.
"""


def page() -> str:
    """Make the whole page."""
    return "\n".join([INTRODUCTION, *_chapters(), *_codes()])


def _chapters() -> Iterator[str]:
    for folder in sorted(path for path in CHAPTERS.iterdir() if path.is_dir()):
        about = (folder / "ABOUT.md").read_text(encoding="utf-8")
        yield "#" + about
        for source in sorted(path for path in folder.glob("*.md") if path.stem != "ABOUT"):
            yield from _example(source)


def _example(source: Path) -> Iterator[str]:
    says, _, expected = source.with_suffix(".expected").read_text(encoding="utf-8").partition("\n")
    script = source.read_text(encoding="utf-8").translate(CONTROL)
    yield f"### {source.stem.replace('-', ' ').capitalize()}\n\n{says.removeprefix('# ')}\n"
    yield f"~~~markdown\n{script.rstrip()}\n~~~\n"
    yield f"~~~text\n{expected.rstrip()}\n~~~\n"


def _codes() -> Iterator[str]:
    yield "## Every code\n"
    for start, group in GROUPS.items():
        yield f"### {start}: {group}\n\n| code | | message | hint |\n|---|---|---|---|"
        for rule in RULES.values():
            if rule.code.startswith(start):
                weight = "error" if rule.is_error else "warning"
                yield f"| {rule.code} | {weight} | {_cell(rule.message)} | {_cell(rule.hint)} |"
        yield ""


def _cell(text: str) -> str:
    """Write a message's template as a cell of a table; what is filled in stands in braces."""
    return text.replace("\\", r"\\").replace("{{", "{").replace("}}", "}").replace("|", r"\|").replace(">", r"\>")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
