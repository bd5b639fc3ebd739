"""`lowtide serve`: the app in a browser. Hands over to `lowtide.web`, which this module calls by name only."""

from __future__ import annotations

import os
import sys
from typing import Annotated

from cyclopts import Parameter

DEFAULT_PORT = 8000


def serve(
    *,
    for_me: Annotated[
        bool, Parameter(help="For whoever sits at this machine, without a password. The default.")
    ] = False,
    accounts: Annotated[bool, Parameter(help="Ask for accounts; only so may it listen beyond this machine.")] = False,
    host: Annotated[
        str, Parameter(help="The address to listen on; beyond this machine only with --accounts.")
    ] = "127.0.0.1",
    port: Annotated[int, Parameter(help="The port.")] = DEFAULT_PORT,
    open_browser: Annotated[
        bool | None,
        Parameter(name="--open", negative="--no-open", help="Open a browser; left out: only on a terminal."),
    ] = None,
) -> int:
    """Open the app: where it hurts, how long, and a session plays. Ctrl-C stops it.

    Such as

        lowtide serve
        lowtide serve --port 8080 --no-open
        LOWTIDE_HOSTS=lowtide.example.org lowtide serve --accounts --host 0.0.0.0
    """
    from lowtide.errors import UserError

    if for_me and accounts:
        raise UserError("--for-me and --accounts can not both be had.", hint="Choose one.")
    opens = sys.stderr.isatty() if open_browser is None else open_browser
    words = [
        "--accounts" if accounts else "--for-me",
        "--host",
        host,
        "--port",
        str(port),
        "--open" if opens else "--no-open",
    ]
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "lowtide.web", "serve", *words])  # noqa: S606 (no shell)
