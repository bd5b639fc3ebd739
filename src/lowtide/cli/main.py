"""The command line's front door: words in, an exit code out. One file beside this one for each command.

Law: every failure that a person can mend is one plain line on standard error; a traceback is a bug.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter

from lowtide.errors import Exit, LowtideError

app = App(
    name="lowtide",
    help="""Guided meditation for back pain that fits the person, the day and the minute.

    Begin with: lowtide session --minutes 10 --where lower-back:6 -o session.mp3

    Lowtide is not a medical device. Sharp, spreading or lasting pain means stop. 'lowtide screen' tells when to see
    someone first.
    """,
    version_flags=["--version"],
    help_format="markdown",
    default_parameter=Parameter(negative="", show_default=False),
    result_action="return_value",
)
COMMANDS = {
    "session": "session:session",
    "render": "session:render",
    "check": "check:check",
    "import": "importing:import_plain_text",
    "screen": "screen:screen",
    "library": "library:library",
    "voices": "voices:app",
}
"""Each command's file and function; it is imported when it is called, so that one command does not wait for another."""

for name, where in COMMANDS.items():
    app.command(f"lowtide.cli.{where}", name=name)

OVERVIEW = ((), ("--help",), ("-h",))
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    sys.exit(run(words))


def run(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; nothing but a bug is raised."""
    words = tuple(sys.argv[1:] if words is None else words)
    if words in OVERVIEW:
        for name in COMMANDS:
            app[name]  # imports it, so that its line stands in the overview
    try:
        result = app(words, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return _complain(_one_line(str(error)), "See 'lowtide --help'.")
    except LowtideError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped; nothing half-made is left.")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return _leave_broken_pipe()
    except OSError as error:
        return _complain(_plain(error))
    return result if isinstance(result, int) else Exit.OK


def _complain(message: str, hint: str = "") -> int:
    sys.stderr.write(f"lowtide: {message} {hint}".rstrip() + "\n")
    return Exit.USAGE


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(error: OSError) -> str:
    where = f" '{error.filename}'" if error.filename else ""
    if error.errno in FULL_DISK:
        return f"the disk is full{where}; nothing half-made is left."
    return f"{(error.strerror or str(error)).lower()}{where}."


def _leave_broken_pipe() -> int:
    # The reader went away: that is its right. Python would complain once more when it flushes, so point it elsewhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE if hasattr(signal, "SIGPIPE") else Exit.USAGE
