"""The player, asserted by what the browser decoded: one real file that plays, seeks, waits, and goes on elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import PHONE, App, Visit, visiting
from hearing import AUDIO, audio, play, ready, state, until
from made_sessions import sessions

LENGTH_MS = 180_000


@pytest.fixture
def session(app: App) -> str:
    """A session of three minutes, which nobody has heard."""
    return sessions(app.data, [{"length_ms": LENGTH_MS}])[0]


@pytest.fixture
def player(phone: Visit, session: str) -> Page:
    """Its player, on a phone, ready to play."""
    page = phone.go(f"/sessions/{session}/")
    ready(page)
    return page


def test_it_plays_one_file_of_exactly_the_length_that_was_asked_for(player: Page) -> None:
    play(player)
    assert audio(player, "duration") == pytest.approx(LENGTH_MS / 1000, abs=0.001)
    assert player.locator("audio").count() == 1
    assert state(player) == "playing"


def test_it_can_be_sought_into_what_is_not_rendered_yet_and_plays_from_there(phone: Visit) -> None:
    player = phone.go(f"/sessions/{sessions(phone.app.data, [{'length_ms': 1_200_000}])[0]}/")
    ready(player)
    play(player)
    assert audio(player, "buffered.end(0)") < 1_000
    player.get_by_role("slider", name="Where in the session").fill("1000000")
    until(player, f"{AUDIO}.currentTime > 1000.3 && !{AUDIO}.seeking")
    assert audio(player, "currentTime") < 1_020


def test_it_goes_forward_and_back_and_to_a_chapter(player: Page) -> None:
    play(player)
    player.get_by_role("button", name="30 seconds forward").click()
    until(player, f"{AUDIO}.currentTime > 30")
    player.get_by_role("button", name="15 seconds back").click()
    until(player, f"{AUDIO}.currentTime < 29 && !{AUDIO}.seeking")
    player.get_by_text("Chapters").click()
    last = player.locator("tide-chapters a").last
    last.click()
    until(player, f"{AUDIO}.currentTime >= {last.get_attribute('data-at-s')}")
    expect(last).to_have_attribute("aria-current", "true")


def test_a_minute_ahead_is_in_store_so_that_going_forward_waits_for_nothing(player: Page) -> None:
    play(player)
    until(player, f"{AUDIO}.buffered.length > 0")
    until(player, f"{AUDIO}.buffered.end({AUDIO}.buffered.length - 1) > {AUDIO}.currentTime + 60")
    player.evaluate(f"{AUDIO}.currentTime += 24")
    until(player, f"{AUDIO}.currentTime > 24.3 && !{AUDIO}.seeking")


def test_the_lock_screen_shows_the_session_and_its_buttons_work(player: Page) -> None:
    actions = """(() => {
      window.actions = {};
      const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
      navigator.mediaSession.setActionHandler = (name, answer) => { window.actions[name] = answer; set(name, answer); };
    })()"""
    player.add_init_script(actions)
    player.reload()
    ready(player)
    play(player)
    told = player.evaluate(
        "(({title, artist, artwork}) => [title, artist, artwork[0].src])(navigator.mediaSession.metadata)"
    )
    assert told[:2] == ["Body scan", "Lowtide"]
    assert player.request.get(told[2]).headers["content-type"] == "image/png"
    assert player.evaluate("navigator.mediaSession.playbackState") == "playing"
    player.evaluate("actions.seekto({seekTime: 60})")
    until(player, f"{AUDIO}.currentTime > 60 && !{AUDIO}.seeking")
    before = audio(player, "currentTime")
    player.evaluate("actions.nexttrack()")
    until(player, f"{AUDIO}.currentTime > {before} + 1")
    player.evaluate("actions.previoustrack(), actions.previoustrack()")
    until(player, f"{AUDIO}.currentTime < {before}")
    player.evaluate("actions.pause()")
    until(player, f"{AUDIO}.paused")
    assert player.evaluate("navigator.mediaSession.playbackState") == "paused"
    player.evaluate("actions.play()")
    until(player, f"!{AUDIO}.paused")


def test_after_an_interruption_it_waits_for_a_tap(player: Page) -> None:
    play(player)
    player.evaluate(f"{AUDIO}.pause()")  # what a telephone call does to it
    until(player, "document.querySelector('tide-player').dataset.state === 'interrupted'")
    expect(player.locator(".told")).to_contain_text("Touch play")
    player.evaluate("document.dispatchEvent(new Event('visibilitychange')), dispatchEvent(new Event('focus'))")
    assert audio(player, "paused")
    play(player)
    assert state(player) == "playing"


def test_it_goes_on_where_it_was_even_on_a_page_that_never_said_goodbye(phone: Visit, session: str) -> None:
    page = phone.go(f"/sessions/{session}/")
    ready(page)
    play(page)
    page.get_by_role("button", name="30 seconds forward").click()
    until(page, f"{AUDIO}.currentTime > 31")
    at = audio(page, "currentTime")
    until(page, f"Object.values(localStorage).some((kept) => JSON.parse(kept).at_ms >= {at * 1000 - 1})")
    page.context.route("**/position", lambda route: route.abort())  # the phone dies: nothing is told any more
    phone.watch.expected.add("position")
    page.close()
    phone.context.unroute("**/position")
    again = phone.context.new_page()
    again.goto(f"{phone.app.url}/sessions/{session}/")
    ready(again)
    assert audio(again, "currentTime") == pytest.approx(at, abs=1.5)
    assert audio(again, "paused")


def test_the_server_knows_where_it_was_for_another_phone(
    chromium: Browser, app: App, phone: Visit, session: str
) -> None:
    page = phone.go(f"/sessions/{session}/")
    ready(page)
    play(page)
    page.get_by_role("button", name="30 seconds forward").click()
    until(page, f"{AUDIO}.currentTime > 31")
    with page.expect_response(re.compile("/position")) as told:
        page.get_by_role("button", name="Pause").click()
    assert told.value.status == 204
    at = audio(page, "currentTime")
    with visiting(chromium, app, PHONE) as other:
        elsewhere = other.go(f"/sessions/{session}/")
        ready(elsewhere)
        assert audio(elsewhere, "currentTime") == pytest.approx(at, abs=0.5)


def test_of_two_tabs_only_one_plays(phone: Visit, session: str) -> None:
    first = phone.go(f"/sessions/{session}/")
    ready(first)
    play(first)
    second = phone.context.new_page()
    second.goto(f"{phone.app.url}/sessions/{session}/")
    ready(second)
    play(second)
    until(first, f"{AUDIO}.paused")
    assert not audio(second, "paused")


def test_captions_and_the_body_follow_the_sound(player: Page) -> None:
    told = player.request.get(f"{player.url}timeline.json").json()["events"]
    said = next(event for event in told if event["kind"] == "say" and event["at_ms"] > 30_000)
    attend = next(event for event in told if event["kind"] == "attend")
    play(player)
    player.evaluate(f"{AUDIO}.currentTime = {said['at_ms'] / 1000 + 0.1}")
    expect(player.locator("tide-words")).to_have_text(said["text"])
    player.evaluate(f"{AUDIO}.currentTime = {attend['at_ms'] / 1000 + 0.1}")
    expect(player.locator("tide-light")).to_have_attribute("region", attend["region"])
    assert player.locator("tide-light .spot.lit").count() > 0
    player.get_by_role("button", name="Captions").click()
    expect(player.locator("tide-words")).to_be_hidden()


def test_in_the_dark_there_is_nothing_to_see_but_the_way_out(player: Page) -> None:
    play(player)
    player.get_by_role("button", name="Dark").click()
    expect(player.get_by_role("button", name="Touch to see the player again")).to_be_visible()
    player.get_by_role("button", name="I don’t feel right").click(trial=True)
    player.get_by_role("button", name="Touch to see the player again").click(position={"x": 100, "y": 100})
    expect(player.get_by_role("button", name="Pause")).to_be_visible()


def test_the_screen_stays_on_only_while_somebody_looks(phone: Visit, session: str) -> None:
    phone.page.add_init_script(
        """window.locks = 0;
        Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
          window.locks += 1;
          return { addEventListener() {}, release: async () => { window.locks -= 1; } };
        } } });"""
    )
    page = phone.go(f"/sessions/{session}/")
    ready(page)
    play(page)
    assert page.evaluate("locks") == 0
    page.get_by_role("button", name="Eyes open").click()
    until(page, "locks === 1")
    page.get_by_role("button", name="Pause").click()
    until(page, "locks === 0")


def test_who_does_not_feel_right_is_heard_at_once(player: Page) -> None:
    play(player)
    with player.expect_response(re.compile("/unwell")) as told:
        player.get_by_role("button", name="I don’t feel right").click()
    assert told.value.status == 204
    expect(player.get_by_role("dialog")).to_contain_text("Look around you")
    until(player, f"{AUDIO}.paused")
    assert audio(player, "volume") == 1
    player.get_by_role("link", name="Tell how it was").click()
    player.wait_for_url(re.compile("/after/"))


def test_the_end_leads_to_the_check_in(player: Page) -> None:
    play(player)
    with player.expect_response(re.compile("/position")):
        player.evaluate(f"{AUDIO}.currentTime = {LENGTH_MS / 1000 - 1.5}")
        player.wait_for_url(re.compile("/after/"), timeout=20_000)


def test_without_javascript_the_browser_plays_it_by_itself(phone: Visit, session: str) -> None:
    # Scripts are off while the page is read and played; afterwards they are on again, so that the sound can be asked.
    switch = phone.context.new_cdp_session(phone.page)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page = phone.go(f"/sessions/{session}/")
    page.locator("audio[src][controls]").wait_for(timeout=60_000)
    page.locator("audio").focus()
    with page.expect_response(lambda response: "sound.mp3" in response.url) as answer:
        page.keyboard.press("Space")
        page.get_by_text("Chapters").click()
    assert answer.value.status == 206
    link = page.locator("tide-chapters a").last
    assert re.search(r"sound\.mp3\?take=\w+#t=[\d.]+$", link.get_attribute("href") or "")
    assert page.locator("audio track").get_attribute("src") == f"/sessions/{session}/captions.vtt"
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    until(page, f"{AUDIO}.currentTime > 0.2")
    assert audio(page, "duration") == pytest.approx(LENGTH_MS / 1000, abs=0.001)


@pytest.fixture
def lying_still(chromium: Browser, app: App) -> Iterator[Visit]:
    with visiting(chromium, app, PHONE, reduced_motion="reduce") as visit:
        yield visit


def test_nothing_moves_for_who_asked_for_stillness(lying_still: Visit, session: str) -> None:
    page = lying_still.go(f"/sessions/{session}/")
    ready(page)
    times = page.evaluate("getComputedStyle(document.querySelector('tide-breath span')).transitionDuration")
    assert float(times.split(",")[0].rstrip("s")) < 0.01
