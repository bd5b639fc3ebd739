"""`lowtide serve`: a port and a mode in, a running server; ends with an exit code.

Called by `lowtide.web.__main__`. Laws: without accounts it listens on this machine alone; everything that can go wrong
is said in one line before the first request; Ctrl-C stops at once.
"""

from __future__ import annotations

import argparse
import errno
import ipaddress
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lowtide.errors import Exit, UserError
from lowtide.web.project.environment.mode import (
    ADDRESS_VARIABLE,
    HOSTS_VARIABLE,
    HTTPS_VARIABLE,
    LOOPBACK,
    VARIABLE,
    Mode,
)

if TYPE_CHECKING:
    from lowtide.web.reminders.work.loop import Loop

DEFAULT_PORT = 8000
HIGHEST_PORT = 65_535
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (to say how such a server is reached from here)
LOOK_AGAIN_SECONDS = 0.02
GRACE_SECONDS = 1.0
"""Running requests have this long once the server is asked to stop; a stream has no end to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the server listens, and for whom."""

    mode: Mode
    host: str
    """A numeric address."""
    port: int
    opens_browser: bool

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        host = ANYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def main(words: Sequence[str]) -> int:
    """Serve until stopped; print one line for what a person can mend."""
    try:
        return serve(read(words))
    except UserError as error:
        sys.stderr.write(f"lowtide: {error}\n")
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def read(words: Sequence[str]) -> Place:
    """Read the command line; raise `UserError` for a place where this mode may not listen."""
    parser = argparse.ArgumentParser(prog="lowtide serve", add_help=True)
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--for-me", dest="mode", action="store_const", const=Mode.FOR_ME, default=Mode.FOR_ME)
    who.add_argument("--accounts", dest="mode", action="store_const", const=Mode.ACCOUNTS)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--open", dest="opens_browser", action=argparse.BooleanOptionalAction, default=False)
    told = parser.parse_args(words)
    if not 0 < told.port <= HIGHEST_PORT:
        raise UserError(f"--port can not be {told.port}.", hint=f"It goes from 1 to {HIGHEST_PORT}.")
    host = _numeric(told.host)
    if told.mode is Mode.FOR_ME and not ipaddress.ip_address(host).is_loopback:
        raise UserError(
            f"Without accounts, nobody beyond this machine is served, so --host can not be {told.host}.",
            hint="Try 'lowtide serve --accounts --host …'.",
        )
    return Place(mode=told.mode, host=host, port=told.port, opens_browser=told.opens_browser)


def _numeric(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError:
        raise UserError(f"--host can not be '{host}': there is no such machine.", hint="Try 127.0.0.1.") from None


def serve(place: Place) -> int:
    """Bring the tables up to date and serve."""
    _check_free(place)
    _tell_settings(place)
    import django

    django.setup()
    from django.conf import settings

    from lowtide.web.project.starting import bring_up_to_date

    bring_up_to_date(settings.DATA_FOLDER)
    from lowtide.web.practice.sound.studio import work_apart
    from lowtide.web.project.asgi import application
    from lowtide.web.reminders.work.loop import Loop

    work_apart()

    return _run(place, application, Loop())


def _check_free(place: Place) -> None:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise _not_free(place, error) from None


def _not_free(place: Place, error: OSError) -> UserError:
    if error.errno == errno.EADDRINUSE:
        return UserError(
            f"Port {place.port} is in use: perhaps Lowtide runs already at {place.address}.",
            hint=f"Else try --port {place.port + 1}.",
        )
    if error.errno == errno.EACCES:
        return UserError(f"Port {place.port} may not be used without rights.", hint=f"Try --port {DEFAULT_PORT}.")
    return UserError(f"{place.host} is not an address of this machine.", hint="Try --host 127.0.0.1.")


def _tell_settings(place: Place) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "lowtide.web.project.settings"
    os.environ[VARIABLE] = place.mode
    if not os.environ.get(HOSTS_VARIABLE):
        os.environ.setdefault(ADDRESS_VARIABLE, place.address)
    if place.mode is Mode.FOR_ME:
        return
    if ipaddress.ip_address(place.host).is_loopback:
        os.environ.setdefault(HTTPS_VARIABLE, "0" if not os.environ.get(HOSTS_VARIABLE) else "1")
    elif not os.environ.get(HOSTS_VARIABLE):
        raise UserError(
            f"{HOSTS_VARIABLE} does not say under which name this server is reached.",
            hint=f"Try {HOSTS_VARIABLE}=lowtide.example.org lowtide serve --accounts --host {place.host}",
        )
    else:
        os.environ[HOSTS_VARIABLE] = ",".join((os.environ[HOSTS_VARIABLE], *LOOPBACK))


def _run(place: Place, application: Any, reminding: Loop) -> int:
    import asyncio

    return asyncio.run(_until_stopped(place, application, reminding))


async def _until_stopped(place: Place, application: Any, reminding: Loop) -> int:
    import asyncio

    from granian.constants import Interfaces
    from granian.server.embed import Server

    server = Server(
        application, address=place.host, port=place.port, interface=Interfaces.ASGINL, websockets=False,
        log_enabled=False, log_access=False,
    )  # fmt: skip
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    with suppress(NotImplementedError):  # Windows: there a Ctrl-C is raised, and ends it as well
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
    running = loop.create_task(server.serve())
    announcing = loop.create_task(_announce_once_there(place, reminding))
    waiting = loop.create_task(stopped.wait())
    await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
    announcing.cancel()
    if not stopped.is_set():
        raise UserError(f"The server ended by itself on port {place.port}.", hint="Please try again.")
    _end_soon()
    server.stop()  # type: ignore[no-untyped-call]  # granian's embedded server is not typed
    await asyncio.wait((running,), timeout=GRACE_SECONDS)
    return _leave()


async def _announce_once_there(place: Place, reminding: Loop) -> None:
    # The server does not say when it listens; a connection does.
    import asyncio

    host = ANYWHERE.get(place.host, place.host)
    while True:
        try:
            _reader, writer = await asyncio.open_connection(host, place.port)
        except OSError:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        else:
            writer.close()
            _announce(place)
            return _remind(reminding)


def _announce(place: Place) -> None:
    sys.stderr.write(f"Lowtide is at {place.address} (Ctrl-C stops it).\n")
    sys.stderr.flush()
    if place.opens_browser and _has_screen():
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(place.address,), daemon=True).start()


def _remind(reminding: Loop) -> None:
    """Send reminders from here where the database is here; else say who does."""
    from django.db import connection

    if connection.vendor == "sqlite":
        reminding.start()
    else:
        sys.stderr.write("Reminders are sent by 'lowtide worker': run it beside this, on this machine or others.\n")


def _has_screen() -> bool:
    # Without a screen the browser that would be found is one for terminals, and would take this one over.
    is_unix = sys.platform not in ("darwin", "win32")
    return not is_unix or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _end_soon() -> None:
    # Threads that render, and streams that are read at the speed of listening, are not waited for: what they make is
    # whole or not there, and what a person has told is in the database before it was answered.
    timer = threading.Timer(GRACE_SECONDS, _leave)
    timer.daemon = True
    timer.start()


def _leave() -> int:
    sys.stderr.flush()
    os._exit(Exit.OK)
