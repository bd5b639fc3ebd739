"""The script language: text in, a frozen tree and diagnostics out; a tree in, text out."""

from lowtide.script.diagnostics import Diagnostic
from lowtide.script.reader import Reading, read
from lowtide.script.writer import write

__all__ = ["Diagnostic", "Reading", "read", "write"]
