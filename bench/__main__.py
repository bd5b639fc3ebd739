"""`make bench`: every goal of speed, memory and exactness beside its figure, and beside the peers that are installed.

python -m bench [--readme]     --readme also puts the table into README.md, between its marks
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.goals import Row

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def rows() -> Iterator[Row]:
    """Measure everything, in the order of the table."""
    from bench import goals, learning, listeners
    from bench.material import MINUTES, prepared
    from lowtide import speak

    cache = speak.Cache()
    made = prepared(cache)
    yield from goals.rendering(made, MINUTES)
    yield from goals.mixing(made)
    yield from goals.memory()
    yield from goals.first_byte()
    yield from goals.first_sound(made)
    yield from goals.one_sentence(made, cache)
    yield from goals.exactness(cache)
    yield from goals.composing(cache)
    yield from goals.same_bytes(made)
    yield from learning.rows()
    yield from listeners.rows()


def main() -> None:
    """Print the table, and keep it in the README where that is asked for."""
    from bench.measure import machine

    # Bytecode is part of an installed program: without it every figure of a cold start would measure the compiler.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LOWTIDE_CACHE"] = folder
        lines = [
            f"Measured on {machine()}; every row within one run.",
            "",
            "| what | figure | goal | |",
            "|---|---|---|---|",
        ]
        for line in lines:
            sys.stdout.write(line + "\n")
        for row in rows():
            mark = {True: "reached", False: "missed", None: ""}[row.is_reached]
            lines.append(f"| {row.what} | {row.figure} | {row.goal} | {mark} |")
            sys.stdout.write(lines[-1] + "\n")
            sys.stdout.flush()
    if "--readme" in sys.argv:
        before, _, rest = README.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        README.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after)


if __name__ == "__main__":
    main()
