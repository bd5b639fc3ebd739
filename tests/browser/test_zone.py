"""The time zone: told by the device where nobody has said one."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from browsing import App, visiting


def test_the_device_tells_its_time_zone_once_and_what_was_chosen_stays(chromium: Browser, new_app: App) -> None:
    with visiting(chromium, new_app, timezone_id="Pacific/Auckland") as visit:
        with visit.page.expect_response("**/me/zone/") as answer:
            visit.go("/begin/")
        assert answer.value.status == 204
        page = visit.go("/me/person/")
        expect(page.get_by_label("Time zone")).to_have_value("Pacific/Auckland")
        page.get_by_label("Time zone").select_option("Europe/Lisbon")
        page.get_by_role("button", name="Keep").click()
        page.wait_for_url("**/me/")
        visit.go("/me/person/")
        expect(page.get_by_label("Time zone")).to_have_value("Europe/Lisbon")


def test_without_javascript_it_is_chosen_from_a_list(chromium: Browser, new_app: App) -> None:
    with visiting(chromium, new_app, java_script_enabled=False, timezone_id="Pacific/Auckland") as visit:
        page = visit.go("/me/person/")
        expect(page.get_by_label("Time zone")).to_have_value("")
        page.get_by_label("Time zone").select_option("Pacific/Auckland")
        page.get_by_role("button", name="Keep").click()
        visit.go("/me/person/")
        expect(page.get_by_label("Time zone")).to_have_value("Pacific/Auckland")
