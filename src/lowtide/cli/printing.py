"""What a person reads while and after a command works: words and progress in, text on the terminal out.

Law: standard output is for what was asked for; everything else goes to standard error, so that `-o -` stays clean.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lowtide.pipeline import Progress

WIDTH = 100


def note(text: str) -> None:
    """Print paragraphs on standard error, folded to a readable width."""
    import textwrap

    for paragraph in text.splitlines():
        sys.stderr.write((textwrap.fill(paragraph, WIDTH, subsequent_indent="  ") if paragraph else "") + "\n")


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Give a function to be told (done, all): it draws a bar on a terminal, and nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    # rich takes 40 ms to import, which only a terminal should pay for.
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
