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
