"""For everyone's use: every page that links lead to, by axe in light and dark, from 320 to 1440 px, at twice the text.

The pages are found as a person would find them, by following links, in an app that somebody has used for a while."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from browsing import AXE, WCAG, App, served, visiting
from journey import check_in, play_quickly

PAGES_THERE_MUST_BE = {
    "/begin/", "/begin/safety/N/", "/begin/body/", "/begin/worse/", "/begin/conditions/", "/begin/positions/",
    "/begin/likes/", "/begin/now/", "/today/", "/sessions/ID/", "/sessions/ID/after/", "/sessions/ID/transcript/",
    "/history/", "/progress/", "/comparison/", "/diary/", "/outside/", "/me/", "/me/person/", "/me/sound/", "/people/",
    "/takeout/", "/offline/", "/reading/",
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
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[App]:
    """An app with a session that was heard for a while and told about."""
    with served(tmp_path_factory.mktemp("used")) as running:
        with visiting(chromium, running) as visit:
            play_quickly(visit)
            check_in(visit)
        yield running


@dataclass
class Found:
    """What following links has led to."""

    pages: dict[str, str] = field(default_factory=dict)
    """One address of every kind of page."""
    dead: set[str] = field(default_factory=set)
    """Links that lead nowhere, with where they stand."""


@pytest.fixture(scope="module")
def found(used: App, chromium: Browser) -> Found:
    """Every kind of page, found by following links."""
    found, seen = Found(), set()
    ahead = [("/begin/", "the start"), ("/today/", "the start")]
    with visiting(chromium, used) as visit:
        while ahead:
            path, where = ahead.pop(0)
            if path in seen:
                continue
            seen.add(path)
            answer = visit.page.request.head(used.url + path)
            if not answer.ok:
                found.dead.add(f"{answer.status}: {path} on {where}")
            elif "text/html" in answer.headers.get("content-type", "") and _kind(path) not in found.pages:
                found.pages[_kind(path)] = path
                visit.go(path)
                links = visit.page.eval_on_selector_all("a[href]", _LINKS)
                ahead += [(_path(url, used), path) for url in links if url.startswith(f"{used.url}/")]
    return found


@pytest.fixture(scope="module")
def pages(found: Found) -> list[str]:
    """One address of every kind of page."""
    return list(found.pages.values())


_LINKS = "all => all.map(a => new URL(a.getAttribute('href'), location).href)"


def _path(url: str, app: App) -> str:
    parts = urlsplit(url.removeprefix(app.url))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(path: str) -> str:
    plain = _ID.sub("ID", path.partition("?")[0])
    return re.sub(r"/\d+/", "/N/", plain)


def test_every_page_can_be_found_by_following_links(found: Found) -> None:
    assert PAGES_THERE_MUST_BE - found.pages.keys() == set()


def test_every_link_on_every_page_leads_somewhere(found: Found) -> None:
    assert found.dead == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(scheme: str, chromium: Browser, used: App, pages: list[str]) -> None:
    wrong: list[str] = []
    with visiting(chromium, used, color_scheme=scheme) as visit:
        for path in pages:
            visit.go(path)
            visit.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
            visit.page.evaluate(AXE)
            result = visit.page.evaluate("options => axe.run(document, options)", WCAG)
            wrong += [f"{path} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in result["violations"]]
    assert wrong == []


def test_nothing_has_to_be_scrolled_sideways(chromium: Browser, used: App, pages: list[str]) -> None:
    wrong: list[str] = []
    with visiting(chromium, used) as visit:
        for path in pages:
            visit.go(path)
            visit.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
            for width in WIDTHS:
                visit.page.set_viewport_size({"width": width, "height": 800})
                wrong += _sideways(visit.page, f"{path} at {width} px")
            visit.page.set_viewport_size({"width": 390, "height": 844})
            visit.page.evaluate(f"document.documentElement.style.fontSize = '{TWICE}'")
            wrong += _sideways(visit.page, f"{path} at twice the text")
    assert wrong == []


def _sideways(page: Page, where: str) -> list[str]:
    wide = page.evaluate(_WIDE)
    return [f"{where}: {wide}"] if wide else []


_WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return '';
  const wide = [...document.querySelectorAll('main *, header *')];
  const over = wide.filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return over.map(e => e.tagName + '.' + (e.className.baseVal ?? e.className)).slice(0, 4).join(', ') || 'the page';
}"""


def test_every_target_is_large_enough_for_a_thumb(chromium: Browser, used: App, pages: list[str]) -> None:
    wrong: list[str] = []
    with visiting(chromium, used) as visit:
        for path in pages:
            visit.go(path)
            visit.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
            for width in THUMBS:
                visit.page.set_viewport_size({"width": width, "height": 844})
                small = visit.page.evaluate(_SMALL, [LEAST_TARGET_PX, LEAST_IN_A_ROW_PX])
                wrong += [f"{path} at {width} px: {one}" for one in small]
    assert wrong == []


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


def test_nothing_moves_for_who_does_not_want_it(chromium: Browser, used: App, pages: list[str]) -> None:
    wrong: list[str] = []
    with visiting(chromium, used, reduced_motion="reduce") as visit:
        for path in pages:
            visit.go(path)
            wrong += [f"{path}: {moving}" for moving in visit.page.evaluate(_MOVING)]
    assert wrong == []


_MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e);
  return [style.transitionDuration, style.animationName === 'none' ? '0s' : style.animationDuration]
    .some(times => times.split(', ').some(time => parseFloat(time) > 0));
}).map(e => e.outerHTML.slice(0, 90))"""


def test_every_page_says_what_it_is(chromium: Browser, used: App, pages: list[str]) -> None:
    with visiting(chromium, used) as visit:
        titles = {path: visit.go(path).title() for path in pages}
        assert [path for path, title in titles.items() if not title or title == "Lowtide"] == []


@pytest.mark.parametrize("path", ["/begin/", "/begin/body/", "/today/"])
def test_the_first_load_is_light(path: str, chromium: Browser, used: App) -> None:
    sizes = {}
    with visiting(chromium, used) as visit:
        visit.page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
        visit.go(path)
        visit.page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < MOST_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:5]
