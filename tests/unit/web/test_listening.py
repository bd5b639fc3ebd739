"""What one listener reads: at once, in order, a little ahead of what is heard, and nothing once they have gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from lowtide.web.practice.sound import listening
from lowtide.web.practice.sound.listening import AHEAD_S, listen
from lowtide.web.practice.sound.recording import Piece, Recording
from lowtide.web.practice.sound.turns import Pool

PIECE_MS, PIECE_BYTES = 2_000, 100


@dataclass
class Tape:
    """A recording of a minute whose pieces are two seconds long, which remembers what was read of it."""

    rendered: list[int] = field(default_factory=list)
    prepared_ms: int = 0
    seat: int = 0

    def pieces(self, start: int, stop: int) -> list[Piece]:
        return [
            Piece(start=at, stop=min(at + PIECE_BYTES, stop), at_ms=self.at_ms(at))
            for at in range(start, stop, PIECE_BYTES)
        ]

    def at_ms(self, byte: int) -> int:
        return byte // PIECE_BYTES * PIECE_MS

    def at_hand(self, piece: Piece) -> bytes | None:
        return bytes([piece.start // PIECE_BYTES]) * PIECE_BYTES if piece.at_ms < self.prepared_ms else None

    def read(self, piece: Piece) -> bytes:
        self.rendered.append(piece.at_ms)
        return bytes([piece.start // PIECE_BYTES]) * (piece.stop - piece.start)


@dataclass
class Clock:
    """A clock that moves only while somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(asyncio, "sleep", made.sleep)
    return made


def reader(tape: Tape, clock: Clock, *, keeps: bool = False, start: int = 0) -> AsyncIterator[bytes]:
    return listen(cast("Recording", tape), start, 3_000, Pool(1, "test"), keeps=keeps, clock=clock)


def test_a_reader_gets_every_byte_in_order(clock: Clock) -> None:
    async def read() -> bytes:
        return b"".join([sound async for sound in reader(Tape(), clock, start=250)])

    expected = b"".join(bytes([n]) * PIECE_BYTES for n in range(30))
    assert len(asyncio.run(read())) == 2_750
    assert asyncio.run(read())[:50] == expected[200:250]


def test_what_was_prepared_ahead_waits_for_no_turn(clock: Clock) -> None:
    tape = Tape(prepared_ms=6_000)

    async def read() -> None:
        sounds = reader(tape, clock)
        first = [await anext(sounds) for _ in range(3)]
        assert first == [bytes([number]) * PIECE_BYTES for number in range(3)]
        assert tape.rendered == []
        assert (await anext(sounds))[:1] == bytes([3])

    asyncio.run(read())


def test_no_more_is_rendered_than_what_can_be_heard_within_some_seconds(clock: Clock) -> None:
    tape = Tape()

    async def read() -> None:
        async for _ in reader(tape, clock):
            heard_ms = clock.now * 1000
            assert max(tape.rendered) <= heard_ms + AHEAD_S * 1000

    asyncio.run(read())
    assert tape.rendered == list(range(0, 60_000, PIECE_MS))
    assert clock.now == pytest.approx(60.0 - PIECE_MS / 1000 - AHEAD_S)


def test_what_is_kept_for_later_is_not_held_back(clock: Clock) -> None:
    tape = Tape()

    async def read() -> int:
        return len([sound async for sound in reader(tape, clock, keeps=True)])

    assert asyncio.run(read()) == 30
    assert clock.slept == []


def test_nothing_is_rendered_for_who_has_gone(clock: Clock) -> None:
    tape = Tape()

    async def leave() -> None:
        sounds = reader(tape, clock)
        await anext(sounds)
        await cast("AsyncGenerator[bytes, None]", sounds).aclose()

    asyncio.run(leave())
    assert len(tape.rendered) <= listening.DEPTH + 1


def test_a_player_that_is_paused_is_not_hurried(clock: Clock) -> None:
    tape = Tape()

    async def read() -> None:
        sounds = reader(tape, clock)
        await anext(sounds)
        clock.now += 300.0  # the player accepts nothing for five minutes
        for _ in range(3):
            await anext(sounds)
        assert max(tape.rendered) <= AHEAD_S * 1000

    asyncio.run(read())
