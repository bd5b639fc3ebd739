"""What the README shows is so: its script is clean and renders, its profile is read, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lowtide.cli.main import COMMANDS
from lowtide.cli.person.profile_file import read_profile
from lowtide.pipeline import reach_of
from lowtide.script import read

README = (Path(__file__).parents[2] / "README.md").read_text()


def fenced(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_the_script_is_clean_and_fills_fifteen_minutes() -> None:
    reading = read(fenced("markdown"))
    assert reading.diagnostics == ()
    shortest, longest = reach_of(reading.script)
    assert shortest < 5 * 60_000 < 15 * 60_000 < longest


def test_the_profile_is_read(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text(fenced("toml"))
    assert read_profile(path).age_years == 47


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"| `lowtide {command}" in README


def test_every_setting_is_documented() -> None:
    sources = (Path(__file__).parents[2] / "src").rglob("*.py")
    settings = {name for path in sources for name in re.findall(r'"(LOWTIDE_[A-Z_]+)"', path.read_text())}
    assert settings
    assert {name for name in settings if name not in README} == set()
