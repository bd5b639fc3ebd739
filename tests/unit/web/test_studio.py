"""Sessions are made once, for whoever asks; what can be had at once never waits for what must be spoken first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from lowtide import speak
from lowtide.errors import UserError
from lowtide.model.audio import Sound
from lowtide.model.profile import Wish
from lowtide.web.practice.sound import making, studio
from lowtide.web.practice.sound.clips import RecentClips
from lowtide.web.practice.sound.order import Order
from lowtide.web.practice.sound.studio import Studio
from people import LENA_NUMB, WELL

ORDER = Order(profile=WELL, wish=Wish(length_ms=180_000, technique="body-scan"), sound=Sound(), voice="silent:calm")
WAIT_S = 60


@pytest.fixture
def here(tmp_path: Path) -> Studio:
    return Studio(speak.Cache(tmp_path / "clips"), None, threads=1)


def test_the_same_order_is_made_once(here: Studio) -> None:
    first, second = here.prepare(ORDER), here.prepare(replace(ORDER))
    assert first is second
    assert first.recording.result(WAIT_S).order == ORDER
    assert first.is_ready
    assert here.prepare(replace(ORDER, voice="silent:other")) is not first


def test_why_a_session_can_not_be_had_is_told_to_all_who_ask(here: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    order = replace(ORDER, profile=LENA_NUMB)
    asked = here.prepare(order)
    with pytest.raises(UserError, match="No session"):
        asked.recording.result(WAIT_S)
    assert here.prepare(order) is asked
    assert "No session" in str(asked.failure)
    monkeypatch.setattr(studio, "TRY_AGAIN_S", -1.0)
    assert here.prepare(order) is not asked


def test_who_stops_waiting_stops_nothing_for_others(here: Studio) -> None:
    async def impatient() -> None:
        waiting = asyncio.create_task(here.prepare(ORDER).awaited())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(impatient())
    assert here.prepare(ORDER).recording.result(WAIT_S).duration_ms == 180_000


def test_a_session_whose_phrases_are_known_does_not_wait_for_one_that_is_being_spoken(
    here: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_speak, make = Event(), making.make
    long = replace(ORDER, voice="espeak:en")

    def spoken_slowly(order: Order, clips: speak.Cache, progress: Callable[[int, int], None]) -> object:
        progress(3, 10)
        assert may_speak.wait(WAIT_S)
        return make(replace(order, voice="silent:calm"), clips, lambda _done, _count: None)

    monkeypatch.setattr(making, "make", spoken_slowly)
    monkeypatch.setattr(making, "make_at_once", _refusing(long, make))
    slow, quick = here.prepare(long), here.prepare(ORDER)
    assert quick.recording.result(WAIT_S).duration_ms == 180_000
    assert not slow.recording.done()
    may_speak.set()
    assert slow.recording.result(WAIT_S).duration_ms == 180_000
    assert (slow.done, slow.count) == (3, 10)


def _refusing(long: Order, make: Callable[..., object]) -> Callable[..., object]:
    def at_once(order: Order, clips: speak.Cache) -> object:
        if order is long:
            raise making.NotSpokenYetError
        return make(order, clips, lambda _done, _count: None)

    return at_once


def test_what_is_not_in_the_cache_is_told_before_a_word_is_spoken(tmp_path: Path) -> None:
    with pytest.raises(making.NotSpokenYetError):
        making.make_at_once(replace(ORDER, voice="espeak:en"), speak.Cache(tmp_path / "clips"))
    assert not (tmp_path / "clips").exists()


def test_what_was_looked_up_is_known_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOWTIDE_CACHE", str(tmp_path))
    clips, said = RecentClips(), [("Rest here.", False)]
    voice = speak.find("espeak:en")
    first = speak.say(said, voice, clips).clips
    known = speak.say(said, voice, clips).clips
    assert first == known
    (file,) = (path for path in tmp_path.rglob("*.clip"))
    file.write_bytes(b"damaged")
    assert speak.say(said, voice, clips).clips == known  # not read again
    assert speak.Cache().find(file.stem) is None
