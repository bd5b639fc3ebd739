"""A course in a real browser: begun, today's practice played and told about, and the next week opening; with a thumb,
with keys, and without JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import CARRIED, App, Visit, visiting
from journey import check_in, hear

EARLIER = """
import sys
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from lowtide import content
from lowtide.model.programme import Pace
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.people import first_person
from lowtide.web.course import actions
from lowtide.web.practice.diary.actions import Practised, tell_outside

person, now, days = first_person(local_user()), timezone.now(), int({days})
programme = content.programme("{name}")
began = now - timedelta(days=days)
actions.begin(person, programme, Pace.PRACTICE, day_of(person, began), began)
for number in range(days):
    at, one = began + timedelta(days=number, minutes=1), programme.weeks[0].practices[0]
    what = one.technique or one.activity
    tell_outside(person, Practised(arrival=uuid4(), at=at, what=what, minutes=10))
"""
"""A course that was begun some days ago, with a practice on each day since: the browser's own clock is today's."""


def lived(app: App, name: str, days: int) -> None:
    """Write the days down that a test has no time for, by the app's own actions."""
    words = [
        sys.executable,
        "-m",
        "lowtide.web",
        "manage",
        "shell",
        "-v",
        "0",
        "-c",
        EARLIER.format(name=name, days=days),
    ]
    known = {key: os.environ[key] for key in CARRIED if key in os.environ}
    subprocess.run(words, env={**known, "LOWTIDE_DATA": str(app.data)}, check=True, timeout=120)


@pytest.fixture
def newcomer(chromium: Browser, new_app: App) -> Iterator[Visit]:
    """Somebody on a machine where Lowtide has never run."""
    with visiting(chromium, new_app) as visit:
        yield visit


def begin(page: Page, title: str) -> None:
    page.get_by_role("region", name=title).get_by_role("link", name=re.compile("Have a look")).click()
    page.get_by_role("button", name="Begin this course").click()
    page.wait_for_url(re.compile(r"/course/$"))


def play_first(page: Page) -> None:
    page.locator('button[name="play"]').first.click()
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/$"))


def test_a_course_is_begun_its_practice_heard_and_told_about_and_it_counts(newcomer: Visit) -> None:
    page = newcomer.go("/me/")
    page.get_by_role("link", name=re.compile("A course")).click()
    begin(page, "A gentle start")
    expect(page.get_by_role("main")).to_contain_text("Week 1 of 4")
    play_first(page)
    hear(page)
    check_in(newcomer)
    expect(page.get_by_role("main")).to_contain_text("Your course · week 1 of 4")
    newcomer.go("/today/")
    page.get_by_role("link", name="To today’s practice").click()
    page.wait_for_url(re.compile(r"/course/$"))


def test_after_its_days_of_practice_the_next_week_is_open(newcomer: Visit) -> None:
    newcomer.go("/course/")
    lived(newcomer.app, "mbsr-style", 6)
    page = newcomer.go("/course/")
    here = page.locator(".path [aria-current=step]")
    expect(here).to_contain_text("Week 2")
    page.get_by_text("All the weeks").click()
    page.get_by_role("link", name=re.compile("^1. ")).click()
    expect(page.get_by_role("main")).to_contain_text("You practised on 6 days of it")


def test_a_break_is_one_tap_and_so_is_going_on(newcomer: Visit) -> None:
    newcomer.go("/course/")
    lived(newcomer.app, "mbsr-style", 1)
    page = newcomer.go("/course/")
    page.get_by_text("Take a break", exact=True).click()
    page.get_by_role("button", name="It hurts more").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The course has a break")
    expect(page.locator('button[name="play"]')).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Go on with")).click()
    expect(page.locator('button[name="play"]').first).to_be_visible()


def test_the_time_alone_ends_with_what_has_passed_written_down(newcomer: Visit) -> None:
    newcomer.go("/course/")
    lived(newcomer.app, "mbsr-style", 1)
    newcomer.page.clock.install()
    page = newcomer.go("/course/done/")
    page.get_by_role("button", name="Start the time").click()
    page.clock.fast_forward(12 * 60 * 1000)
    page.get_by_role("button", name="End here").click()
    expect(page.get_by_label("In minutes")).to_have_value("12")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("status")).to_contain_text("It counts")


def test_without_javascript_a_course_is_begun_and_practised_as_well(chromium: Browser, new_app: App) -> None:
    with visiting(chromium, new_app, java_script_enabled=False) as visit:
        page = visit.go("/course/")
        begin(page, "A gentle start")
        play_first(page)
        expect(page.locator("audio")).to_have_count(1)
        visit.go("/course/done/")
        page.get_by_role("radio", name="10 min").check()
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_role("main")).to_contain_text("It counts")
        visit.go("/course/calendar/")
        page.get_by_label("What was it?").fill("The first coffee")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("main")).to_contain_text("The first coffee")


def test_with_keys_alone_today_s_practice_is_reached_and_played(newcomer: Visit) -> None:
    newcomer.go("/course/")
    lived(newcomer.app, "mbsr-style", 1)
    page = newcomer.go("/course/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "play":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/$"))
