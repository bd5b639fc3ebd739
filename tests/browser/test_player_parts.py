"""The player's parts that only reckon, tried in Node: the one that Playwright brings along."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent
PARTS = HERE.parents[1] / "src" / "lowtide" / "web" / "practice" / "static" / "practice" / "js" / "player"
TRIALS = sorted((HERE / "parts").glob("*.test.mjs"))


@pytest.mark.parametrize("trial", TRIALS, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_a_part_reckons_as_its_trial_says(trial: Path) -> None:
    node = compute_driver_executable()[0]
    run = subprocess.run(
        [str(node), "--test", str(trial)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_element_of_the_player_fits_on_a_page() -> None:
    long = {path.name: lines for path in (*PARTS.glob("*.js"), PARTS.with_suffix(".js"))
            if (lines := len(path.read_text().splitlines())) > 150}  # fmt: skip
    assert long == {}
