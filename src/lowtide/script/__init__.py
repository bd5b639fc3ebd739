"""The script language: text in, a frozen tree and diagnostics out; a tree in, text out."""

from typing import TYPE_CHECKING, Any

from lowtide.script.diagnostics import Diagnostic
from lowtide.script.reader import Reading, parse, read, read_only_head

if TYPE_CHECKING:
    from lowtide.script.importing import Guess, Import, Recognised, SetAside, import_text
    from lowtide.script.writer import write

__all__ = [
    "Diagnostic",
    "Guess",
    "Import",
    "Reading",
    "Recognised",
    "SetAside",
    "import_text",
    "parse",
    "read",
    "read_only_head",
    "write",
]


_LATER = {
    "Guess": "importing", "Import": "importing", "Recognised": "importing", "SetAside": "importing",
    "import_text": "importing", "write": "writer",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load the import of plain text and the writer where they are asked for: no session needs them."""
    if name not in _LATER:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"lowtide.script.{_LATER[name]}"), name)
