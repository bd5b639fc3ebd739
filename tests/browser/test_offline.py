"""Offline in a real browser: a session is kept, plays and can be sought without a network, and what is told arrives."""

from __future__ import annotations

import re
import sqlite3
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import PHONE, App, Visit, visiting
from hearing import AUDIO, audio, play, ready, until
from made_sessions import sessions

LENGTH_MS = 180_000
KEPT_MS = 60_000
NOTHING_WAITS = """!(await new Promise((found) => {
  indexedDB.open("lowtide", 1).onsuccess = ({ target }) => {
    const rows = target.result.transaction("messages").objectStore("messages").count();
    rows.onsuccess = () => found(rows.result);
  };
}))"""
"""The browser's own store holds no message."""
AWAY = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load resource", "409")
"""What a browser says in its console because there is no network."""


def test_a_kept_session_plays_offline_and_what_is_told_meanwhile_arrives_once_and_in_order(
    chromium: Browser, new_app: App
) -> None:
    first, second = sessions(new_app.data, [{"length_ms": LENGTH_MS}, {"length_ms": LENGTH_MS, "seed": 1}])
    with visiting(chromium, new_app, size=PHONE) as visit:
        visit.watch.expected.update(AWAY)
        for session in (first, second):
            keep(visit, session)
        visit.context.set_offline(True)
        page = visit.go(f"/sessions/{first}/")
        ready(page)
        play(page)
        page.get_by_role("slider", name="Where in the session").fill("90000")
        until(page, f"{AUDIO}.currentTime > 90.2 && !{AUDIO}.seeking")
        assert audio(page, "duration") == pytest.approx(LENGTH_MS / 1000, abs=0.001)
        check_in(page, pain=7)
        check_in(visit.go(f"/sessions/{second}/"), pain=2)
        assert arrived(new_app) == []
        visit.context.set_offline(False)
        expect(page.get_by_text("Everything has been sent.")).to_be_visible(timeout=KEPT_MS)
        assert arrived(new_app) == [(first, 7), (second, 2)]
        visit.go("/today/")
        visit.go("/offline/")
        assert arrived(new_app) == [(first, 7), (second, 2)]
        assert heard_ms(new_app, first) > 0


def test_nobody_meets_what_another_person_at_this_machine_has_kept_or_told(chromium: Browser, new_app: App) -> None:
    (session,) = sessions(new_app.data, [{"length_ms": LENGTH_MS}])
    with visiting(chromium, new_app, size=PHONE) as visit:
        visit.watch.expected.update(AWAY)
        keep(visit, session)
        page = visit.go("/diary/")
        visit.context.set_offline(True)
        page.get_by_role("radio", name="5", exact=True).first.check()
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("A diary entry")).to_be_visible()
        expect(page.get_by_role("link", name="Body scan")).to_be_visible()
        visit.context.set_offline(False)
        page = visit.go("/people/")
        until(page, NOTHING_WAITS, KEPT_MS)
        page.get_by_label("Somebody new").fill("Ben")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("Hello, Ben.")).to_be_visible()
        assert page.evaluate("caches.keys()") == [name for name in page.evaluate("caches.keys()") if "shell" in name]
        visit.context.set_offline(True)
        page = visit.go(f"/sessions/{session}/")
        expect(page.get_by_text("No session is kept on this device yet.")).to_be_visible()
        expect(page.get_by_text("A diary entry")).to_be_hidden()
    with sqlite3.connect(new_app.data / "lowtide.sqlite3") as base:
        told = base.execute("select p.name from practice_diaryentry d join accounts_person p on p.id = d.person_id")
        assert told.fetchall() == [("",)]


LATE_LOOK = """
const keys = CacheStorage.prototype.keys;
window.waiting = [];
CacheStorage.prototype.keys = async function () {
  if (!window.tapped) await new Promise((go) => waiting.push(go));
  return keys.call(this);
};
"""
"""What is looked up before the tap is there only when the test says so: a slow phone."""


def test_what_a_tap_brought_about_is_not_wiped_out_by_a_look_from_before_it(phone: Visit) -> None:
    (session,) = sessions(phone.app.data, [{"length_ms": LENGTH_MS}])
    phone.page.add_init_script(LATE_LOOK)
    page = phone.go(f"/sessions/{session}/")
    ready(page)
    page.evaluate("() => { Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError')); }")
    page.evaluate("() => { window.tapped = true; }")
    page.get_by_role("button", name="Keep for offline").click()
    full = page.get_by_text("There is not enough room on this device for it.")
    expect(full).to_be_visible(timeout=KEPT_MS)
    page.evaluate("async () => { waiting.forEach((go) => go()); for (let n = 0; n < 20; n++) await caches.keys(); }")
    expect(full).to_be_visible()


def test_a_device_without_room_says_so_in_one_line_and_keeps_no_half(phone: Visit) -> None:
    (session,) = sessions(phone.app.data, [{"length_ms": LENGTH_MS}])
    page = phone.go(f"/sessions/{session}/")
    ready(page)
    page.evaluate("() => { Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError')); }")
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_text("There is not enough room on this device for it.")).to_be_visible(timeout=KEPT_MS)
    assert [name for name in page.evaluate("caches.keys()") if "kept" in name] == []


ANOTHERS = "another person's key"
LEFT_BEHIND = """async (whose) => {
  const { lastHere, put, waiting } = await import("/static/practice/js/offline/store.js");
  const address = "/diary/";
  for (const one of [await lastHere(), whose]) await put({ whose: one, address, at: 0, fields: [], refused: true });
  localStorage.setItem("lowtide-place:a-session", "{}");
  return (await waiting()).length;
}"""
"""Leave a message of who is here, one of somebody else, and a place in a session."""
STILL_HERE = """async () => {
  const { lastHere, waiting } = await import("/static/practice/js/offline/store.js");
  const kept = (await caches.keys()).filter((name) => name.startsWith("lowtide-kept-"));
  return [kept, (await waiting()).map((one) => one.whose), Object.keys(localStorage), await lastHere()];
}"""


def test_who_deletes_everything_is_told_so_and_this_browser_keeps_nothing_of_them_either(
    chromium: Browser, new_app: App
) -> None:
    (session,) = sessions(new_app.data, [{"length_ms": LENGTH_MS}])
    with visiting(chromium, new_app, size=PHONE) as visit:
        keep(visit, session)
        page = visit.go("/takeout/")
        assert page.evaluate(LEFT_BEHIND, ANOTHERS) == 2
        page.get_by_label("To be sure, write").fill("delete everything")
        page.get_by_role("button", name="Delete everything").click()
        expect(page.get_by_role("heading", name="Everything is gone")).to_be_visible()
        expect(page.get_by_text("What this browser had kept for offline is removed as well.")).to_be_visible()
        assert page.evaluate(STILL_HERE) == [[], [ANOTHERS], [], None]
        page.get_by_role("link", name="To the beginning").click()
        page.wait_for_url("**/begin/")


PARTS = [
    ("bytes=0-1", [0, 2]), ("bytes=10-", [10, 100]), ("bytes=-30", [70, 100]), ("bytes=90-200", [90, 100]),
    ("bytes=100-", None), ("bytes=-0", None), (None, [0, 100]), ("bytes=-", [0, 100]), ("bytes=0-1,5-6", [0, 100]),
    ("bytes=9-3", [0, 100]),
]  # fmt: skip


def test_a_kept_sound_answers_to_every_range_as_the_server_does(phone: Visit) -> None:
    page = phone.go("/offline/")
    asked = "async header => (await import('/static/practice/js/offline/ranges.js')).asked(header, 100)"
    for header, expected in PARTS:
        found = page.evaluate(asked, header)
        assert (found and [found["start"], found["stop"]]) == expected, header


def test_what_is_kept_can_be_removed_again(phone: Visit) -> None:
    (session,) = sessions(phone.app.data, [{"length_ms": LENGTH_MS}])
    keep(phone, session)
    page = phone.go("/offline/")
    expect(page.get_by_role("listitem").filter(has_text="Body scan")).to_contain_text("3 min, 3 MB")
    page.get_by_role("button", name="Remove Body scan").click()
    expect(page.get_by_text("No session is kept on this device yet.")).to_be_visible()
    assert [name for name in page.evaluate("caches.keys()") if "kept" in name] == []


def keep(visit: Visit, session: str) -> None:
    """Open a session and keep it."""
    page = visit.go(f"/sessions/{session}/")
    ready(page)
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_role("button", name="Kept for offline")).to_be_visible(timeout=KEPT_MS)


def check_in(page: Page, pain: int) -> None:
    """End a session and tell how it was, without a network."""
    page.get_by_role("link", name="End here").click()
    page.wait_for_url(re.compile(r"/after/$"))
    page.get_by_role("radio", name=str(pain), exact=True).first.check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("will be sent when you are online again")).to_be_visible()


def arrived(app: App) -> list[tuple[str, int]]:
    """Give each check-in that the server has, in the order of its arrival."""
    words = """select r.session_id, p.intensity from practice_ratings r join practice_ratedpain p on p.ratings_id = r.id
               where r.moment = 'after' order by r.id"""
    with sqlite3.connect(app.data / "lowtide.sqlite3") as base:
        return [(str(UUID(row)), pain) for row, pain in base.execute(words)]


def heard_ms(app: App, session: str) -> int:
    """Say how much of a session was heard."""
    with sqlite3.connect(app.data / "lowtide.sqlite3") as base:
        told = base.execute("select heard_ms from practice_session where uuid = ?", [session.replace("-", "")])
        return int(told.fetchone()[0])
