"""The command line's front door: words in, an exit code out. One file beside this one for each command.

Law: every failure that a person can mend is one plain line on standard error; a traceback is a bug.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Sequence

_IS_MAIN = threading.current_thread() is threading.main_thread()
if _IS_MAIN:  # until `run` can answer a Ctrl-C, it ends the process as it ends any other, without a traceback
    _INTERRUPT = signal.signal(signal.SIGINT, signal.SIG_DFL)

from cyclopts import App, CycloptsError, Parameter  # noqa: E402

from lowtide.errors import Exit, LowtideError  # noqa: E402

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
    suppress_keyboard_interrupt=False,  # `run` says what is left
)
COMMANDS = {
    "serve": "app.serve:serve",
    "worker": "app.worker:worker",
    "session": "session:session",
    "render": "session:render",
    "check": "check:check",
    "import": "importing:import_plain_text",
    "screen": "screen:screen",
    "checkin": "learning.checkin:checkin",
    "report": "learning.report:report",
    "compare": "learning.compare:app",
    "library": "library:library",
    "programme": "library.programme:programme",
    "voices": "voices:app",
    "simulate": "simulate:simulate",
}
"""Each command's file and function; it is imported when it is called, so that one command does not wait for another."""

for name, where in COMMANDS.items():
    app.command(f"lowtide.cli.{where}", name=name)

OVERVIEW = ((), ("--help",), ("-h",))
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)
LONGEST_LINE = 600
"""Characters of a complaint; what somebody typed may be a megabyte long, and is cut in its middle."""


if _IS_MAIN:
    signal.signal(signal.SIGINT, _INTERRUPT)


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    sys.exit(run(words))


def _end(number: int, _frame: object) -> None:
    # Asked to end, as by a closed window or a service manager: what was begun is cleared away on the way out.
    sys.exit(128 + number)


def run(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; nothing but a bug is raised."""
    words = tuple(sys.argv[1:] if words is None else words)
    _mend_streams()
    try:
        if words in OVERVIEW:
            for name in COMMANDS:
                app[name]  # imports it, so that its line stands in the overview
        result = app(words, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return _complain(str(error), "See 'lowtide --help'.")
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


def _mend_streams() -> None:
    """Make the standard streams fit to be written to, whatever the caller's shell and language have made of them."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        while (place := os.open(os.devnull, os.O_RDWR)) <= 2:  # else the next file to be opened would be taken for one
            continue
        os.close(place)
        sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 (open as long as the process)
        sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name or a sign that this terminal can not show
    if os.environ.get("COLUMNS") == "0":  # some terminals say so before they know their width; help needs one
        del os.environ["COLUMNS"]


def _complain(message: str, hint: str = "") -> int:
    line = _one_line(f"lowtide: {message} {hint}")
    if len(line) > LONGEST_LINE:
        line = f"{line[: LONGEST_LINE // 2]} … {line[-LONGEST_LINE // 2 :]}"
    sys.stderr.write(line + "\n")
    return Exit.USAGE


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _plain(error: OSError) -> str:
    where = f" '{error.filename}'" if error.filename else ""
    if error.errno in FULL_DISK:
        return f"the disk is full{where}; nothing half-made is left."
    return f"{(error.strerror or str(error)).lower()}{where}."


def _leave_broken_pipe() -> int:
    # The reader went away: that is its right. Python would complain once more when it flushes, so point it elsewhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE if hasattr(signal, "SIGPIPE") else Exit.USAGE
