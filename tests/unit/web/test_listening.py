"""What one listener reads: at once, in order, a little ahead of what is heard, and nothing once they have gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import cast

import pytest

from lowtide.web.practice.sound import listening
from lowtide.web.practice.sound.listening import AHEAD_S, HOLD_S, MOST_AHEAD_S, listen
from lowtide.web.practice.sound.recording import Piece, Recording
from lowtide.web.practice.sound.turns import Pool, Ticket

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


def test_while_others_wait_no_more_is_rendered_than_what_can_be_heard_within_some_seconds(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pool, "is_quiet", False)
    tape = Tape()

    async def read() -> None:
        async for _ in reader(tape, clock):
            heard_ms = clock.now * 1000
            assert max(tape.rendered) <= heard_ms + AHEAD_S * 1000

    asyncio.run(read())
    assert tape.rendered == list(range(0, 60_000, PIECE_MS))
    assert clock.now == pytest.approx(60.0 - PIECE_MS / 1000 - AHEAD_S)


def test_where_nobody_else_waits_a_jump_forward_lands_in_what_was_sent(clock: Clock) -> None:
    tape, pool = Tape(), Pool(1, "test")

    async def read() -> None:
        async for _ in listen(cast("Recording", tape), 0, 20_000, pool, clock=clock):
            assert max(tape.rendered) <= (clock.now + MOST_AHEAD_S) * 1000
            if not clock.now:
                sent_ms[:] = [max(tape.rendered)]

    sent_ms = [0]
    asyncio.run(read())
    assert sent_ms[0] > 150_000
    assert tape.rendered == list(range(0, 400_000, PIECE_MS))


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


def test_a_player_that_is_paused_is_not_hurried(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pool, "is_quiet", False)
    tape = Tape()

    async def read() -> None:
        sounds = reader(tape, clock)
        await anext(sounds)
        clock.now += 300.0  # the player accepts nothing for five minutes
        for _ in range(3):
            await anext(sounds)
        assert max(tape.rendered) <= AHEAD_S * 1000

    asyncio.run(read())


@dataclass
class Line:
    """A pool whose work is done when the test says so: what is due first, first."""

    is_crowded: bool = True
    is_quiet: bool = False
    waiting: list[tuple[float, Ticket[bytes]]] = field(default_factory=list)

    def submit(self, work: Callable[[], bytes], due_s: float, seat: int | None = None) -> Ticket[bytes]:
        self.waiting.append((due_s, Ticket(work, seat)))
        return self.waiting[-1][1]

    def do_first(self) -> None:
        first = min(self.waiting, key=lambda one: one[0])
        self.waiting.remove(first)
        first[1].result.set_result(first[1].work())


async def settled() -> None:
    """Let everybody who can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


def waiting_for(tape: Tape, line: Line, *, asked_s: float = 0.0, now_s: float = 0.0) -> asyncio.Task[bytes]:
    """Wait for the next sound of a reader who asked some time ago."""
    pool = cast("Pool", line)
    sounds = listen(cast("Recording", tape), 0, 3_000, pool, asked_s=asked_s, clock=lambda: now_s)
    return asyncio.create_task(cast("AsyncGenerator[bytes, None]", sounds).asend(None))


def test_everybody_s_first_sound_is_made_before_anybody_s_second_in_the_order_of_asking() -> None:
    async def read() -> None:
        line, tapes = Line(), [Tape() for _ in range(5)]
        for place in (3, 0, 4, 1, 2):
            waiting_for(tapes[place], line, asked_s=0.6 * place)
        await settled()
        for count in range(1, 6):
            line.do_first()
            await settled()
            assert [tape.rendered for tape in tapes] == [[0]] * count + [[]] * (5 - count)
        line.do_first()
        assert tapes[0].rendered == [0, PIECE_MS]

    asyncio.run(read())


def test_in_a_crowd_a_first_sound_is_held_until_what_follows_is_there() -> None:
    async def read() -> None:
        line = Line()
        first = waiting_for(Tape(), line)
        await settled()
        line.do_first()
        await settled()
        assert not first.done()
        line.do_first()
        assert await first == bytes(PIECE_BYTES)

    asyncio.run(read())


def test_in_a_crowd_a_first_sound_is_not_held_for_longer_than_two_seconds_leave() -> None:
    async def read() -> None:
        line = Line()
        first = waiting_for(Tape(), line, now_s=HOLD_S)
        await settled()
        line.do_first()
        assert await first == bytes(PIECE_BYTES)

    asyncio.run(read())


def test_who_is_alone_hears_the_first_sound_before_what_follows_is_there() -> None:
    async def read() -> None:
        line = Line(is_crowded=False)
        first = waiting_for(Tape(), line)
        await settled()
        line.do_first()
        await settled()
        assert first.result() == bytes(PIECE_BYTES)

    asyncio.run(read())


def test_who_hears_already_and_is_about_to_run_dry_goes_before_a_first_sound() -> None:
    async def read() -> None:
        line, old, new, clock = Line(is_crowded=False), Tape(), Tape(), Clock()
        sounds = listen(cast("Recording", old), 0, 3_000, cast("Pool", line), clock=clock)
        for _ in range(2):
            waiting = asyncio.create_task(cast("AsyncGenerator[bytes, None]", sounds).asend(None))
            await settled()
            line.do_first()
            await waiting
        clock.now += 2 * PIECE_MS / 1000 - 0.1  # all but a tenth of a second of it is heard
        waiting_for(new, line, asked_s=clock.now, now_s=clock.now)
        await settled()
        line.do_first()
        assert (len(old.rendered), new.rendered) == (3, [])

    asyncio.run(read())
