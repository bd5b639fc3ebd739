"""Windows for tests: `phone`, `desktop`, `dark`, `still`, `plain`. Each fails its test for a console error, a breach of
the content policy, a server's error or a request to another host. One server and one Chromium for each worker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from browsing import DESKTOP, PHONE, App, Visit, launched, served, visiting


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A server that the tests of this worker share; someone may have been here before."""
    with served(tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture
def new_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A server on a machine where Lowtide has never run."""
    with served(tmp_path_factory.mktemp("new-app")) as running:
        yield running


def _window(**wishes: Any) -> Any:
    @pytest.fixture
    def window(chromium: Browser, app: App) -> Iterator[Visit]:
        with visiting(chromium, app, **wishes) as visit:
            yield visit

    return window


phone = _window(size=PHONE)
desktop = _window(size=DESKTOP)
dark = _window(size=PHONE, color_scheme="dark")
still = _window(size=PHONE, reduced_motion="reduce")
plain = _window(size=PHONE, java_script_enabled=False)
