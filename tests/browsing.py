"""A real server and a real browser for tests: the program a person starts, and Chromium as they would hold it."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--mute-audio",
)
"""Chromium asks nobody anything and makes no sound; a container gives it no sandbox of its own."""
PHONE, DESKTOP = (390, 844), (1280, 800)
START_SECONDS = 60
END_SECONDS = 10
PATIENCE_MS = 8_000
"""How long a page may take to show what a test waits for; far more than it needs on a busy machine."""
CARRIED = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
"""What a server started by hand would know of the machine; nothing of the tests' own settings."""

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
WCAG = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
"""What axe is asked: all of WCAG 2.2 AA, and what its makers hold for good practice."""


_FINDS = "options => axe.run(document, options).then(found => found.violations)"


def axe(page: Page, asked: Mapping[str, object] = WCAG) -> list[dict[str, Any]]:
    """Give what axe finds wrong with the page as it is; what it finds right is long, and stays in the browser."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_FINDS, asked)
    return found


@dataclass(frozen=True)
class App:
    """A running Lowtide with an empty data folder of its own."""

    url: str
    """Without a slash at the end."""
    data: Path
    log: Path


MADE = (
    "import django; django.setup(); from django.conf import settings; "
    "from lowtide.web.project.starting import bring_up_to_date; bring_up_to_date(settings.DATA_FOLDER)"
)


@cache
def _empty_database() -> Path:
    # Made once for each worker, as the server makes it at its first start (`tests/web/test_serve.py` tries that):
    # dozens of servers would each spend seconds on the same empty tables.
    folder = Path(tempfile.mkdtemp(prefix="lowtide-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = {"LOWTIDE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "lowtide.web.project.settings"}
    subprocess.run([sys.executable, "-c", MADE], env=_known() | app, check=True)
    return next(folder.glob("*.sqlite3"))


def _known() -> dict[str, str]:
    return {name: os.environ[name] for name in CARRIED if name in os.environ}


@contextmanager
def served(folder: Path, *, mode: str = "--for-me", **settings: str) -> Iterator[App]:
    """Start `lowtide serve --for-me`, or in another mode, as a process and end it with the block."""
    data, log = folder / "data", folder / "server.log"
    data.mkdir(exist_ok=True)
    if "DATABASE_URL" not in settings and not any(data.iterdir()):
        shutil.copy(_empty_database(), data)
    port = _free_port()
    words = [sys.executable, "-m", "lowtide.web", "serve", mode, "--port", str(port), "--no-open"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            words,
            env={**_known(), "LOWTIDE_DATA": str(data), **settings},
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
        )
    try:
        _wait_for(port, process, log)
        yield App(url=f"http://127.0.0.1:{port}", data=data, log=log)
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        assert process.poll() is None, f"the server ended by itself:\n{log.read_text()}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not come up:\n{log.read_text()}")


@dataclass
class Watch:
    """Everything that must not happen while a page is open, collected so that the test fails at its end."""

    app: App
    seen: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    """Parts of messages that a test brings about on purpose, such as `404`."""

    def over(self, context: BrowserContext) -> None:
        """Watch a context: its console, its scripts, what it asks for and what it gets."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("request", lambda request: self._request(request.url))
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and not url.startswith(f"{self.app.url}/"):
            self.seen.append(f"asked another host: {url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status}: {response.url}")

    def wrong(self) -> list[str]:
        """Give what happened and was not expected."""
        return [line for line in self.seen if not any(part in line for part in self.expected)]


@dataclass
class Visit:
    """A browser window with a person in front of it."""

    context: BrowserContext
    page: Page
    app: App
    watch: Watch

    def go(self, path: str) -> Page:
        """Open an address of the app."""
        self.page.goto(self.app.url + path)
        return self.page


def launched(playwright: Playwright) -> Browser:
    """Start the system's Chromium."""
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))


@contextmanager
def visiting(browser: Browser, app: App, size: tuple[int, int] = PHONE, **wishes: Any) -> Iterator[Visit]:
    """Open a window of a size; `wishes` are Playwright's (`color_scheme`, `java_script_enabled` …)."""
    given = {"viewport": {"width": size[0], "height": size[1]}, "locale": "en-GB", "has_touch": size[0] < 800, **wishes}
    context = browser.new_context(**given)
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(app)
    watch.over(context)
    try:
        yield Visit(context=context, page=context.new_page(), app=app, watch=watch)
    finally:
        context.close()
    wrong = watch.wrong()
    assert not wrong, "\n".join(wrong)
