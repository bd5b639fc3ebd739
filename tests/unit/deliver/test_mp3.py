"""MP3: a file that need not exist, entered anywhere."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

import sounds
from lowtide.deliver import Mp3File, byte_range, encode, size_of
from lowtide.deliver.encoders import lame
from lowtide.deliver.label import Label, Mark
from lowtide.errors import UserError
from lowtide.model.audio import Format

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 12
LABEL = Label(
    frames=SECONDS * sounds.RATE + 5,
    title="Softening",
    album="Body scan",
    language="en-GB",
    comment="voice: flite:slt",
    chapters=(Mark(0, 5_000, "Arriving"), Mark(5_000, 12_000, "The lower back — left")),
)


@pytest.fixture(scope="module")
def sound() -> sounds.Sound:
    return sounds.noise(LABEL.frames)


@pytest.fixture(scope="module")
def file(sound: sounds.Sound) -> bytes:
    return b"".join(encode(sounds.of(sound), LABEL, Format.MP3))


def test_any_byte_range_of_an_unrendered_file_is_the_whole_files(sound: sounds.Sound, file: bytes) -> None:
    rng = random.Random(5)
    for _ in range(25):
        start = rng.randrange(len(file))
        stop = min(len(file), start + rng.choice([1, 2, 383, 384, 385, 9_000, 60_000]))
        assert byte_range(sounds.of(sound), LABEL, Format.MP3, start, stop) == file[start:stop]


@pytest.mark.parametrize(
    ("start", "stop"), [(0, 0), (0, 1), (-10, 1_000_000_000), (999_999_999, 1_000_000_000), (5, 2)]
)
def test_ranges_at_and_over_the_edges_read_as_a_slice_does(
    sound: sounds.Sound, file: bytes, start: int, stop: int
) -> None:
    assert Mp3File(sounds.of(sound), LABEL).read(start, stop) == file[start:stop]


def test_a_file_read_back_and_forth_is_the_same_file(sound: sounds.Sound, file: bytes) -> None:
    """A player reads the end for tags, then the beginning, then jumps; chunks are kept between its reads."""
    opened = Mp3File(sounds.of(sound), LABEL)
    assert opened.size == len(file)
    for start in (len(file) - 1_000, 0, 100_000, 90_000, 110_000, 0):
        assert opened.read(start, start + 20_000) == file[start : start + 20_000]


def test_half_a_second_anywhere_renders_a_few_seconds_at_most(sound: sounds.Sound) -> None:
    asked: list[int] = []

    def render(start: int, count: int) -> sounds.Sound:
        asked.append(count)
        return sound[start : start + count]

    opened = Mp3File(render, LABEL)
    opened.read(opened.size // 2, opened.size // 2 + 8_000)
    assert 0 < sum(asked) < 6 * sounds.RATE


def test_a_part_in_the_middle_decodes_without_what_was_before(file: bytes, sound: sounds.Sound) -> None:
    """A listener who jumps hears the place at once: no frame needs bits of an earlier one."""
    first = size_of(LABEL, Format.MP3) or 0
    begin = first - 384 * 200
    heard = sounds.decoded(file[begin:])
    there = sound[-len(heard) :]
    middle = slice(48_000, 96_000)
    errors = [
        float(np.mean((heard[middle] - np.roll(there, shift, axis=0)[middle]) ** 2)) for shift in range(-2_400, 2_400)
    ]
    assert min(errors) < 0.1 * float(np.mean(there**2))


def test_only_mp3_can_be_asked_for_in_parts(sound: sounds.Sound) -> None:
    with pytest.raises(UserError, match="opus"):
        byte_range(sounds.of(sound), LABEL, Format.OPUS, 0, 100)


def test_the_tag_reads_in_another_reader(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(file)
    tag = ID3(path)
    assert tag.version == (2, 4, 0)
    texts = {name: str(tag[name]) for name in ("TIT2", "TALB", "TPE1", "TLAN", "COMM::eng")}
    assert texts == {
        "TIT2": "Softening",
        "TALB": "Body scan",
        "TPE1": "Lowtide",
        "TLAN": "eng",
        "COMM::eng": "voice: flite:slt",
    }
    contents = tag.getall("CTOC")[0]
    chapters = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    read = [(c.start_time, c.end_time, str(c.sub_frames["TIT2"])) for c in chapters]
    assert read == [tuple(mark) for mark in LABEL.chapters]


def test_players_are_told_the_length_and_the_constant_rate(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(file)
    info = MP3(path).info
    assert info.length == pytest.approx(LABEL.frames / sounds.RATE, abs=0.001)
    assert (info.bitrate, info.sample_rate, info.channels, info.sketchy) == (128_000, 48_000, 2, False)
    assert info.encoder_info.startswith("LAME")


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="this machine has no ffmpeg")
def test_no_frame_is_broken(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(file)
    command = ["ffmpeg", "-v", "warning", "-err_detect", "explode", "-i", str(path), "-f", "null", "-"]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stderr == b""


class TestWithoutLamesOwnInterface:
    """Another build of `lameenc` may not export LAME's functions."""

    @pytest.fixture(autouse=True)
    def hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lame, "library", lambda: None)

    @pytest.mark.parametrize("samples", [1, 1_153, 100_000])
    def test_the_length_is_exact_all_the_same(self, samples: int) -> None:
        label = Label(frames=samples, title="A")
        file = b"".join(encode(sounds.of(sounds.noise(samples)), label, Format.MP3))
        assert len(file) == size_of(label, Format.MP3)
        assert len(sounds.decoded(file)) == samples

    def test_a_byte_range_is_still_the_whole_files(self, sound: sounds.Sound) -> None:
        whole = b"".join(encode(sounds.of(sound), LABEL, Format.MP3, threads=2))
        assert byte_range(sounds.of(sound), LABEL, Format.MP3, 50_000, 70_000) == whole[50_000:70_000]

    def test_the_sound_is_as_loud_as_with_it(self, file: bytes, sound: sounds.Sound) -> None:
        other = b"".join(encode(sounds.of(sound), LABEL, Format.MP3))
        level, same = (float(np.mean(sounds.decoded(each) ** 2)) for each in (other, file))
        assert 10 * np.log10(level / same) == pytest.approx(0, abs=0.1)
