"""Two real workers on one database, a real mail server, and `kill -9` at any moment: each letter once, none twice."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

import hurried_worker
from lowtide.web.reminders import clock
from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.channels import only
from lowtide.web.reminders.models import Delivery, Heartbeat, Reminder
from remembering import somebody

PEOPLE = 24
KILLS = 4
PATIENCE_SECONDS = 120
"""Far more than it takes; nothing is measured here."""
TAKES_SECONDS = 0.03
"""What the mail server takes over a letter, so that some workers are killed in the very hand-over."""


class Post:
    """A mail server that keeps the names of what it took."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.has_more = threading.Condition()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take a letter, slowly."""
        import asyncio

        with self.has_more:
            self.taken.append(message_from_bytes(envelope.content or b"")["Message-ID"])  # type: ignore[arg-type]
            self.has_more.notify_all()
        await asyncio.sleep(TAKES_SECONDS)
        return "250 Taken"

    def wait_for(self, letters: int) -> None:
        """Wait until it has taken so many."""
        with self.has_more:
            assert self.has_more.wait_for(lambda: len(self.taken) >= letters, PATIENCE_SECONDS)


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    kept = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


@pytest.fixture
def began(monkeypatch: pytest.MonkeyPatch) -> Iterator[float]:
    at = time.time()
    monkeypatch.setenv(hurried_worker.BEGAN, repr(at))
    with clock.told_by(hurried_worker.hurried):
        yield at


def environment(began: float, port: int, folder: Path) -> dict[str, str]:
    told: dict[str, Any] = connection.settings_dict
    url = f"sqlite://{told['NAME']}" if connection.vendor == "sqlite" else (
        f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'])}&port={told['PORT']}"
    )  # fmt: skip
    return os.environ | {
        "DATABASE_URL": url, "LOWTIDE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "lowtide.web.project.settings",
        hurried_worker.BEGAN: repr(began), hurried_worker.SMTP_PORT: str(port),
    }  # fmt: skip


@contextmanager
def two_workers(told: dict[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    running = [start(told), start(told)]
    try:
        yield running
    finally:
        for one in running:
            one.kill()
            one.wait(PATIENCE_SECONDS)


def start(told: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, hurried_worker.__file__], env=told, stderr=subprocess.DEVNULL)


def wished(people: int, minutes: int) -> None:
    """Let everybody wish for a letter, spread over so many minutes of the hurried clock."""
    now = hurried_worker.hurried()
    first = now.hour * 60 + now.minute + 2
    for number in range(people):
        times = (first + number * minutes // people,)
        keep_routine(somebody(f"p{number}"), "ritual:midday-check-in", Wished(times=times, by_push=False, by_mail=True))


def wait_until_all_ended(people: int) -> None:
    deadline, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while Reminder.objects.count() < people or Delivery.objects.filter(ended_at__isnull=True).exists():
        assert time.monotonic() < deadline, Counter(Delivery.objects.values_list("state", flat=True))
        pause.wait(0.1)  # an end without a letter tells nobody


def test_two_workers_send_each_letter_once(
    committed: str, post: tuple[Post, int], began: float, tmp_path: Path
) -> None:
    kept, port = post
    with only(hurried_worker.Letters()), two_workers(environment(began, port, tmp_path)):
        wait_for_both()
        wished(PEOPLE, minutes=2)
        wait_until_all_ended(PEOPLE)
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {"sent": PEOPLE}
    assert sorted(kept.taken) == sorted(
        f"<{pk}@lowtide.example>" for pk in Delivery.objects.values_list("pk", flat=True)
    )


def wait_for_both() -> None:
    deadline, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while Heartbeat.objects.count() < 2:
        assert time.monotonic() < deadline
        pause.wait(0.1)


def test_killed_at_any_moment_no_letter_is_lost_and_none_is_sent_twice(
    committed: str, post: tuple[Post, int], began: float, tmp_path: Path
) -> None:
    kept, port = post
    told, dice = environment(began, port, tmp_path), random.Random(6)
    with only(hurried_worker.Letters()), two_workers(told) as running:
        wait_for_both()
        wished(PEOPLE, minutes=4)
        for number in range(KILLS):
            kept.wait_for((number + 1) * PEOPLE // (KILLS * 2))
            threading.Event().wait(dice.random() * TAKES_SECONDS * 2)  # some moment within a letter's way
            one = dice.randrange(2)
            running[one].kill()
            running[one].wait(PATIENCE_SECONDS)
            running[one] = start(told)
        wait_until_all_ended(PEOPLE)
    came = Counter(kept.taken)
    assert max(came.values()) == 1, "nobody gets the same letter twice"
    for delivery in Delivery.objects.all():
        letters = came[f"<{delivery.pk}@lowtide.example>"]
        assert (delivery.state, letters) in {("sent", 1), ("unsure", 1), ("unsure", 0)}
    assert Delivery.objects.count() == PEOPLE
    assert Delivery.objects.filter(state="unsure").count() <= KILLS, (
        "only who was killed in the hand-over leaves a doubt"
    )
