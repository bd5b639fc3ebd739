"""The player as it lies in a window: nothing is covered, and the way out is always under the thumb."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import App, visiting
from hearing import ready
from made_sessions import sessions

NORMAL, TWICE = "17px", "34px"
SIZES = ((320, 568), (390, 844), (768, 1024), (844, 390), (1280, 800), (1440, 900))
LARGE_ENOUGH = ((390, 844), (768, 1024), (844, 390), (1280, 800))
COVERED = """() => {
  const [way, button] = document.querySelectorAll(".unwell, .unwell button");
  const wrong = [];
  for (const one of document.querySelectorAll(".player :is(button, a, summary, input)")) {
    if (!one.checkVisibility() || one.matches(".unwell *, .sheet *, .veil")) continue;
    one.scrollIntoView({ block: "nearest" });
    const box = one.getBoundingClientRect();
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!(one.contains(hit) || hit?.contains(one))) wrong.push(one.textContent.trim() || one.ariaLabel);
    const reach = button.getBoundingClientRect();
    const found = document.elementFromPoint(reach.x + reach.width / 2, reach.y + 5);
    if (reach.bottom > innerHeight || !way.contains(found)) wrong.push("the way out at " + one.textContent.trim());
  }
  return wrong;
}"""
"""What lies under something else when it has been brought into view, and where the way out is not in the window."""
BENEATH = """() => {
  const edge = document.querySelector(".unwell").getBoundingClientRect().top;
  return [...document.querySelectorAll(".here button")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().bottom > edge + 0.5)
    .map((one) => one.textContent.trim());
}"""
"""What is needed while it plays and lies beneath the way out on the page as it opens."""


@pytest.fixture(scope="module")
def name(app: App) -> str:
    return sessions(app.data, [{"length_ms": 480_000, "technique": "gentle-stretch"}])[0]


@pytest.fixture
def page(chromium: Browser, app: App, name: str) -> Iterator[Page]:
    with visiting(chromium, app) as visit:
        yield visit.go(f"/sessions/{name}/")


def resized(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("text", [NORMAL, TWICE])
def test_nothing_is_covered_and_the_way_out_is_always_in_reach(page: Page, text: str) -> None:
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)
    ready(page)
    page.evaluate("document.querySelectorAll('.more details').forEach((fold) => { fold.open = true })")
    for size in SIZES:
        resized(page, size)
        assert page.evaluate(COVERED) == [], size
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.get_by_role("button", name="I don’t feel right")).to_be_in_viewport(ratio=0.99)


def test_all_that_is_needed_while_it_plays_is_there_without_scrolling(page: Page) -> None:
    ready(page)
    for size in LARGE_ENOUGH:
        resized(page, size)
        assert page.evaluate(BENEATH) == [], size
    page.get_by_role("button", name="Eyes open").click()
    for size in LARGE_ENOUGH:
        resized(page, size)
        assert page.evaluate(BENEATH) == [], size


def test_how_long_it_is_is_said_from_the_first_moment(page: Page) -> None:
    expect(page.locator("tide-bar")).to_contain_text("−8:00")
    page.route(re.compile("ready.json"), lambda route: None)  # it is still being made
    page.reload()
    expect(page.locator("tide-bar")).to_contain_text("−8:00")


def test_the_buttons_show_and_say_how_far_they_go(page: Page) -> None:
    ready(page)
    forward = page.get_by_role("button", name="30 seconds forward")
    expect(forward).to_have_text("30 s")
    forward.click()
    expect(page.locator(".went")).to_have_text("30 seconds forward, at 30 seconds")
    back = page.get_by_role("button", name="15 seconds back")
    expect(back).to_have_text("15 s")
    back.click()
    expect(page.locator(".went")).to_have_text("15 seconds back, at 15 seconds")
