"""The package's own page is true: its names are there, and its example makes a recording."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import lowtide


@pytest.mark.parametrize("name", lowtide.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(lowtide, name).__doc__


@pytest.mark.parametrize("room", ["screen", "plan", "compose", "speak", "mix", "deliver", "content"])
def test_a_room_is_imported_by_its_name_whatever_was_imported_before(room: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", f"import lowtide.pipeline; from lowtide import {room}; print(type({room}).__name__)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == "module"


def test_the_example_of_the_package_makes_a_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path))
    assert lowtide.__doc__ is not None
    example = lowtide.__doc__[lowtide.__doc__.index("    from lowtide import") :]
    # The silent voice and three minutes: what is shown is that the lines run as they stand.
    example = example.replace("candidates()", "[find('silent')]").replace(
        "import Cache, candidates", "import Cache, find"
    )
    exec(textwrap.dedent(example.replace("600_000", "180_000")), {})  # noqa: S102
    assert (tmp_path / "session.mp3").stat().st_size > 180 * 128_000 / 8
