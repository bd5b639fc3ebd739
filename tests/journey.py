"""The walk of a person through the app in a browser: from the first page to sound, to the check-in, and back.

Used by the browser tests and by `tools/tour.py`. Each step starts where the one before it ended.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from browsing import Visit

MADE_MS = 60_000
"""How long a first session may take to be spoken where no phrase is known yet, on a busy machine."""
_HEARD = """seconds => new Promise((heard, silent) => {
  const sound = document.querySelector('audio');
  const look = () => { if (sound.currentTime > seconds) heard(sound.currentTime); };
  sound.addEventListener('timeupdate', look);
  sound.addEventListener('error', () => silent(new Error(sound.error?.message)));
  look();
})"""


def play_quickly(visit: Visit, minutes: int = 3) -> None:
    """Go from the first page to sound by the shortest way."""
    page = visit.go("/begin/")
    page.get_by_role("link", name="Just begin").click()
    page.get_by_role("radio", name=f"{minutes} min").check()
    page.get_by_role("button", name="No, play").click()
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/$"))
    hear(page)


def hear(page: Page, seconds: float = 0.3) -> None:
    """Press play in the player and listen for a moment."""
    button = page.get_by_role("button", name="Play", exact=True)
    expect(button).to_be_enabled(timeout=MADE_MS)
    button.click()
    listen(page, seconds)


def listen(page: Page, seconds: float) -> float:
    """Wait until the sound has come so far; give the second that it is at."""
    return float(page.evaluate(_HEARD, seconds))


def check_in(visit: Visit, pain: int = 4) -> None:
    """End the session that plays and tell how it was."""
    page = visit.page
    page.get_by_role("link", name="End here").click()
    page.wait_for_url(re.compile(r"/after/$"))
    page.get_by_role("radio", name=str(pain), exact=True).first.check()
    page.locator("main form").first.get_by_role("button").last.click()
    page.wait_for_url(re.compile(r"/(thanks|today|history)/"))


def answer_safety(page: Page) -> None:
    """Say no to every safety question, screen after screen."""
    while "/begin/safety/" in page.url:
        here = page.url
        page.get_by_role("button", name="No to all the others").click()
        page.wait_for_url(lambda url, here=here: url != here)  # type: ignore[misc]  # a lambda with a default
