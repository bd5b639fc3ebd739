"""Sets Django up before the first module of the app is looked at, and not at all where none is."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent
TESTS = ROOT / "tests"
APP = (ROOT / "src" / "lowtide" / "web", TESTS / "web", TESTS / "living", TESTS / "remembering.py")


def pytest_collect_file(file_path: Path) -> None:
    if any(place in (file_path, *file_path.parents) for place in APP):
        from django_set_up import set_up

        set_up()
