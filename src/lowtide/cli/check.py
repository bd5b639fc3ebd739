"""`lowtide check`: scripts in, their diagnostics out, one line each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lowtide.cli.reading import read_text
from lowtide.errors import Exit, UserError
from lowtide.model.time import counted

if TYPE_CHECKING:
    from lowtide.script.nodes import Script

UNMARKED_MOVEMENT = "S406"
"""The warning for a sentence that asks a body to move without saying so."""
LARGEST_SCRIPT_BYTES = 4_000_000
"""About 60 hours of speech; a larger file is not a script."""


def check(*scripts: Path) -> int:
    """Tell what is wrong with scripts, as FILE:LINE:COLUMN CODE message. Ends with 1 when there is an error.

    Such as

        lowtide check my-scan.md
    """
    from lowtide.script import read

    if not scripts:
        raise UserError("Nothing to check.", hint="Name at least one script: lowtide check my-scan.md")
    errors = warnings = 0
    for path in scripts:
        reading = read(read_text(path, LARGEST_SCRIPT_BYTES))
        for diagnostic in reading.diagnostics:
            sys.stdout.write(f"{path}:{diagnostic}\n")
            errors += diagnostic.is_error
            warnings += not diagnostic.is_error
        if not reading.has_errors:
            sys.stderr.write(f"{path}: {_reach(reading.script)}\n")
    sys.stderr.write(
        f"{counted(len(scripts), 'script')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}.\n"
    )
    return Exit.FINDINGS if errors else Exit.OK


def _reach(script: Script) -> str:
    from lowtide.model.time import span
    from lowtide.pipeline import reach_of

    try:
        return f"can be {span(*reach_of(script))} long."
    except UserError as error:
        return str(error)


def read_clean(path: Path) -> Script:
    """Read a script to be rendered; raise `UserError` with its first error where it has any."""
    from lowtide.script import read

    reading = read(read_text(path, LARGEST_SCRIPT_BYTES))
    errors = [diagnostic for diagnostic in reading.diagnostics if diagnostic.is_error]
    if errors:
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise UserError(f"{path}:{errors[0]}{more}.", hint=f"'lowtide check {path}' shows all.")
    unmarked = sorted({diagnostic.line for diagnostic in reading.diagnostics if diagnostic.code == UNMARKED_MOVEMENT})
    if unmarked:
        lines = ", ".join(str(line) for line in unmarked)
        sys.stderr.write(
            f"lowtide: {path} seems to ask for movements that it does not mark (line {lines}): they are spoken as they "
            f"stand, to whoever listens. 'lowtide check {path}' shows how to mark them.\n"
        )
    return reading.script
