"""In the middle of a session: another way, or other volumes, without a gap and without losing the place."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browsing import Visit
from hearing import AUDIO, METER, audio, play, ready, until
from made_sessions import sessions

LENGTH_MS = 480_000
BEGIN_S = 100
"""Behind the opening, in the middle of the stretches."""

ALL = """
window.all = new Set();
const begin = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.all.add(this); return begin.call(this); };
"""
"""Every element that was ever to play, in the page or not."""
OWN_VOLUME = """
Object.defineProperty(HTMLMediaElement.prototype, "volume", { get: () => 1, set() {} });
window.heard = [];
setInterval(() => heard.push([...all].filter((one) => !one.paused && !one.muted && one.src).length), 10);
"""
"""As on an iPhone: how loud it is belongs to its buttons, a page sets nothing, reads 1. `heard` counts what sounds."""


@pytest.fixture
def player(phone: Visit) -> Page:
    """A session with movements, whose loudspeaker is metered."""
    name = sessions(phone.app.data, [{"length_ms": LENGTH_MS, "technique": "gentle-stretch"}])[0]
    phone.page.add_init_script(METER)
    phone.page.add_init_script(ALL)
    page = phone.go(f"/sessions/{name}/")
    ready(page)
    return page


def timeline(page: Page) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = page.request.get(f"{page.url}timeline.json").json()["events"]
    return events


def begin_at(page: Page, at_s: float) -> None:
    play(page)
    page.evaluate(f"{AUDIO}.currentTime = {at_s}")
    until(page, f"{AUDIO}.currentTime > {at_s + 0.3} && !{AUDIO}.seeking")
    page.evaluate("levels.length = 0, window.first = document.querySelector('audio')")


def quietest(page: Page) -> float:
    """The lowest level that lasted for 100 ms, as a share of the median."""
    levels = [level for _, level in page.evaluate("levels")]
    runs = [max(levels[start : start + 5]) for start in range(len(levels) - 5)]
    return float(min(runs) / sorted(levels)[len(levels) // 2])


def test_imagining_instead_takes_over_in_a_silence_without_a_gap(player: Page) -> None:
    before = timeline(player)
    begin_at(player, BEGIN_S)
    player.get_by_role("button", name="Imagine instead").click()
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    until(player, f"{AUDIO}.currentTime > 1 && document.querySelectorAll('audio').length === 1")
    turned_s = audio(player, "currentTime")
    assert not audio(player, "paused")
    assert audio(player, "volume") == 1
    assert audio(player, "duration") == pytest.approx(LENGTH_MS / 1000, abs=0.001)
    assert quietest(player) > 0.02  # a gap is a digital silence; a soundscape never is one
    after = timeline(player)
    later = [event for event in after if event["at_ms"] > turned_s * 1000 + 5_000]
    assert not [event for event in later if event["kind"] in ("move", "tense")]
    assert [event for event in before if event["kind"] == "move" and event["at_ms"] > turned_s * 1000]
    until(player, f"{AUDIO}.currentTime > {turned_s + 1}")
    expect(player.get_by_role("button", name="Imagine instead")).to_be_disabled()


def test_the_place_goes_on_through_a_switch(player: Page) -> None:
    begin_at(player, BEGIN_S)
    player.evaluate(
        """window.places = [];
        setInterval(() => places.push([performance.now(), document.querySelector('audio').currentTime]), 50)"""
    )
    player.get_by_role("button", name="Another anchor").click()
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    until(player, f"{AUDIO}.currentTime > 1")
    at = player.evaluate("places.length")
    until(player, f"places.length > {at + 10}")
    places = player.evaluate("places")
    steps = [(b[1] - a[1]) - (b[0] - a[0]) / 1000 for a, b in pairwise(places)]
    assert max(abs(step) for step in steps) < 0.5  # no word is skipped, none is heard twice
    assert abs(sum(steps)) < 1.0


@pytest.mark.parametrize("later_ms", [0, 900])
def test_who_goes_elsewhere_while_another_way_is_being_made_stays_there(player: Page, later_ms: int) -> None:
    begin_at(player, BEGIN_S)
    player.get_by_role("button", name="Imagine instead").click()
    until(player, "[...all].some((one) => one !== window.first && one.currentTime > 0 && !one.paused)", 60_000)
    there = player.evaluate(
        f"""(later) => new Promise((resolve) => setTimeout(() => {{
          document.querySelector("[data-ask=forward]").click();
          resolve({AUDIO}.currentTime);
        }}, later))""",
        later_ms,
    )
    assert there > BEGIN_S + 29
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    until(player, f"{AUDIO}.currentTime > {there + 0.5} && !{AUDIO}.seeking")
    assert not audio(player, "paused")
    assert audio(player, "currentTime") < there + 30


def test_where_a_page_has_no_say_in_how_loud_it_is_one_take_follows_the_other_at_once(player: Page) -> None:
    player.add_init_script(OWN_VOLUME)
    player.reload()
    ready(player)
    begin_at(player, BEGIN_S)
    player.evaluate("heard.length = 0")
    player.get_by_role("button", name="Imagine instead").click()
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    turned_s = audio(player, "currentTime")
    until(player, f"{AUDIO}.currentTime > {turned_s + 1}")
    assert not audio(player, "muted")
    assert set(player.evaluate("heard")) == {1}  # never both at once, never none


def test_where_a_page_has_no_say_in_how_loud_it_is_it_is_quiet_at_once_for_who_feels_unwell(player: Page) -> None:
    player.add_init_script(OWN_VOLUME)
    player.reload()
    ready(player)
    begin_at(player, BEGIN_S)
    assert player.evaluate(f"document.querySelector('.unwell button').click(), {AUDIO}.paused")


def test_a_switch_while_it_rests_is_there_when_it_goes_on(player: Page) -> None:
    begin_at(player, BEGIN_S)
    player.get_by_role("button", name="Pause").click()
    at = audio(player, "currentTime")
    player.get_by_role("button", name="Imagine instead").click()
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    assert audio(player, "paused")
    assert audio(player, "currentTime") == pytest.approx(at, abs=0.05)
    play(player)


def test_another_tab_that_begins_meanwhile_is_the_only_one_that_plays(player: Page) -> None:
    other = player.context.new_page()
    other.goto(player.url)
    ready(other)
    begin_at(player, BEGIN_S)
    player.get_by_role("button", name="Imagine instead").click()
    until(player, "[...all].some((one) => one !== window.first && one.currentTime > 0 && !one.paused)", 60_000)
    play(other)
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    assert player.evaluate("[...all].every((one) => one.paused)")
    assert audio(player, "currentTime") > BEGIN_S
    assert not audio(other, "paused")
    other.close()
    play(player)
    assert not audio(player, "muted")


def test_other_volumes_go_on_at_the_same_place(player: Page) -> None:
    begin_at(player, BEGIN_S)
    player.get_by_text("Volumes").click()
    slider = player.get_by_role("slider", name="Voice")
    slider.focus()
    player.keyboard.press("Home")
    until(player, "document.querySelector('audio') !== window.first", 60_000)
    assert not audio(player, "paused")
    assert BEGIN_S < audio(player, "currentTime") < BEGIN_S + 120
    player.reload()
    ready(player)
    expect(player.get_by_role("slider", name="Voice", include_hidden=True)).to_have_value("-24")


def test_near_the_end_a_switch_is_refused_in_plain_words(player: Page, phone: Visit) -> None:
    phone.watch.expected.add("409")
    begin_at(player, LENGTH_MS / 1000 - 15)
    player.get_by_role("button", name="Imagine instead").click()
    expect(player.locator("tide-ways [role=status]")).to_contain_text("nearly over", timeout=20_000)
    assert not audio(player, "paused")
