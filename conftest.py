"""Sets Django up before the first module of the app is looked at, and not at all where none is."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent
APP = (ROOT / "src" / "lowtide" / "web", ROOT / "tests" / "web")


def pytest_collect_file(file_path: Path) -> None:
    if any(place in file_path.parents for place in APP):
        from django_set_up import set_up

        set_up()
