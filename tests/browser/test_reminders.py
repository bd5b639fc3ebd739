"""Reminders in a real browser: switched on with a tap, sent by the real server, shown once, and opened with a tap.

No push service of a browser's maker can be reached from here. So `pushManager.subscribe` is answered with keys of the
test's own and a push service on this machine; what arrives there is unsealed and given to the real service worker, as
the browser itself would.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from browsing import PHONE, App, Visit, served, visiting
from push_service import BrowserKeys, Received, Service, serving

SUBSCRIBED = """([endpoint, p256dh, auth]) => {
  let mine = null;
  const make = (options) => ({ endpoint, options, toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
                               unsubscribe: async () => { mine = null; return true; } });
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly || options.applicationServerKey.length !== 65) throw new Error('not so');
    return (mine = make(options));
  };
  PushManager.prototype.getSubscription = async () => mine;
}"""
"""What the browser's own push service would answer."""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag, silent, actions, data }) => ({ title, body, tag, silent, actions, data }))"""
ANA = "Ana"
"""Somebody new for each test: all of them share one server."""
TAPPED = """async ([tag, action]) => {
  const [notification] = await self.registration.getNotifications({ tag });
  const opened = [];
  Object.defineProperty(self.clients, 'openWindow', { value: async (url) => opened.push(url), configurable: true });
  const event = new NotificationEvent('notificationclick', { notification, action });
  const work = new Promise((done) => Object.defineProperty(event, 'waitUntil', { value: done }));
  self.dispatchEvent(event);
  await work;
  return opened;
}"""
"""A tap on what is shown. A page opens only for a real finger, so what would be opened is given back instead."""


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("reminders"), LOWTIDE_PUSH_LOCAL="1", TZ="UTC") as running:
        yield running


@pytest.fixture
def keys() -> BrowserKeys:
    return BrowserKeys()


@pytest.fixture
def visit(chromium: Browser, app: App, service: Service, keys: BrowserKeys) -> Iterator[Visit]:
    with visiting(chromium, app, size=PHONE) as visit:
        visit.context.grant_permissions(["notifications"], origin=app.url)
        visit.context.add_init_script(f"({SUBSCRIBED})({[f'{service.url}/p/1', keys.p256dh, keys.auth]!r})")
        takes_a_seat(visit, ANA)
        yield visit


def takes_a_seat(visit: Visit, name: str) -> None:
    """Be somebody who was never here before."""
    page = visit.go("/people/")
    page.get_by_label("Somebody new").fill(name)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text(f"Hello, {name}.")).to_be_visible()


def switched_on(visit: Visit) -> Page:
    page = visit.go("/reminders/")
    page.get_by_role("button", name="Remind me in this browser").click()
    expect(page.get_by_text("This browser reminds you.")).to_be_visible()
    return page


def wished_for_this_minute(visit: Visit) -> None:
    """Wish for a reminder at the minute that it is, and let that minute not be over yet for the server."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    page = visit.go("/reminders/about/ritual:midday-check-in/")
    page.get_by_label("Time 1").fill(f"{now:%H:%M}")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept.")).to_be_visible()
    with closing(sqlite3.connect(visit.app.data / "lowtide.sqlite3", timeout=20)) as base, base:
        base.execute(
            "UPDATE reminders_routine SET next_at = ? WHERE person_id = (SELECT max(id) FROM accounts_person)",
            [f"{now:%Y-%m-%d %H:%M:%S}"],
        )


class Worker:
    """The browser's own service worker, as a push service's message and a finger reach it."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.found = visit, ""
        self.session: CDPSession = visit.context.new_cdp_session(visit.page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        visit.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def _note(self, told: dict[str, Any]) -> None:
        self.found = next((one["registrationId"] for one in told["registrations"]), self.found)

    def is_told(self, text: str) -> None:
        told = {"origin": self.visit.app.url, "registrationId": self.found, "data": text}
        self.session.send("ServiceWorker.deliverPushMessage", told)

    def is_tapped(self, tag: str, action: str = "") -> list[str]:
        (worker,) = self.visit.context.service_workers
        opened: list[str] = worker.evaluate(TAPPED, [tag, action])
        return opened


def shown(page: Page, count: int = 1) -> list[dict[str, Any]]:
    page.wait_for_function(
        "async (count) => (await (await navigator.serviceWorker.ready).getNotifications()).length >= count", arg=count
    )
    found: list[dict[str, Any]] = page.evaluate(SHOWN)
    return found


def reminded(visit: Visit, service: Service, keys: BrowserKeys) -> tuple[Worker, Received, dict[str, Any]]:
    """Switch on, wish, wait for the server's message and give it to the worker."""
    switched_on(visit)
    wished_for_this_minute(visit)
    arrived = service.wait(1)[0]
    worker = Worker(visit)
    worker.is_told(keys.unseal_text(arrived.body))
    (notice,) = shown(visit.page)
    return worker, arrived, notice


def test_a_reminder_is_wished_for_sent_shown_once_and_leads_to_the_ritual(
    visit: Visit, service: Service, keys: BrowserKeys
) -> None:
    worker, arrived, notice = reminded(visit, service, keys)
    assert (notice["title"], notice["silent"]) == ("Midday Check-In", False)
    assert notice["tag"].replace("-", "") == arrived.headers["topic"]
    worker.is_told(keys.unseal_text(arrived.body))
    assert len(shown(visit.page)) == 1, "the same one again takes its own place"
    (address,) = worker.is_tapped(notice["tag"])
    assert address.startswith(f"{visit.app.url}/reminders/")
    page = visit.page
    page.goto(address)
    expect(page.get_by_role("heading", name="Midday Check-In")).to_be_visible()
    page.get_by_role("button", name="No, play").click()
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]+/$"))
    assert len(service.received) == 1


def test_it_can_be_put_off_from_where_it_is_shown(visit: Visit, service: Service, keys: BrowserKeys) -> None:
    worker, _arrived, notice = reminded(visit, service, keys)
    assert [one["action"] for one in notice["actions"]] == ["snooze-10", "snooze-30"]
    assert worker.is_tapped(notice["tag"], "snooze-10") == []
    page = visit.go("/reminders/")
    expect(page.get_by_text(re.compile(r"Midday Check-In comes again at \d\d:\d\d"))).to_be_visible()
    assert page.evaluate(SHOWN) == []


def test_it_is_switched_off_again_and_nothing_is_sent(visit: Visit, service: Service) -> None:
    page = switched_on(visit)
    page.get_by_role("button", name="Not in this browser any more").click()
    expect(page.get_by_role("button", name="Remind me in this browser")).to_be_visible()
    page.get_by_role("button", name="Send me one now").click()
    expect(page.get_by_text("There is nowhere to send it to yet")).to_be_visible()
    assert service.received == []


def test_one_to_try_comes_within_seconds(visit: Visit, service: Service, keys: BrowserKeys) -> None:
    page = switched_on(visit)
    page.get_by_role("button", name="Send me one now").click()
    assert keys.unseal(service.wait(1)[0].body)["title"] == "This is how a reminder looks"


def test_after_a_change_of_seats_a_browser_reminds_who_had_switched_it_on(visit: Visit, service: Service) -> None:
    switched_on(visit)
    before = subscriptions(visit.app)
    takes_a_seat(visit, "Ben")
    assert subscriptions(visit.app) == before - 1
    expect(visit.go("/reminders/").get_by_role("button", name="Remind me in this browser")).to_be_visible()
    page = visit.go("/people/")
    with page.expect_response(lambda answer: answer.url.endswith("/reminders/push/") and answer.status == 204):
        page.get_by_role("listitem").filter(has_text=ANA).get_by_role("button").last.click()
    assert subscriptions(visit.app) == before


def subscriptions(app: App) -> int:
    with closing(sqlite3.connect(app.data / "lowtide.sqlite3", timeout=20)) as base:
        return int(base.execute("SELECT count(*) FROM reminders_pushsubscription").fetchone()[0])


OBSTACLES = [
    ({"isSecure": False}, "insecure"),
    ({"isSecure": True, "hasPush": False, "isApple": True, "isInstalled": False}, "home"),
    ({"isSecure": True, "hasPush": False, "isApple": True, "isInstalled": True}, "unable"),
    ({"isSecure": True, "hasPush": False, "isApple": False}, "unable"),
    ({"isSecure": True, "hasPush": True, "permission": "denied"}, "denied"),
    ({"isSecure": True, "hasPush": True, "permission": "default"}, ""),
]


def test_what_stands_in_the_way_is_told_apart(phone: Visit) -> None:
    page = phone.go("/reminders/")
    asked = "async (here) => (await import('/static/reminders/js/browser.js')).obstacle(here)"
    for here, expected in OBSTACLES:
        assert page.evaluate(asked, here) == expected, here


NOTICES = [
    ({"id": "a", "title": "Desk Check", "text": "t", "address": "/r/", "silent": True, "snoozes": [10, 30, 60]},
     {"tag": "a", "silent": True, "actions": ["snooze-10", "snooze-30"]}),
    ({"id": "a", "title": "Desk Check", "silent": False}, {"tag": "a", "vibrate": [180], "actions": []}),
    (None, {"tag": "lowtide", "vibrate": [180], "actions": []}),
]  # fmt: skip


def test_words_only_make_no_sound_and_what_can_not_be_read_is_shown_without_harm(phone: Visit) -> None:
    page = phone.go("/reminders/")
    asked = """async (told) => {
      const { options } = (await import('/static/reminders/js/reminding.js')).notice(told);
      const { tag, silent, vibrate, actions } = options;
      return JSON.parse(JSON.stringify({ tag, silent, vibrate, actions: actions.map((one) => one.action) }));
    }"""
    for told, expected in NOTICES:
        assert page.evaluate(asked, told) == expected


def test_a_browser_that_was_told_to_show_nothing_says_what_would_help(chromium: Browser, app: App) -> None:
    denied = "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    with visiting(chromium, app, size=PHONE) as visit:
        visit.context.add_init_script(denied)
        page = visit.go("/reminders/")
        expect(page.get_by_text("This browser was told to show nothing from Lowtide.")).to_be_visible()
        expect(page.get_by_role("button", name="Remind me in this browser")).to_be_hidden()


def test_permission_is_asked_only_after_a_tap(chromium: Browser, app: App) -> None:
    asks = "window.asked = 0; Notification.requestPermission = async () => { window.asked += 1; return 'denied'; }"
    with visiting(chromium, app, size=PHONE) as visit:
        visit.context.add_init_script(asks)
        page = visit.go("/reminders/")
        expect(page.get_by_role("button", name="Remind me in this browser")).to_be_visible()
        assert page.evaluate("window.asked") == 0
        page.get_by_role("button", name="Remind me in this browser").click()
        page.wait_for_function("window.asked === 1")


def test_while_the_browser_asks_it_says_what_is_awaited_and_afterwards_what_became_of_it(
    chromium: Browser, app: App
) -> None:
    asks = """window.answers = []; Notification.requestPermission = () => new Promise((done) => answers.push(done));
      Object.defineProperty(Notification, 'permission', { get: () => 'default' })"""
    with visiting(chromium, app, size=PHONE) as visit:
        visit.context.add_init_script(asks)
        page = visit.go("/reminders/")
        button, said = page.get_by_role("button", name="Remind me in this browser"), page.get_by_role("status")
        for answer, words in (("default", "closed without an answer"), ("denied", "was told to show nothing")):
            button.click()
            expect(said.filter(has_text="Your browser asks now whether Lowtide may show notifications")).to_be_visible()
            expect(button).to_be_disabled()
            page.evaluate("(answer) => answers.pop()(answer)", answer)
            expect(said.filter(has_text=words)).to_be_visible()
        expect(button).to_be_hidden()


def test_without_javascript_everything_but_the_browser_itself_can_be_set(plain: Visit) -> None:
    page = plain.go("/reminders/")
    expect(page.get_by_text("JavaScript has to be on")).to_be_visible()
    page.get_by_role("link", name="Evening Wind-Down").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("21:30, every day, nowhere yet")).to_be_visible()
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_text("21:30, every day, in your calendar")).to_be_visible()
    expect(page.get_by_role("link", name="Open in a calendar")).to_be_visible()
