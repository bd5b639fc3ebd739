"""A name in, a file of the package out: where everything that ships lies, and what is said of a name that is not there.

Called by the readers beside it.
"""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """Give the folder of everything that ships."""
    return Path(__file__).parent


def text(file: Path) -> str:
    """Read a file of the package."""
    return file.read_text(encoding="utf-8")


def spelt(name: str) -> str:
    """Write a name as it is written on disk, however it was typed.

    >>> spelt(" Body Scan")
    'body-scan'
    """
    return name.strip().lower().replace(" ", "-").replace("_", "-")


def offer(wanted: str, names: tuple[str, ...]) -> str:
    """Suggest the nearest names, or all where none is near.

    >>> offer("body-scn", ("body-scan", "pmr"))
    'Perhaps body-scan?'
    """
    import difflib

    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    return f"Perhaps {' or '.join(near)}?" if near else f"There are {', '.join(names)}."
