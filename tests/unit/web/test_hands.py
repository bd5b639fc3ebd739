"""Sound is made in processes of its own: one that is killed is replaced, and where there is none it is made here."""

from __future__ import annotations

import io
import os
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from lowtide import speak
from lowtide.errors import EngineError, LengthError, LowtideError, UserError
from lowtide.model.audio import Sound
from lowtide.model.profile import Wish
from lowtide.web.practice.sound import hands
from lowtide.web.practice.sound.desk import Desk, Places
from lowtide.web.practice.sound.order import Order
from lowtide.web.practice.sound.recording import Recording
from lowtide.web.practice.sound.studio import Studio
from lowtide.web.practice.sound.wire import failure_of, receive, send
from lowtide.web.practice.sound.worker import READY, work
from people import LENA_NUMB, WELL

ORDER = Order(profile=WELL, wish=Wish(length_ms=180_000, technique="body-scan"), sound=Sound(), voice="silent:calm")
WAIT_S = 60


def studio_in(folder: Path, threads: int = 1) -> Studio:
    places = Places(clips=folder / "clips", clips_bytes=10**8, shelf=folder / "chunks", shelf_bytes=10**8)
    return Studio(speak.Cache(folder / "clips"), None, threads=threads, places=places)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Studio]:
    made = studio_in(tmp_path)
    yield made
    made.end()


@pytest.fixture
def here(tmp_path: Path) -> Studio:
    return Studio(speak.Cache(tmp_path / "here"), None, threads=1)


def heard(studio: Studio, recording: Recording, first: int, last: int) -> list[bytes]:
    """Read some pieces as a listener does, through the studio's own line."""
    pieces = list(recording.pieces(0, recording.size))[first:last]
    tickets = [studio.pool.submit(partial(recording.read, piece), 0.0) for piece in pieces]
    return [ticket.result.result(WAIT_S) for ticket in tickets]


def test_a_worker_that_is_killed_is_replaced_and_the_listener_goes_on_with_the_same_bytes(
    apart: Studio, here: Studio
) -> None:
    recording, expected = (one.prepare(ORDER).recording.result(WAIT_S) for one in (apart, here))
    began = heard(apart, recording, 0, 10)
    killed = apart.hands[0].worker
    assert killed not in (None, os.getpid())
    os.kill(int(killed or 0), signal.SIGKILL)
    went_on = heard(apart, recording, 10, 20)
    assert apart.hands[0].worker not in (None, killed)
    assert began + went_on == heard(here, expected, 0, 20)


def test_with_the_first_session_every_process_begins_so_that_a_crowd_waits_for_none(tmp_path: Path) -> None:
    made = studio_in(tmp_path, threads=2)
    made.prepare(ORDER).recording.result(WAIT_S)
    for number in range(2):  # the last thing that each of the threads does
        made.pool.submit(lambda: None, float("inf"), number).result.result(WAIT_S)
    workers = {hand.worker for hand in made.hands}
    made.end()
    assert None not in workers
    assert len(workers) == 2


def test_what_was_to_be_rendered_ahead_starts_no_new_process_after_the_end(apart: Studio) -> None:
    apart.prepare(ORDER).recording.result(WAIT_S)  # its first pieces wait to be rendered ahead
    apart.end()
    apart.pool.submit(lambda: None, float("inf")).result.result(WAIT_S)  # whatever was waiting is done
    assert apart.hands[0].worker is None


def test_where_no_process_can_be_had_it_is_made_here_with_the_same_bytes(
    apart: Studio, here: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_how: object) -> NoReturn:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    recording, expected = (one.prepare(ORDER).recording.result(WAIT_S) for one in (apart, here))
    assert heard(apart, recording, 0, 8) == heard(here, expected, 0, 8)
    assert apart.hands[0].worker is None


def test_where_a_process_begins_but_can_not_work_it_is_made_here(
    apart: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "MODULE", "lowtide.errors")  # it ends without a word
    assert apart.prepare(ORDER).recording.result(WAIT_S).duration_ms == 180_000
    assert apart.hands[0].worker is None


def test_why_a_session_can_not_be_had_comes_back_from_the_worker_in_its_own_words(apart: Studio) -> None:
    order = Order(profile=LENA_NUMB, wish=ORDER.wish, sound=Sound(), voice="silent:calm")
    with pytest.raises(UserError, match="No session"):
        apart.prepare(order).recording.result(WAIT_S)


def test_work_that_ends_each_worker_is_given_up_on_and_the_next_is_done(
    apart: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(pipe: io.BufferedReader) -> object:
        answer: object = receive(pipe)
        if answer != READY:
            raise EOFError
        return answer

    with monkeypatch.context() as during:
        during.setattr(hands, "receive", killed)
        with pytest.raises(EngineError, match="unexpectedly"):
            apart.prepare(ORDER).recording.result(WAIT_S)
    other = Order(profile=WELL, wish=Wish(length_ms=240_000, technique="body-scan"), sound=Sound(), voice="silent:calm")
    assert apart.prepare(other).recording.result(WAIT_S).duration_ms == 240_000


def test_a_worker_ends_once_nobody_asks_any_more(tmp_path: Path) -> None:
    asked, answers = io.BytesIO(), io.BytesIO()
    send(asked, Places(clips=tmp_path / "clips", clips_bytes=10**8, shelf=None))
    send(asked, ORDER)
    asked.seek(0)
    with pytest.raises(EOFError):
        work(asked, answers)
    answers.seek(0)
    assert receive(answers) == READY
    assert receive(answers) == Desk(speak.Cache(tmp_path / "clips"), None).make(ORDER)


@pytest.mark.parametrize(
    "error",
    [
        UserError("It can not be.", hint="Try another."),
        EngineError("It is hoarse.", permanent=True),
        LengthError("Rest", "1 min", shortest_ms=120_000, longest_ms=240_000, ends=("2 min", "4 min")),
    ],
)
def test_an_error_is_the_same_at_the_other_end(error: LowtideError) -> None:
    pipe = io.BytesIO()
    send(pipe, failure_of(error))
    pipe.seek(0)
    found = receive(pipe).again()
    assert type(found) is type(error)
    assert (str(found), vars(found)) == (str(error), vars(error))
