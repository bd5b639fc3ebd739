"""Encoded sound on a shelf: the same recording, sooner; and no recording ever fails of it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sounds
from lowtide.deliver import Shelf, encode
from lowtide.deliver.encoders import mp3
from lowtide.deliver.encoders.lame import FRAME_BYTES, FRAME_SAMPLES, encode_frames
from lowtide.deliver.label import Label
from lowtide.model.audio import Format

SECONDS = 20
LABEL = Label(frames=SECONDS * sounds.RATE + 5, title="Softening")
DIGEST, FRAMES = "ab" * 32, b"\xff\xfb" + bytes(2 * FRAME_BYTES - 2)


@pytest.fixture(scope="module")
def sound() -> sounds.Sound:
    return sounds.noise(LABEL.frames)


@pytest.fixture(scope="module")
def file(sound: sounds.Sound) -> bytes:
    return b"".join(encode(sounds.of(sound), LABEL, Format.MP3))


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length in samples of each stretch that is really encoded."""
    lengths: list[int] = []

    def counted(samples: sounds.Sound) -> bytes:
        lengths.append(len(samples))
        return encode_frames(samples)

    monkeypatch.setattr(mp3, "encode_frames", counted)
    return lengths


def recorded(sound: sounds.Sound, shelf: Shelf | None, threads: int | None = None) -> bytes:
    return b"".join(encode(sounds.of(sound), LABEL, Format.MP3, threads=threads, shelf=shelf))


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_recording_is_the_same_with_an_empty_and_a_full_shelf(
    sound: sounds.Sound, file: bytes, tmp_path: Path, encoded: list[int]
) -> None:
    for threads in (2, 1):
        assert recorded(sound, Shelf(tmp_path), threads) == file
    assert len(encoded) == len(entries(tmp_path)) > 10, "the second time nothing is encoded"


def test_a_changed_sentence_encodes_only_the_chunks_that_it_touches(
    sound: sounds.Sound, tmp_path: Path, encoded: list[int]
) -> None:
    recorded(sound, Shelf(tmp_path))
    changed = sound.copy()
    sentence = slice(9 * sounds.RATE, 12 * sounds.RATE)
    changed[sentence] = sounds.tone(3 * sounds.RATE)
    expected = recorded(changed, None)
    encoded.clear()
    assert recorded(changed, Shelf(tmp_path)) == expected
    assert 2 <= len(encoded) <= 3, "three seconds lie in two or three chunks of two seconds, pre-roll and all"
    encoded.clear()
    assert recorded(sound, Shelf(tmp_path)) == recorded(sound, Shelf(tmp_path))
    assert encoded == [], "and the old wording is still there"


def test_the_same_sound_elsewhere_is_another_chunk_only_where_its_pre_roll_differs(tmp_path: Path) -> None:
    """At the very start nothing comes before a chunk: its frames are not those of the same samples with a pre-roll."""
    silence = np.zeros((LABEL.frames, 2), dtype=np.float32)
    assert recorded(silence, Shelf(tmp_path)) == recorded(silence, None)
    assert len(entries(tmp_path)) < 8, "silence is kept once, not for each chunk"


def test_another_version_or_setting_of_the_encoder_finds_nothing(
    sound: sounds.Sound, tmp_path: Path, encoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(sound, Shelf(tmp_path))
    first = len(encoded)
    monkeypatch.setattr("lowtide.deliver.shelf.fingerprint", lambda: "LAME of another kind")
    recorded(sound, Shelf(tmp_path))
    assert len(encoded) == 2 * first


@pytest.mark.parametrize("damage", ["cut", "empty", "a bit", "its head", "longer", "another's"])
def test_a_damaged_entry_is_never_heard(sound: sounds.Sound, file: bytes, tmp_path: Path, damage: str) -> None:
    recorded(sound, Shelf(tmp_path))
    kept = entries(tmp_path)
    contents = [path.read_bytes() for path in kept]
    for path, whole in zip(kept, contents, strict=True):
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 1
        damaged = {"cut": whole[:-FRAME_BYTES], "empty": b"", "a bit": bytes(flipped), "longer": whole + whole[-384:]}
        other = b"lowtide clip 1\n" + whole[15:]
        path.write_bytes(damaged.get(damage, other if damage == "another's" else b"X" + whole[1:]))
    assert recorded(sound, Shelf(tmp_path)) == file
    assert [path.read_bytes() for path in entries(tmp_path)] == contents, "and is mended"


def test_frames_of_another_number_or_kind_are_not_used(tmp_path: Path) -> None:
    """Even where the checksum is right."""
    shelf = Shelf(tmp_path)
    shelf.keep(DIGEST, FRAMES)
    assert shelf.find(DIGEST, 2) == FRAMES
    assert shelf.find(DIGEST, 1) is None
    assert shelf.find(DIGEST, 3) is None
    shelf.keep(DIGEST, b"ID3" + FRAMES[3:])
    assert shelf.find(DIGEST, 2) is None


def test_every_frame_that_is_encoded_begins_as_the_shelf_expects(file: bytes) -> None:
    """Or else nothing would ever be found again."""
    frames = file[-FRAME_BYTES * (LABEL.frames // FRAME_SAMPLES) :]
    assert {frames[at : at + 2] for at in range(0, len(frames), FRAME_BYTES)} == {b"\xff\xfb"}


def test_a_full_disk_fails_no_recording(
    sound: sounds.Sound, file: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def full(path: Path, content: bytes) -> int:
        tried.append(path)
        with path.open("wb") as half:
            half.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert recorded(sound, Shelf(tmp_path), 1) == file
    assert entries(tmp_path) == []
    assert len(tried) == 1, "and the full disk is left alone"


def test_a_shelf_that_can_be_no_folder_fails_no_recording(sound: sounds.Sound, file: bytes, tmp_path: Path) -> None:
    blocked = tmp_path / "chunks"
    blocked.write_text("not a folder")
    assert recorded(sound, Shelf(blocked)) == file
    assert blocked.read_text() == "not a folder"


def test_a_read_only_shelf_still_serves(
    sound: sounds.Sound, file: bytes, tmp_path: Path, encoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(sound, Shelf(tmp_path))
    kept = entries(tmp_path)
    kept[0].write_bytes(b"damaged")
    for path in kept[1:]:
        os.utime(path, (1, 1))
    encoded.clear()

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for place, name in ((Path, "write_bytes"), (Path, "unlink"), (Path, "replace"), (os, "utime")):
        monkeypatch.setattr(place, name, refused)
    assert recorded(sound, Shelf(tmp_path)) == file
    assert len(encoded) == 1, "only what was damaged"


def test_what_was_not_used_for_longest_goes_when_there_is_no_more_room(tmp_path: Path) -> None:
    size = len(FRAMES) + 24
    shelf = Shelf(tmp_path, limit_bytes=4 * size)
    for number in range(1, 7):
        shelf.keep(f"{number:02x}" * 32, FRAMES)
        os.utime(next(tmp_path.rglob(f"{number:02x}" * 32 + "*")), (number, number))
    shelf.keep("00" * 32, FRAMES)
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 4 * size
    assert shelf.find("00" * 32, 2) == FRAMES
    assert shelf.find("01" * 32, 2) is None


def test_others_can_not_listen_in(tmp_path: Path) -> None:
    """A recording may say a listener's name."""
    Shelf(tmp_path / "chunks").keep(DIGEST, FRAMES)
    assert (tmp_path / "chunks").stat().st_mode & 0o077 == 0


RECORDER = """
import sys
from pathlib import Path
import hashlib
import sounds
from lowtide.deliver import Label, Shelf, encode
from lowtide.model.audio import Format
sound = sounds.noise(20 * sounds.RATE + 5)
label = Label(frames=len(sound), title="Softening")
print("begun", flush=True)
for _ in range(int(sys.argv[2])):
    file = b"".join(encode(sounds.of(sound), label, Format.MP3, threads=2, shelf=Shelf(Path(sys.argv[1]))))
print(hashlib.sha256(file).hexdigest())
"""


def test_two_processes_share_a_shelf_and_a_killed_one_leaves_it_whole(
    sound: sounds.Sound, file: bytes, tmp_path: Path
) -> None:
    import hashlib

    command = [sys.executable, "-c", RECORDER, str(tmp_path)]
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.Popen([*command, "1000"], stdout=subprocess.PIPE, env=places)
    ending = subprocess.Popen([*command, "3"], stdout=subprocess.PIPE, env=places)
    said, _ = ending.communicate(timeout=60)
    killed.kill()
    killed.communicate()
    assert said.split() == [b"begun", hashlib.sha256(file).hexdigest().encode()]
    assert recorded(sound, Shelf(tmp_path)) == file
