"""Light and dark: as the device has it, or as this browser was told."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browsing import Visit


def _ground(page: Page) -> int:
    """How light the page is, 0 to 255."""
    shown = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return max(int(part) for part in shown.strip("rgb()").split(","))


def test_a_page_is_as_dark_as_the_device(phone: Visit, dark: Visit) -> None:
    assert _ground(phone.go("/begin/")) > 200
    assert _ground(dark.go("/begin/")) < 60


def test_who_chooses_dark_has_it_on_every_page_until_they_choose_otherwise(phone: Visit) -> None:
    page = phone.go("/me/")
    page.get_by_role("button", name="Dark").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert _ground(page) < 60
    assert _ground(phone.go("/begin/")) < 60
    phone.go("/me/")
    page.get_by_role("button", name="As the device has it").click()
    assert _ground(phone.go("/begin/")) > 200


def test_the_choice_works_without_javascript(plain: Visit) -> None:
    page = plain.go("/me/")
    page.get_by_role("button", name="Light", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_a_theme_that_nobody_can_choose_is_not_written_into_the_page(phone: Visit) -> None:
    cookie = {"name": "theme", "value": "dark><script>alert(1)</script>", "url": phone.app.url}
    phone.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is what Playwright takes
    page = phone.go("/begin/")
    assert "alert(1)" not in page.content()
