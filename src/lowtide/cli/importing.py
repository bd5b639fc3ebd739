"""`lowtide import`: plain text in, a script and a report of every guess out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from lowtide.cli.check import LARGEST_SCRIPT_BYTES
from lowtide.cli.reading import STANDARD_INPUT, read_text
from lowtide.errors import Exit


def import_plain_text(
    text: Path,
    /,
    *,
    output: Annotated[
        str,
        Parameter(
            name=["--output", "-o"], allow_leading_hyphen=True, help="The script to write; '-' for standard output."
        ),
    ] = "-",
    title: Annotated[str, Parameter(help="The script's title, where the text has none.")] = "",
    force: Annotated[bool, Parameter(help="Replace a file that is there.")] = False,
) -> int:
    """Turn a plain relaxation text into a script, and tell how sure each guess is.

    Such as

        lowtide import from-my-teacher.txt -o my-scan.md
    """
    from lowtide.script import import_text

    source = read_text(text, LARGEST_SCRIPT_BYTES)
    result = import_text(source, title=title or (text.stem if text != STANDARD_INPUT else ""))
    if output == "-":
        sys.stdout.buffer.write(result.text.encode())  # a script is UTF-8, whatever the terminal speaks
        sys.stdout.buffer.flush()
    else:
        from lowtide.deliver import write_file

        write_file(Path(output), [result.text.encode()], force=force)
    sys.stderr.write(result.report())
    return Exit.OK
