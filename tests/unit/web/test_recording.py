"""A recording is one file that need not exist: known size, any part of it, the same bytes for the same order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from lowtide import speak
from lowtide.model.audio import Sound, Soundscape
from lowtide.model.plan import Change, Switch
from lowtide.model.profile import Wish
from lowtide.web.practice.sound import desk as desk_module
from lowtide.web.practice.sound.desk import Desk, NotAtHandError, Stretch, score_of
from lowtide.web.practice.sound.making import make
from lowtide.web.practice.sound.order import Order
from lowtide.web.practice.sound.packing import pack, unpack
from lowtide.web.practice.sound.recording import Recording
from people import WELL

ORDER = Order(profile=WELL, wish=Wish(length_ms=180_000, technique="body-scan"), sound=Sound(), voice="silent:calm")


def recorded(order: Order, desk: Desk | None = None) -> Recording:
    score = score_of(make(order, speak.Cache(), lambda _done, _count: None))
    return Recording(order, score, (desk or Desk(speak.Cache(), None)).read)


def whole(recording: Recording) -> bytes:
    return b"".join(recording.read(piece) for piece in recording.pieces(0, recording.size))


def test_the_pieces_are_the_file_whatever_is_read_first() -> None:
    file = whole(recorded(ORDER))
    again = recorded(ORDER)
    assert again.size == len(file)
    assert again.etag == recorded(ORDER).etag
    for start, stop in ((len(file) - 5_000, len(file)), (100_001, 160_003), (0, 2_000)):
        assert b"".join(again.read(piece) for piece in again.pieces(start, stop)) == file[start:stop]


@pytest.mark.parametrize("switches", [(), (Switch(at_ms=60_000, to=Change.IMAGINE),)])
def test_a_session_arrives_in_another_process_as_it_was_made(switches: tuple[Switch, ...]) -> None:
    made = make(replace(ORDER, switches=switches), speak.Cache(), lambda _done, _count: None)
    assert unpack(pack(made)) == made
    assert score_of(made).timeline == made.timeline


def test_the_first_pieces_are_small_so_that_the_first_sound_is_soon_there() -> None:
    pieces = list(recorded(ORDER).pieces(0, 10**9))
    assert [piece.at_ms for piece in pieces[:4]] == [0, 0, 504, 1_512]  # the head, then chunks of whole 24 ms frames
    assert max(b.at_ms - a.at_ms for a, b in pairwise(pieces)) <= 2_000


def test_what_was_rendered_a_moment_ago_is_at_hand() -> None:
    recording = recorded(ORDER)
    head, first, second = list(recording.pieces(0, recording.size))[:3]
    assert recording.at_hand(head) == recording.read(head)
    assert recording.at_hand(second) is None
    assert recording.read(second) == recording.at_hand(second)
    assert recording.at_hand(first) is None


def test_memory_is_for_who_listens_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "MOST_MIXERS", 1)
    desk, other = Desk(speak.Cache(), None), replace(ORDER, wish=replace(ORDER.wish, seed=1))
    first, second = recorded(ORDER, desk), recorded(other, desk)
    piece = list(first.pieces(0, first.size))[5]
    heard = first.read(piece)
    second.read(piece)
    assert desk.at_hand == (other.digest,)
    assert first.read(replace(piece, start=piece.start + 1)) == heard[1:]


def test_pieces_follow_each_other_without_a_gap() -> None:
    recording = recorded(ORDER)
    pieces = list(recording.pieces(5_000, 900_000))
    assert (pieces[0].start, pieces[-1].stop) == (5_000, 900_000)
    assert all(a.stop == b.start for a, b in pairwise(pieces))


@pytest.mark.parametrize(
    "other",
    [
        replace(ORDER, sound=Sound(soundscape=Soundscape.RAIN)),
        replace(ORDER, sound=Sound(bell_db=-6.0)),
        replace(ORDER, wish=replace(ORDER.wish, seed=1)),
        replace(ORDER, switches=(Switch(to=Change.IMAGINE, at_ms=60_000),)),
        replace(ORDER, profile=replace(WELL, name="Ada")),
    ],
)
def test_whatever_is_changed_makes_another_order(other: Order) -> None:
    assert other.digest != ORDER.digest
    assert replace(other) == other
    assert replace(other).digest == other.digest


def test_after_a_switch_the_file_is_as_long_and_begins_with_the_same_bytes() -> None:
    before = recorded(replace(ORDER, wish=Wish(length_ms=600_000, technique="gentle-stretch")))
    after = recorded(replace(before.order, switches=(Switch(to=Change.IMAGINE, at_ms=240_000),)))
    assert after.size == before.size
    assert after.etag != before.etag
    pieces = [piece for piece in before.pieces(0, before.size) if piece.at_ms < 236_000]
    for piece in (*pieces[:4], *pieces[-3:]):
        assert before.read(piece)[-20_000:] == after.read(piece)[-20_000:]
    assert before.captions != after.captions


def test_who_made_a_session_has_it_at_hand_for_its_sound() -> None:
    desk, other = Desk(speak.Cache(), None), Desk(speak.Cache(), None)
    score = desk.make(ORDER)
    piece = list(Recording(ORDER, score, desk.read).pieces(0, 10**9))[1]
    light = Stretch(order=ORDER, digest=ORDER.digest, start=piece.start, stop=piece.stop)
    with pytest.raises(NotAtHandError):
        other.read(light)
    assert desk.read(light) == other.read(replace(light, made=score.made))
