"""The body map under a thumb, with keys, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import App, Visit, axe, served, visiting


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A server that shows the page with every component on it."""
    with served(tmp_path_factory.mktemp("looks"), LOWTIDE_DEBUG="1") as running:
        yield running


@pytest.fixture
def page(chromium: Browser, looks: App) -> Iterator[Page]:
    with visiting(chromium, looks) as visit:
        yield visit.go("/look/")


@pytest.fixture
def plain(chromium: Browser, looks: App) -> Iterator[Visit]:
    with visiting(chromium, looks, java_script_enabled=False) as visit:
        visit.go("/look/")
        yield visit


def _tap(page: Page, region: str) -> None:
    page.locator(f'svg.body-drawing:visible a[data-region="{region}"] path').click(
        force=True
    )  # as a thumb does: near enough


def test_a_touch_asks_how_much_and_in_what_words_and_the_drawing_keeps_it(page: Page) -> None:
    _tap(page, "left-lower-back")
    sheet = page.get_by_role("dialog", name="Lower back, left side")
    sheet.get_by_role("radio", name="7").click()
    sheet.get_by_role("checkbox", name="burning").click()
    sheet.get_by_role("button", name="Done").click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="Lower back, left side 7 of 10 · burning")).to_be_visible()
    expect(page.locator('a[data-region="left-lower-back"] path')).to_have_attribute("data-hurt", "high")
    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form:has(tide-body)')))")
    assert sent["pain-left-lower-back"] == "7"
    assert sent["word-left-lower-back"] in ("burning", "")
    assert sent["here-left-lower-back"] == "on"


def test_a_place_can_be_taken_back(page: Page) -> None:
    _tap(page, "left-neck")
    page.get_by_role("button", name="It does not hurt here").click()
    assert page.locator("[data-spot]").count() == 0
    assert page.locator('input[name^="here-"]:checked').count() == 0


def test_the_list_does_the_same_with_keys_alone(page: Page) -> None:
    page.get_by_text("Choose from a list instead").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Lower back", exact=True).focus()
    page.keyboard.press("Space")
    sheet = page.get_by_role("dialog", name="Lower back")
    expect(sheet).to_be_visible()
    sheet.get_by_role("radio", name="4", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Lower back 4 of 10")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Lower back", exact=True)).to_be_focused()


def test_a_second_tap_on_a_number_leaves_the_question_open(page: Page) -> None:
    page.get_by_role("group", name="Stress").get_by_role("radio", name="6").click()
    expect(page.locator('input[name="stress"]:checked')).to_have_value("6")
    page.get_by_role("group", name="Stress").get_by_role("radio", name="6").click()
    expect(page.locator('input[name="stress"]:checked')).to_have_count(0)


def test_a_thumb_that_strokes_along_a_scale_chooses_where_it_ends(page: Page) -> None:
    numbers = page.locator(".scale-strip").first.locator("label")
    numbers.last.scroll_into_view_if_needed()
    middles = []
    for number in (1, 4, 8):
        box = numbers.nth(number).bounding_box()
        assert box
        middles.append((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    page.mouse.move(*middles[0])
    page.mouse.down()
    page.mouse.move(*middles[1], steps=5)
    expect(page.locator('input[name="stress"]:checked')).to_have_value("4")
    page.mouse.move(*middles[2], steps=5)
    page.mouse.up()
    expect(page.locator('input[name="stress"]:checked')).to_have_value("8")


def test_without_javascript_a_touch_leads_to_the_place_in_the_list(plain: Visit) -> None:
    _tap(plain.page, "left-lower-back")
    assert plain.page.url.endswith("#here-left-lower-back")
    expect(plain.page.get_by_role("checkbox", name="Lower back, left side")).to_be_in_viewport()


def test_a_finger_beyond_the_end_of_a_scale_means_its_end(page: Page) -> None:
    box = "({left: 50 * (n % 6), right: 50 * (n % 6) + 50, top: 40 * (n > 5), bottom: 40 + 40 * (n > 5)})"
    rows = f"[...Array(11).keys()].map(n => {box})"
    ask = f"([x, y]) => import('/static/project/js/scale.js').then(scale => scale.placeAt(x, y, {rows}))"
    assert [page.evaluate(ask, [x, 20]) for x in (-90, 0, 49, 51, 299, 900)] == [0, 0, 0, 1, 5, 5]
    assert [page.evaluate(ask, [x, 300]) for x in (-90, 60, 260, 900)] == [6, 7, 10, 10]


def test_a_place_without_a_number_is_coloured_and_never_called_free_of_pain(page: Page) -> None:
    ask = "([n]) => import('/static/practice/js/places.js').then(places => places.shade(n))"
    assert [page.evaluate(ask, [n]) for n in (None, 0, 1, 3, 4, 6, 7, 10)] == [
        "some", "none", "low", "low", "mid", "mid", "high", "high",
    ]  # fmt: skip


def test_every_component_is_without_fault_in_light_and_dark(chromium: Browser, looks: App) -> None:
    for scheme in ("light", "dark"):
        with visiting(chromium, looks, color_scheme=scheme) as visit:
            page = visit.go("/look/")
            wrong = axe(page)
            assert [one["nodes"][0]["html"][:160] for one in wrong] == []
