"""The script language: text in, a frozen tree and diagnostics out; a tree in, text out."""

from typing import TYPE_CHECKING, Any

from lowtide.script.diagnostics import Diagnostic
from lowtide.script.reader import Reading, read, read_only_head
from lowtide.script.writer import write

if TYPE_CHECKING:
    from lowtide.script.importing import Guess, Import, Recognised, SetAside, import_text

__all__ = [
    "Diagnostic",
    "Guess",
    "Import",
    "Reading",
    "Recognised",
    "SetAside",
    "import_text",
    "read",
    "read_only_head",
    "write",
]


def __getattr__(name: str) -> Any:
    """Load the import of plain text where it is asked for: no session needs it, and imports are latency."""
    if name not in ("Guess", "Import", "Recognised", "SetAside", "import_text"):
        raise AttributeError(name)
    from lowtide.script import importing

    return getattr(importing, name)
