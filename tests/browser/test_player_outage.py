"""When the server dies while a session plays, or the session is deleted: the page says so, and goes on after a tap."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import CARRIED, PHONE, App, Visit, _free_port, _wait_for, visiting
from hearing import AUDIO, audio, play, ready, state, until
from made_sessions import sessions

LENGTH_MS = 600_000
BEGIN_S = 100
AWAY = ("ERR_", "Failed to load resource", "fetching the script")
"""What a browser says in its console because nobody answers."""
TO_THE_END_OF_WHAT_IS_THERE = f"{AUDIO}.currentTime = {AUDIO}.buffered.end({AUDIO}.buffered.length - 1) - 0.5"


@dataclass
class Server:
    """A server that can be killed and started again at the same address."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> App:
        """Start it, and wait until it listens."""
        data, log = self.folder / "data", self.folder / "server.log"
        data.mkdir(exist_ok=True)
        words = [sys.executable, "-m", "lowtide.web", "serve", "--for-me", "--port", str(self.port), "--no-open"]
        known = {name: os.environ[name] for name in CARRIED if name in os.environ}
        with log.open("ab") as out:
            self.process = subprocess.Popen(words, env={**known, "LOWTIDE_DATA": str(data)}, stdout=out, stderr=out)
        _wait_for(self.port, self.process, log)
        return App(url=f"http://127.0.0.1:{self.port}", data=data, log=log)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path, _free_port())
    yield one
    one.kill()


def playing(visit: Visit, name: str, at_s: float) -> Page:
    page = visit.go(f"/sessions/{name}/")
    ready(page)
    play(page)
    page.evaluate(f"{AUDIO}.currentTime = {at_s}")
    until(page, f"{AUDIO}.currentTime > {at_s + 0.3} && !{AUDIO}.seeking")
    return page


def test_a_server_that_was_killed_is_named_and_after_a_tap_it_goes_on_where_it_was(
    chromium: Browser, server: Server
) -> None:
    app = server.start()
    (name,) = sessions(app.data, [{"length_ms": LENGTH_MS}])
    with visiting(chromium, app, PHONE) as visit:
        visit.watch.expected.update(AWAY)
        page = playing(visit, name, BEGIN_S)
        server.kill()
        page.evaluate(TO_THE_END_OF_WHAT_IS_THERE)
        expect(page.locator(".told")).to_contain_text("Lowtide does not answer", timeout=20_000)
        at = audio(page, "currentTime")
        assert at > BEGIN_S
        assert audio(page, "paused")
        server.start()
        assert audio(page, "paused")  # it never goes on by itself
        play(page)
        assert audio(page, "currentTime") == pytest.approx(at, abs=5)
        assert state(page) == "playing"
        expect(page.locator(".told")).to_be_empty()


def test_heard_to_the_end_without_a_server_the_page_stays_and_says_so(chromium: Browser, server: Server) -> None:
    app = server.start()
    (name,) = sessions(app.data, [{"length_ms": LENGTH_MS}])
    with visiting(chromium, app, PHONE) as visit:
        visit.watch.expected.update(AWAY)
        visit.context.route(re.compile("service-worker"), lambda route: route.abort())  # it would keep the message
        page = playing(visit, name, LENGTH_MS / 1000 - 3)
        server.kill()
        expect(page.locator(".told")).to_contain_text("You have heard it to the end", timeout=20_000)
        kept = page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('lowtide-place'))?.[1]")
        assert f'"at_ms":{LENGTH_MS}' in kept


def test_who_deletes_everything_in_another_tab_is_told_so_in_the_first(chromium: Browser, new_app: App) -> None:
    (name,) = sessions(new_app.data, [{"length_ms": LENGTH_MS}])
    with visiting(chromium, new_app, PHONE) as visit:
        visit.watch.expected.update(("404", "ERR_"))
        page = playing(visit, name, BEGIN_S)
        other = visit.context.new_page()
        other.goto(f"{new_app.url}/takeout/")
        other.get_by_role("textbox").last.fill("delete everything")
        other.get_by_role("button", name="Delete everything").click()
        expect(other.get_by_role("heading", name="Everything is gone")).to_be_visible()
        assert not audio(page, "paused")  # nobody is torn out of it
        page.get_by_role("button", name="Pause").click()
        expect(page.locator(".told")).to_contain_text("it was deleted")
        page.get_by_role("link", name="Choose another session").click()
        page.wait_for_url(re.compile("/(begin|today)/"))


def test_a_session_that_is_gone_when_its_end_is_reached_leads_to_no_empty_page(chromium: Browser, new_app: App) -> None:
    (name,) = sessions(new_app.data, [{"length_ms": LENGTH_MS}])
    with visiting(chromium, new_app, PHONE) as visit:
        visit.watch.expected.add("404")
        page = playing(visit, name, LENGTH_MS / 1000 - 15)
        other = visit.context.new_page()
        other.goto(f"{new_app.url}/history/sessions/{name}/")
        other.get_by_text("Delete this session").first.click()
        other.get_by_role("button", name="Delete this session").click()
        expect(page.locator(".told")).to_contain_text("it was deleted", timeout=20_000)
        until(page, f"{AUDIO}.ended")
        expect(page.get_by_role("link", name="Choose another session")).to_be_visible()
