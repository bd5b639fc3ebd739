"""One battery for every encoder: what a listener, a player and a server may rely on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import sounds
from lowtide.deliver.encode import encode, size_of
from lowtide.deliver.encoders.base import encoder
from lowtide.deliver.label import Label, Mark
from lowtide.model.audio import Format

if TYPE_CHECKING:
    from lowtide.deliver.grid import Render

FORMATS = pytest.mark.parametrize("kind", list(Format), ids=str)
EXACT = [Format.MP3, Format.OPUS, Format.FLAC, Format.WAV]
ODD_LENGTHS = (1, 47, 1_151, 1_152, 1_153, 24_001, 2 * 48_000 + 48, 333_333)


def label(samples: int, **changes: object) -> Label:
    known: dict[str, object] = {"frames": samples, "title": "Softening"}
    return Label(**(known | changes))  # type: ignore[arg-type]


def whole(render: Render, samples: int, kind: Format, threads: int = 2, *, live: bool = False) -> bytes:
    return b"".join(encode(render, label(samples), kind, threads=threads, live=live))


@pytest.mark.parametrize("kind", EXACT, ids=str)
@pytest.mark.parametrize("samples", ODD_LENGTHS)
def test_a_recording_plays_exactly_as_long_as_was_asked(kind: Format, samples: int) -> None:
    assert len(sounds.decoded(whole(sounds.of(sounds.noise(samples)), samples, kind))) == samples


@pytest.mark.parametrize("live", [False, True], ids=["at-rest", "live"])
@pytest.mark.parametrize("samples", ODD_LENGTHS)
def test_an_m4a_plays_as_long_as_was_asked_within_a_millisecond(samples: int, *, live: bool) -> None:
    file = whole(sounds.of(sounds.noise(samples)), samples, Format.M4A, live=live)
    assert abs(len(sounds.decoded(file)) - samples) <= 48


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="this machine has no ffmpeg")
@FORMATS
def test_another_decoder_hears_the_same_length(kind: Format, tmp_path: Path) -> None:
    samples = 5 * 48_000 + 7
    path = tmp_path / f"file.{kind.value}"
    path.write_bytes(whole(sounds.of(sounds.noise(samples)), samples, kind))
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "2", "-"]
    run = subprocess.run(command, capture_output=True, check=True)
    assert len(run.stdout) // 4 == samples
    assert run.stderr == b""


@FORMATS
def test_any_number_of_threads_gives_the_same_bytes(kind: Format) -> None:
    samples = 9 * 48_000 + 11
    render = sounds.of(sounds.noise(samples))
    one = whole(render, samples, kind, threads=1)
    assert whole(render, samples, kind, threads=2) == one
    assert whole(render, samples, kind, threads=4) == one


@FORMATS
def test_the_sound_stands_where_it_was_put(kind: Format) -> None:
    """A listener who follows captions needs the sound at its time, not a codec's delay later."""
    samples = 2 * 48_000
    sound = sounds.noise(samples, seed=3)
    heard = sounds.decoded(whole(sounds.of(sound), samples, kind))
    spectrum = np.fft.rfft(heard[:, 0]) * np.conj(np.fft.rfft(sound[:, 0]))
    spectrum[np.fft.rfftfreq(samples, 1 / sounds.RATE) > 8_000] = 0
    assert int(np.argmax(np.fft.irfft(spectrum, samples))) == 0


@FORMATS
def test_left_stays_left(kind: Format) -> None:
    heard = sounds.decoded(whole(sounds.of(sounds.tone(48_000)), 48_000, kind))
    left, right = np.sqrt(np.mean(heard[4_800:-4_800] ** 2, axis=0))
    assert left == pytest.approx(0.3 / np.sqrt(2), rel=0.03)
    assert right == pytest.approx(0.15 / np.sqrt(2), rel=0.06)


@FORMATS
def test_a_player_shows_title_and_chapters(kind: Format) -> None:
    """WAV keeps chapters as cue points, of which ffmpeg shows the places; a test of its own reads their names."""
    samples = 3 * 48_000
    marks = (Mark(0, 1_250, "Arriving"), Mark(1_250, 3_000, "Über den Rücken, ‘softly’"))
    named = label(samples, title="Lower back & hips", album="Body scan", comment="voice: flite", chapters=marks)
    file = b"".join(encode(sounds.of(sounds.tone(samples)), named, kind, threads=1))
    with sounds.opened(file) as container:
        tags = {key.lower(): value for key, value in (container.metadata | container.streams.audio[0].metadata).items()}
        chapters = [(c["start"] * c["time_base"], c["metadata"].get("title")) for c in container.chapters()]
    assert (tags["title"], tags["artist"], tags["album"]) == ("Lower back & hips", "Lowtide", "Body scan")
    assert "voice: flite" in tags.values()
    assert [float(start) for start, _ in chapters] == [0.0, 1.25]
    if kind is not Format.WAV:
        assert [title for _, title in chapters] == ["Arriving", marks[1].title]


@pytest.mark.parametrize("kind", [Format.MP3, Format.OPUS, Format.M4A, Format.FLAC], ids=str)
def test_a_player_shows_the_cover(kind: Format) -> None:
    from factories import timeline
    from lowtide.deliver.cover import cover

    drawn = cover(timeline())
    file = b"".join(encode(sounds.of(sounds.tone(48_000)), label(48_000, cover=drawn), kind, threads=1))
    with sounds.opened(file) as container:
        picture = next(stream for stream in container.streams if stream.type == "video")
        assert bytes(next(container.demux(picture))) == drawn


@FORMATS
def test_a_known_size_is_the_true_size(kind: Format) -> None:
    samples = 100_001
    named = label(samples, comment="a comment", chapters=(Mark(0, 2_000, "Arriving"),))
    file = b"".join(encode(sounds.of(sounds.noise(samples)), named, kind, threads=1))
    assert size_of(named, kind) in {len(file), None}
    assert (size_of(named, kind) is None) is (kind in {Format.OPUS, Format.M4A, Format.FLAC})


@pytest.mark.parametrize("kind", [Format.MP3, Format.OPUS, Format.FLAC, Format.WAV, Format.M4A], ids=str)
def test_sound_comes_before_all_of_it_is_rendered(kind: Format) -> None:
    samples, asked = 120 * 48_000, [0]
    sound = sounds.tone(48_000)

    def render(start: int, count: int) -> sounds.Sound:
        asked[0] = max(asked[0], start + count)
        return np.resize(sound, (count, 2))

    pieces = encode(render, label(samples), kind, threads=2, live=True)
    first = next(pieces)
    assert first, "the head"
    assert asked[0] == 0, "the head needs no sound"
    assert next(pieces), "sound"
    assert asked[0] < samples / 2
    pieces.close()  # type: ignore[attr-defined]


@FORMATS
def test_a_failing_mixer_is_told_and_not_swallowed(kind: Format) -> None:
    def render(start: int, count: int) -> sounds.Sound:
        if start > 48_000:
            raise ZeroDivisionError("the mixer")
        return np.zeros((count, 2), dtype=np.float32)

    with pytest.raises(ZeroDivisionError, match="the mixer"):
        whole(render, 20 * 48_000, kind)


@FORMATS
def test_progress_runs_to_the_end_and_never_back(kind: Format) -> None:
    samples, seen = 5 * 48_000, list[tuple[int, int]]()
    pieces = encode(
        sounds.of(sounds.tone(samples)), label(samples), kind, progress=lambda done, total: seen.append((done, total))
    )
    assert sum(map(len, pieces)) > 0
    assert seen == sorted(seen)
    assert seen[-1] == (samples, samples)


@FORMATS
def test_sound_louder_than_full_scale_does_not_wrap_round(kind: Format) -> None:
    """A wrapped sample is a bang in the ear."""
    samples = 48_000
    loud = np.full((samples, 2), 0.0, dtype=np.float32) + 1.5 * sounds.tone(samples, hz=100) / 0.3
    heard = sounds.decoded(whole(sounds.of(np.asarray(loud, dtype=np.float32)), samples, kind))
    assert np.mean(np.sign(heard[:, 0]) == np.sign(loud[:, 0])) > 0.97


@pytest.mark.parametrize("sound", [sounds.sweep, sounds.noise], ids=["sweep", "noise"])
@pytest.mark.parametrize("kind", [Format.MP3, Format.OPUS, Format.M4A], ids=str)
def test_seams_between_chunks_are_not_heard(kind: Format, sound: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Around a seam, the coding error is what one long run of the codec makes at the same place."""
    assert callable(sound)
    samples = 12 * 48_000
    signal: sounds.Sound = sound(samples)
    module = __import__(encoder(kind).__module__, fromlist=["Grid"])
    cut, seams = module.Grid, list[int]()

    def densely(*, units: int, samples: int, **rest: object) -> object:
        grid = cut(units=units, samples=samples, **(rest | {"seconds": (0.5, 1)}))
        seams.extend(chunk.first * samples for chunk in grid.chunks() if chunk.first)
        return grid

    monkeypatch.setattr(module, "Grid", densely)
    chunked = sounds.decoded(whole(sounds.of(signal), samples, kind))
    monkeypatch.setattr(module, "Grid", lambda **known: cut(**(known | {"seconds": (1_000.0,)})))
    one_run = sounds.decoded(whole(sounds.of(signal), samples, kind, threads=1))
    window = 960
    errors = [np.mean((heard - signal) ** 2, axis=1) for heard in (chunked, one_run)]
    blocks = [error[: samples // window * window].reshape(-1, window).mean(axis=1) for error in errors]
    around = [slice(max(0, seam // window - 3), seam // window + 3) for seam in seams]
    assert len(around) >= 10
    at_seams, same_places = ([error[place].max() for place in around] for error in blocks)
    assert max(at_seams) <= 2 * blocks[1].max()
    assert np.mean(at_seams) <= 1.3 * np.mean(same_places)
