"""For everyone's use: every page that links lead to, by axe in light and dark, from 320 to 1440 px, at twice the text.

The pages are found as a person would find them, by following links, in an app that somebody uses: before a course, at
the end of one, and within one, with a group. Each page is opened once for each of these; window, scheme and motion are
changed while it is open.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from browsing import CARRIED, PHONE, WCAG, App, Visit, axe, served, visiting
from journey import answer_safety, check_in, play_quickly

PAGES_THERE_MUST_BE = {
    "/begin/", "/begin/safety/N/", "/begin/body/", "/begin/worse/", "/begin/conditions/", "/begin/positions/",
    "/begin/likes/", "/begin/now/", "/today/", "/sessions/ID/", "/sessions/ID/after/", "/sessions/ID/transcript/",
    "/history/", "/progress/", "/comparison/", "/diary/", "/outside/", "/me/", "/me/person/", "/me/sound/", "/people/",
    "/takeout/", "/offline/", "/reading/", "/rituals/", "/rituals/desk-check/", "/reminders/", "/reminders/hours/",
    "/reminders/about/ritual:midday-check-in/", "/course/", "/course/programmes/mbsr-style/", "/course/calendar/",
    "/course/calendar/ID/", "/course/groups/new/", "/course/groups/elsewhere/", "/course/groups/ID/",
    "/course/groups/ID/join/", "/course/meetings/ID/", "/course/certificate/ID/",
    "/course/ at its end", "/course/certificate/ at its end", "/reminders/ID/ at its end", "/course/ under way",
    "/today/ under way", "/reminders/ under way", "/course/week/2/ under way", "/course/week/6/day/ under way",
    "/course/own/ under way", "/course/done/ under way", "/course/calendar/ under way", "/course/groups/ under way",
    "/course/meetings/ID/ that was",
    "/course/ in a break",
}  # fmt: skip
"""Kinds of pages that every one of these tests has to have seen; more are welcome."""
WIDTHS = (320, 390, 768, 1440)
TWICE = "34px"
"""Twice the size that text has when nobody has asked for more."""
LEAST_TARGET_PX, LEAST_IN_A_ROW_PX = 44, 40
"""What a thumb needs, and what it makes do with in a row, as on a scale (WCAG 2.2, 2.5.8 asks for 24)."""
THUMBS = (320, 390)
"""Widths at which a page is used with thumbs."""
MOST_BYTES = 150_000
HEIGHT = PHONE[1]
COLOURS = WCAG | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What axe is asked once more where only the colours have changed."""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ENDED = """
from datetime import time, timedelta
from uuid import uuid4
from django.utils import timezone
from lowtide import content
from lowtide.model.programme import Pace
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.local import local_user
from lowtide.web.accounts.people import first_person
from lowtide.web.accounts.models import Person
from lowtide.web.course import actions
from lowtide.web.course.meetings.actions import Wish, found
from lowtide.web.practice.diary.actions import Practised, tell_outside
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.models import Reminder

person, now = first_person(local_user()), timezone.now()
began = now - timedelta(days=60)
actions.begin(person, content.programme("gentle-start"), Pace.CALENDAR, day_of(person, began), began)
tell_outside(person, Practised(arrival=uuid4(), at=began + timedelta(hours=1), what="body-scan", minutes=10))
row = keep_routine(person, "ritual:midday-check-in", Wished(times=(750,)))
Reminder.objects.create(routine=row, day=day_of(person, now), minute=750, due_at=now, standing="nowhere")
other = Person.objects.create(owner=person.owner, name="Ines")
when = {"day": day_of(person, now), "at": time(10, 30), "time_zone": "Europe/Lisbon"}
found(other, Wish(name="Thursdays", called="Ines", programme="mbsr-style", **when), now)
print(row.reminders.get().pk)
"""
"""What a test has no time for: a course that came to its end, a reminder that came at noon, and another's group."""


@dataclass
class Found:
    """What following links has led to, and what was seen on the way."""

    pages: dict[str, str] = field(default_factory=dict)
    """By kind of page, with what goes on where that matters: its title."""
    dead: set[str] = field(default_factory=set)
    """Links that lead nowhere, with where they stand."""
    axe: dict[str, list[str]] = field(default_factory=lambda: {"light": [], "dark": []})
    wide: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """Links that were tried."""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[App]:
    """An app with a session that was heard for a while and told about."""
    with served(tmp_path_factory.mktemp("used")) as running:
        with visiting(chromium, running) as visit:
            play_quickly(visit)
            check_in(visit)
        yield running


@pytest.fixture(scope="module")
def found(used: App, chromium: Browser) -> Found:
    """Every kind of page, looked at once, while the app is used."""
    found = Found()
    with visiting(chromium, used) as visit:
        follow(visit, found, "", ["/begin/", "/today/"])
        reminder = _ended(used)
        follow(visit, found, "at its end", ["/course/", "/course/certificate/", f"/reminders/{reminder}/"])
        answer_safety(visit.go("/begin/safety/1/"))
        _begin(visit)
        weeks = ["/course/week/2/", "/course/week/6/day/", "/course/own/", "/course/done/", "/course/calendar/"]
        follow(visit, found, "under way", ["/course/", "/today/", "/reminders/", *weeks, "/course/groups/"])
        follow(visit, found, "that was", [_last_meeting(visit)])
        visit.go("/course/")
        _post(visit, "/course/pause/", why="own")
        follow(visit, found, "in a break", ["/course/"])
    return found


def _ended(app: App) -> str:
    words = [sys.executable, "-m", "lowtide.web", "manage", "shell", "-v", "0", "-c", ENDED]
    env = {key: os.environ[key] for key in CARRIED if key in os.environ} | {"LOWTIDE_DATA": str(app.data)}
    return subprocess.run(words, env=env, check=True, timeout=120, capture_output=True, text=True).stdout.strip()


def _begin(visit: Visit) -> None:
    """Begin a course, found a group that met yesterday and write one down, wish for a calendar, tell of a moment."""
    met = {"called": "Marta", "date": f"{date.today() - timedelta(days=1)}", "time": "18:30", "minutes": "90"}
    ours, another = {"name": "Tuesdays by the sea", "link": "https://meet.example.org/x"}, {"name": "At the clinic"}
    _post(visit, "/course/programmes/mbsr-style/begin/", pace="practice", remind="18:30")
    _post(visit, "/course/groups/new/", **met, **ours, programme="mbsr-style")
    _post(visit, "/course/groups/elsewhere/", **met, **another, led_by="Ines")
    _post(visit, "/course/calendar/", arrival=str(uuid4()), kind="pleasant", happened="Warm water.")
    _post(visit, "/reminders/calendar/", address="new")


def _post(visit: Visit, path: str, **told: str) -> None:
    """Send what a page's form would send."""
    status = visit.page.evaluate(_SENT, [path, told])
    assert status == 200, (path, status)


_SENT = """async ([path, told]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const body = new URLSearchParams({...told, csrfmiddlewaretoken: token});
  return (await fetch(path, {method: 'POST', body})).status;
}"""


def _last_meeting(visit: Visit) -> str:
    """Find the meeting that has been."""
    page = visit.go("/course/groups/")
    page.get_by_role("link", name="Tuesdays by the sea").first.click()
    return str(page.get_by_role("region", name="What was").get_by_role("link").first.get_attribute("href"))


def follow(visit: Visit, found: Found, state: str, first: list[str]) -> None:
    """Look at these pages, as they are in this state, and at every kind of page that links lead to from there."""
    ahead = [(path, "the start") for path in first]
    while ahead:
        path, where = ahead.pop(0)
        kind = _named(path, state) if path in first else _kind(path)
        if kind in found.pages or (path in found.known and path not in first):
            continue
        found.known.add(path)
        answer = visit.page.request.head(visit.app.url + path)
        if not answer.ok:
            found.dead.add(f"{answer.status}: {path} on {where}")
        elif "text/html" in answer.headers.get("content-type", ""):
            ahead += [(link, path) for link in look(visit, found, path, kind)]


def look(visit: Visit, found: Found, path: str, kind: str) -> list[str]:
    """Look at a page once, in every way; give its links."""
    page = visit.go(path)
    found.pages[kind] = page.title()
    links = page.eval_on_selector_all("a[href]", _LINKS)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    found.axe["light"] += _axe(page, kind, WCAG)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found.wide += _sideways(page, f"{kind} at {width} px")
        if width in THUMBS:
            small = page.evaluate(_SMALL, [LEAST_TARGET_PX, LEAST_IN_A_ROW_PX])
            found.small += [f"{kind} at {width} px: {one}" for one in small]
    page.set_viewport_size({"width": PHONE[0], "height": HEIGHT})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found.moving += [f"{kind}: {moving}" for moving in page.evaluate(_MOVING)]
    found.axe["dark"] += _axe(page, kind, COLOURS)
    page.evaluate(f"document.documentElement.style.fontSize = '{TWICE}'")
    found.wide += _sideways(page, f"{kind} at twice the text")
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return [_path(url, visit.app) for url in links if url.startswith(f"{visit.app.url}/")]


def _axe(page: Page, kind: str, asked: Mapping[str, object]) -> list[str]:
    return [f"{kind} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in axe(page, asked)]


_LINKS = "all => all.map(a => new URL(a.getAttribute('href'), location).href)"


def _path(url: str, app: App) -> str:
    parts = urlsplit(url.removeprefix(app.url))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(path: str) -> str:
    return re.sub(r"/\d+/", "/N/", _named(path))


def _named(path: str, state: str = "") -> str:
    return f"{_ID.sub('ID', path.partition('?')[0])} {state}".strip()


def test_every_page_can_be_found_by_following_links(found: Found) -> None:
    assert PAGES_THERE_MUST_BE - found.pages.keys() == set()


def test_every_link_on_every_page_leads_somewhere(found: Found) -> None:
    assert found.dead == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(scheme: str, found: Found) -> None:
    assert found.axe[scheme] == []


def test_nothing_has_to_be_scrolled_sideways(found: Found) -> None:
    assert found.wide == []


def _sideways(page: Page, where: str) -> list[str]:
    wide = page.evaluate(_WIDE)
    return [f"{where}: {wide}"] if wide else []


_WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return '';
  const wide = [...document.querySelectorAll('main *, header *')];
  const over = wide.filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return over.map(e => e.tagName + '.' + (e.className.baseVal ?? e.className)).slice(0, 4).join(', ') || 'the page';
}"""


def test_every_target_is_large_enough_for_a_thumb(found: Found) -> None:
    assert found.small == []


_SMALL = """([least, inARow]) => {
  const holders = '.choice, .chip, .switch, .scale-strip label';
  const doing = 'button, .button, summary, select, textarea, input:not([type=hidden]), nav a, a.card';
  const seen = e => e.checkVisibility({visibilityProperty: true}) && (e.matches(holders) || !e.closest(holders));
  return [...document.querySelectorAll(`${holders}, ${doing}`)].filter(seen).flatMap(e => {
    const {width, height} = e.getBoundingClientRect();
    const isSmall = height < least - 0.5 || width < (e.matches('.scale-strip label') ? inARow : least) - 0.5;
    return isSmall ? [`${Math.round(width)} × ${Math.round(height)} ${e.outerHTML.slice(0, 90)}`] : [];
  });
}"""


def test_nothing_moves_for_who_does_not_want_it(found: Found) -> None:
    assert found.moving == []


_MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e);
  return [style.transitionDuration, style.animationName === 'none' ? '0s' : style.animationDuration]
    .some(times => times.split(', ').some(time => parseFloat(time) > 0));
}).map(e => e.outerHTML.slice(0, 90))"""


def test_every_page_says_what_it_is(found: Found) -> None:
    assert [kind for kind, title in found.pages.items() if not title or title == "Lowtide"] == []


@pytest.mark.parametrize("path", ["/begin/", "/begin/body/", "/today/"])
def test_the_first_load_is_light(path: str, chromium: Browser, used: App) -> None:
    sizes = {}
    with visiting(chromium, used) as visit:
        visit.page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < MOST_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:5]
