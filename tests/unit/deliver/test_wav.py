"""WAV: 16 bits, dithered by place, with cue points."""

from __future__ import annotations

import struct

import numpy as np
import pytest

import sounds
from lowtide.deliver import encode
from lowtide.deliver.encoders.pcm import quantised
from lowtide.deliver.encoders.wav import head
from lowtide.deliver.label import Label, Mark
from lowtide.model.audio import Format

HOUR = 3_600 * sounds.RATE


def chunks(file: bytes, start: int = 12) -> dict[bytes, bytes]:
    """Read the chunks of a RIFF as a strict reader does."""
    found: dict[bytes, bytes] = {}
    while start < len(file):
        name, size = struct.unpack("<4sI", file[start : start + 8])
        found[name + (file[start + 8 : start + 12] if name == b"LIST" else b"")] = file[start + 8 : start + 8 + size]
        start += 8 + size + size % 2
    return found


def test_chapters_are_named_cue_points_at_their_samples() -> None:
    marks = (Mark(0, 700, "Arriving"), Mark(700, 1_000, "Rücken"))
    label = Label(frames=48_000, title="A", chapters=marks)
    found = chunks(b"".join(encode(sounds.of(sounds.tone(48_000)), label, Format.WAV)))
    count = struct.unpack("<I", found[b"cue "][:4])[0]
    cues = [struct.unpack("<II4sIII", found[b"cue "][4 + 24 * i : 28 + 24 * i]) for i in range(count)]
    assert [(number, at) for number, _, _, _, _, at in cues] == [(1, 0), (2, 33_600)]
    names = chunks(found[b"LISTadtl"], 4)
    assert names[b"labl"][4:].rstrip(b"\0").decode() == "Rücken", "the last of the two"


def test_sizes_add_up() -> None:
    file = b"".join(encode(sounds.of(sounds.tone(1_000)), Label(frames=1_000, title="odd"), Format.WAV))
    assert struct.unpack("<I", file[4:8])[0] == len(file) - 8
    assert len(chunks(file)[b"data"]) == 4_000


def test_more_than_four_gibibytes_become_an_rf64() -> None:
    """Twelve hours are 8 GB, which RIFF cannot say."""
    long = head(Label(frames=12 * HOUR, title="A night"))
    assert (long[:4], long[8:16]) == (b"RF64", b"WAVEds64")
    _, riff, data, frames, _ = struct.unpack("<IQQQI", long[16:48])
    assert (data, frames) == (12 * HOUR * 4, 12 * HOUR)
    assert riff == len(long) - 8 + data
    assert head(Label(frames=6 * HOUR, title="An evening"))[:4] == b"RIFF"


def test_any_part_is_quantised_as_in_the_whole() -> None:
    sound = sounds.noise(100_000)
    whole = quantised(sounds.of(sound), 0, 100_000, 100_000)
    for start, count in ((0, 1), (23_039, 2), (46_080, 23_040), (99_999, 1), (10, 90_000)):
        part = quantised(sounds.of(sound), start, count, 100_000)
        assert np.array_equal(part, whole[start : start + count])


def test_the_dither_keeps_what_is_softer_than_one_step() -> None:
    """A fade below the last bit goes on being heard in the noise; plain rounding would cut it off."""
    faint = (sounds.tone(96_000) / 0.3 * 0.4 / 32_767).astype(np.float32)
    steps = quantised(sounds.of(faint), 0, 96_000, 96_000)[:, 0].astype(float)
    wave = faint[:, 0] * 32_767
    assert np.dot(steps, wave) / np.dot(wave, wave) == pytest.approx(1, abs=0.05)
    assert not np.rint(wave).any(), "rounding alone gives silence"


def test_the_dither_differs_between_the_ears_and_hides_the_error() -> None:
    silence = np.zeros((96_000, 2), dtype=np.float32)
    left, right = quantised(sounds.of(silence), 0, 96_000, 96_000).astype(float).T
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.02
    assert np.mean(left**2) == pytest.approx(1 / 6 + 1 / 12, rel=0.05), "triangular dither and rounding, in steps²"
    assert np.abs(left).max() <= 1
