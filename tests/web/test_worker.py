"""`lowtide worker` and the thread in `lowtide serve`: they look after reminders, and end when they are asked to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from lowtide.web.reminders.actions import Wished, keep_routine
from lowtide.web.reminders.channels import Sent, only
from lowtide.web.reminders.models import Delivery, Heartbeat, Routine
from lowtide.web.reminders.work.loop import Loop
from remembering import Kept, ends, somebody

PATIENCE_SECONDS = 60
"""Far more than it takes; nothing is measured here."""


def environment(folder: Path) -> dict[str, str]:
    told = connection.settings_dict
    url = f"sqlite://{told['NAME']}" if connection.vendor == "sqlite" else (
        f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'])}&port={told['PORT']}"
    )  # fmt: skip
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LOWTIDE_", "DJANGO_", "DATABASE_"))}
    return kept | {"LOWTIDE_DATA": str(folder), "DATABASE_URL": url}


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", *words]
    with subprocess.Popen(command, env=environment(folder), stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    return process.stderr.readline()


def wait_for_a_heartbeat() -> None:
    deadline, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while not Heartbeat.objects.exists():
        assert time.monotonic() < deadline
        pause.wait(0.1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_gives_a_sign_of_itself_and_ends_when_it_is_asked_to(
    committed: str, folder: Path, number: signal.Signals
) -> None:
    with running(folder, "lowtide", "worker") as process:
        assert "sends reminders" in line(process)
        wait_for_a_heartbeat()
        process.send_signal(number)
        assert process.wait(PATIENCE_SECONDS) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_word_that_a_worker_does_not_know_is_one_line(committed: str, folder: Path) -> None:
    with running(folder, "lowtide.web", "worker", "faster") as process:
        assert line(process).startswith("lowtide: 'lowtide worker' takes no words")
        assert process.wait(PATIENCE_SECONDS) == 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_app_looks_after_reminders_itself_or_says_who_does(committed: str, folder: Path) -> None:
    with running(folder, "lowtide.web", "serve", "--no-open", "--port", str(free_port())) as process:
        assert "Lowtide is at" in line(process)
        if committed == "sqlite":
            wait_for_a_heartbeat()
        else:
            assert "'lowtide worker'" in line(process)
            assert not Heartbeat.objects.exists()


def test_a_thread_beside_the_app_sends_what_is_due_and_ends_when_it_is_told_to(committed: str) -> None:
    has_come = threading.Event()

    def comes(_delivery: Delivery) -> Sent:
        has_come.set()
        return Sent()

    row = keep_routine(somebody(), "diary", Wished(times=(600,)))
    at = timezone.now()
    Routine.objects.update(once_at=at, times=[], next_at=at)
    loop = Loop()
    with only(Kept(after=comes)):
        thread = loop.start()
        assert has_come.wait(PATIENCE_SECONDS)
        loop.stop()
        thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()
    assert ends(row) == ["sent"]
