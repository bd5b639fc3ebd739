"""From "it hurts here" to a session playing, and back: with a thumb, with keys, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import DESKTOP, PHONE, App, Visit, visiting
from journey import MADE_MS, answer_safety, check_in, hear, listen, play_quickly

MOST_TABS = 120


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def newcomer(request: pytest.FixtureRequest, chromium: Browser, new_app: App) -> Iterator[Visit]:
    """Somebody on a machine where Lowtide has never run."""
    with visiting(chromium, new_app, request.param) as visit:
        yield visit


@pytest.fixture
def at_keys(chromium: Browser, new_app: App) -> Iterator[Visit]:
    """Somebody who uses keys alone."""
    with visiting(chromium, new_app, DESKTOP) as visit:
        yield visit


def test_a_stranger_gets_from_the_first_page_to_sound_and_tells_how_it_was(newcomer: Visit) -> None:
    page = newcomer.go("/")
    assert "/begin/" in page.url
    play_quickly(newcomer, minutes=3)
    assert page.evaluate("document.querySelector('audio').duration") == pytest.approx(180, abs=0.05)
    check_in(newcomer)
    newcomer.go("/history/")
    expect(page.get_by_role("main")).to_contain_text("3 minutes")


def test_how_long_and_the_button_that_plays_stand_in_this_order_on_the_first_screen(newcomer: Visit) -> None:
    page = newcomer.go("/begin/now/")
    length, play = page.get_by_role("radio", name="10 min"), page.get_by_role("button", name="No, play")
    expect(play).to_be_in_viewport(ratio=1)
    above, below = length.bounding_box(), play.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]


def test_who_tells_about_their_back_is_offered_a_session_with_why(chromium: Browser, new_app: App) -> None:
    with visiting(chromium, new_app) as visit:
        page = visit.go("/begin/safety/1/")
        answer_safety(page)
        page.wait_for_url(re.compile("/begin/body/"))
        page.locator('svg.body-drawing:visible a[data-region="lower-back"] path').click(force=True)
        page.get_by_role("dialog").get_by_role("radio", name="6", exact=True).check()
        page.get_by_role("button", name="Done").click()
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("checkbox", name=re.compile("Sitting")).check()
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(re.compile("/begin/conditions/"))
        visit.go("/today/")
        page.get_by_role("group", name="Lower back").get_by_role("radio", name="6").check()
        page.get_by_role("button", name="Find my session").click()
        page.get_by_text("Why this one?").click()
        page.get_by_role("region").first.get_by_role("button", name=re.compile("^Play")).click()
        page.wait_for_url(re.compile("/sessions/"))
        hear(page)


def test_keys_alone_lead_from_the_first_page_to_sound_and_through_the_check_in(at_keys: Visit) -> None:
    page = at_keys.go("/begin/")
    page.keyboard.press("Tab")
    assert _focused(page)["text"] == "To the page’s content"
    page.keyboard.press("Enter")
    _press(page, "Just begin")
    page.wait_for_url(re.compile("/begin/now/"))
    _press(page, "No, play")
    page.wait_for_url(re.compile("/sessions/"))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled(timeout=MADE_MS)
    _press(page, "Play")
    listen(page, 0.2)
    _press(page, "End here")
    page.wait_for_url(re.compile("/after/"))
    _tab_to(page, "0, no pain")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert _focused(page)["value"] == "2"
    _press(page, "Keep it")
    page.wait_for_url(re.compile("/(thanks|today|history)/"))


def test_without_javascript_a_session_still_plays_and_the_check_in_is_kept(chromium: Browser, new_app: App) -> None:
    with visiting(chromium, new_app, java_script_enabled=False) as visit:
        page = visit.go("/begin/")
        page.get_by_role("link", name="Just begin").click()
        page.get_by_role("radio", name="3 min").check()
        page.get_by_role("button", name="No, play").click()
        expect(page.locator("audio[src]")).to_be_visible(timeout=MADE_MS)
        sound = page.locator("audio").get_attribute("src") or ""
        answer = page.request.get(visit.app.url + sound.partition("#")[0], headers={"Range": "bytes=0-999"})
        assert (answer.status, len(answer.body())) == (206, 1000)
        page.get_by_role("link", name="End here").click()
        page.get_by_role("radio", name="3", exact=True).first.check()
        page.get_by_role("button", name="Keep it").click()
        assert "/after/" not in page.url


def _press(page: Page, name: str) -> None:
    _tab_to(page, name)
    page.keyboard.press("Enter")


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus; every stop on the way must be seen and not be covered."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = _focused(page)
        assert focused["is_marked"], f"nobody sees that {focused['text']!r} has the focus"
        assert not focused["is_covered"], f"{focused['text']!r} has the focus under something else"
        if focused["text"] == name:
            return
    raise AssertionError(f"Tab never comes to {name!r}")


def _focused(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(_FOCUSED)
    return found


_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {text: '', value: '', is_marked: true, is_covered: false};
  const near = [e, e.nextElementSibling, e.closest('label')].filter(Boolean);
  const box = e.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const said = e.getAttribute('aria-label') || (e.labels?.[0] ?? e).textContent;
  return {
    text: said.trim().replace(/\\s+/g, ' '), value: e.value ?? '',
    is_marked: near.map(one => getComputedStyle(one)).some(at => at.outlineStyle !== 'none' && at.outlineWidth >= '2'),
    is_covered: Boolean(top) && box.height > 0 && !near.some(one => one.contains(top) || top.contains(one)),
  };
}"""
