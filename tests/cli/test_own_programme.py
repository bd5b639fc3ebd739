"""A clinic's own programme: a file in the data folder, offered beside those that ship, or left out with a line."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

SHIPPED = files("lowtide").joinpath("content", "programmes", "gentle-start.toml").read_text(encoding="utf-8")
OWN = SHIPPED.replace('name = "gentle-start"', 'name = "our-weeks"', 1).replace('title = "', 'title = "Ours: ', 1)


def listed(data: Path) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from lowtide.cli.main import main; main()", "programme"],
        env=os.environ | {"LOWTIDE_DATA": str(data)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout, done.stderr


def test_a_clinics_own_programme_stands_beside_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "our-weeks.toml").write_text(OWN, encoding="utf-8")
    out, complaints = listed(tmp_path)
    assert [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")] == [
        "gentle-start", "our-weeks", "mbsr-style", "health-enhancement",
    ]  # fmt: skip
    assert complaints == ""


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("our-weeks.toml", OWN.replace("[[week]]", "[[weak]]").encode()),
        ("other-name.toml", OWN.encode()),
        ("our-weeks.toml", b"\xff\xfe"),
        ("mbsr.toml", SHIPPED.replace('name = "gentle-start"', 'name = "mbsr-style"', 1).encode()),
    ],
)
def test_one_that_is_wrong_is_left_out_and_named(tmp_path: Path, file: str, content: bytes) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / file).write_bytes(content)
    out, complaints = listed(tmp_path)
    assert [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")] == [
        "gentle-start", "mbsr-style", "health-enhancement",
    ]  # fmt: skip
    assert complaints.count("\n") == 1
    assert f"{file} is not offered" in complaints


def test_nobody_takes_the_place_of_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "gentle-start.toml").write_text(OWN, encoding="utf-8")
    assert "Ours: " not in listed(tmp_path)[0]
