"""`lowtide import`: plain text in, a script and a report of every guess out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from lowtide.cli.check import LARGEST_SCRIPT_BYTES
from lowtide.cli.reading import STANDARD_INPUT, read_text
from lowtide.errors import Exit
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE, clock

ROOM = 1.1
"""So much a voice may be slower or quicker than the estimate before the suggested length is out of reach."""


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
    sys.stderr.write(result.report() + _next_step(output, result.text))
    return Exit.OK


def _next_step(output: str, script: str) -> str:
    """Say what to do with the script now, with a length that it can have."""
    import shlex

    if output == "-":
        return "Next: keep it with -o FILE.md, read it, and try 'lowtide check FILE.md'.\n"
    name = shlex.quote(output)
    minutes = _minutes(script)
    if not minutes:
        return f"Next: lowtide check {name}, then cut it: it is longer than the 12 hours that a session can be.\n"
    return f"Next: lowtide check {name}, then lowtide render {name} --minutes {minutes}\n"


def _minutes(script: str) -> str:
    """Choose a length well inside what the script can have: whole minutes, or a clock's time where none is inside.

    Empty where the script is longer than any session.
    """
    from lowtide.pipeline import reach_of
    from lowtide.script import read

    shortest_ms, longest_ms = reach_of(read(script).script)
    longest_ms = max(shortest_ms, min(longest_ms, LONGEST_MS))
    if shortest_ms > LONGEST_MS:
        return ""
    middle_ms = round((shortest_ms * longest_ms) ** 0.5)
    minutes = round(middle_ms / MS_PER_MINUTE)
    is_inside = shortest_ms * ROOM <= minutes * MS_PER_MINUTE <= longest_ms / ROOM
    return str(minutes) if is_inside else clock(round(middle_ms, -3))
