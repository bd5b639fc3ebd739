"""The measurements behind each row of the table: a prepared session in, `Row`s out. Figures compare within one run."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.material import laid_out, prepared
from bench.measure import Run, best, run, timed
from bench.peers import PEERS
from lowtide import compose, content, deliver, pipeline, speak
from lowtide.deliver.encoders.lame import encode_frames
from lowtide.model.audio import Format, Sound, Soundscape
from lowtide.model.loudness import block_energies, integrated_lufs
from lowtide.model.speech import ClipKey
from lowtide.model.time import SAMPLE_RATE_HZ, SAMPLES_PER_MS
from lowtide.model.timeline import Happening
from lowtide.speak.shape import Shaped

SOUND = Sound(soundscape=Soundscape.WAVES)
LONG_MINUTES, SHORT_MINUTES, COMPOSE_MINUTES = 180.0, 10.0, 45.0
FIRST_SOUND_S = 0.5
PLACES = 12
LONG_SCRIPT = Path(__file__).with_name("long.md")
"""Reaches from two minutes to hours, as no script of the library does."""
EXACT_MINUTES = 3.1234


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table."""

    what: str
    figure: str
    goal: str = ""
    is_reached: bool | None = None
    """None where there is no goal to reach."""


def subject(file_format: str, minutes: float) -> list[str]:
    """Give the command that renders the measured session."""
    return [sys.executable, "-m", "bench.subject", file_format, str(minutes)]


def ratio(what: str, value: float, goal: float, *, detail: str = "", most: bool = True) -> Row:
    """Make a row of a ratio and its limit."""
    reached = value <= goal if most else value >= goal
    sign = "≤" if most else "≥"
    return Row(what=what, figure=f"{value:.2f} ×{detail}", goal=f"{sign} {goal:g} ×", is_reached=reached)


def encoder_alone(made: pipeline.Made) -> float:
    """Time LAME on the mixed session, half on each core, without grid, mixing or process start."""
    mixer = pipeline.mix(made, SOUND)
    half = mixer.frames // 2
    halves = [mixer.render(0, half), mixer.render(half, mixer.frames - half)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        return timed(lambda: list(pool.map(encode_frames, halves)), times=3)


def rendering(made: pipeline.Made, minutes: float) -> Iterator[Row]:
    """Compare whole renders: ours, the encoder alone, and every peer that is installed."""
    alone_s = encoder_alone(made)
    ours = best(3, lambda: run(subject("mp3", minutes)))
    yield ratio(
        "20-min MP3, whole process, against the encoder alone on the same cores", ours.wall_s / alone_s, 1.25,
        detail=f" ({ours.wall_s:.2f} s : {alone_s:.2f} s)",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        material = laid_out(made, Path(name))
        for peer in PEERS:
            if not peer.is_available():
                yield Row(what=f"against {peer.name}", figure="not installed here")
                continue
            command = peer.command(material)
            theirs = best(peer.times, lambda command=command: run(command))  # type: ignore[misc]
            yield _against(peer.name, theirs, ours)
    for file_format in ("opus", "m4a", "flac", "wav"):
        other = run(subject(file_format, minutes))
        yield Row(what=f"the same as {file_format}", figure=f"{other.wall_s / ours.wall_s:.2f} × the MP3's time")


def _against(name: str, theirs: Run, ours: Run) -> Row:
    goal = {"ffmpeg concat + sidechain": 3.0, "moviepy": 10.0}.get(name)
    faster = theirs.wall_s / ours.wall_s
    memory = f"; {theirs.peak_mib / ours.peak_mib:.1f} × the memory"
    figure = f"{faster:.1f} × faster{memory} (first byte after {theirs.first_byte_s:.1f} s)"
    return Row(
        what=f"against {name}", figure=figure, goal=f"≥ {goal:g} × faster" if goal else "",
        is_reached=faster >= goal if goal else None,
    )  # fmt: skip


def memory() -> Iterator[Row]:
    """Compare peak memory of a long recording with a short one's."""
    short, long = (run([*subject("mp3", minutes), str(LONG_SCRIPT)]) for minutes in (SHORT_MINUTES, LONG_MINUTES))
    yield Row(
        what="memory of a 10-min MP3, whole process", figure=f"{short.peak_mib:.0f} MiB", goal="≤ 250 MiB",
        is_reached=short.peak_mib <= 250,
    )  # fmt: skip
    yield ratio(
        "memory of 3 h against 10 min", long.peak_mib / short.peak_mib, 1.1, detail=f" ({long.peak_mib:.0f} MiB)"
    )


def first_byte() -> Iterator[Row]:
    """Compare the first byte of a cold command with starting Python and importing numpy."""
    bare = best(7, lambda: run([sys.executable, "-c", "import numpy; print(1)"], is_weighed=False))
    program = Path(sys.executable).with_name("lowtide")
    words = [str(program), "session", "--minutes", "20", "--technique", "body-scan", "-o", "-"]
    run(words)
    ours = best(7, lambda: run(words, is_weighed=False))
    yield ratio(
        "first byte of a cold command, against `python -c 'import numpy'`", ours.first_byte_s / bare.wall_s, 2.0,
        detail=f" ({ours.first_byte_s * 1000:.0f} ms : {bare.wall_s * 1000:.0f} ms)",
    )  # fmt: skip


def first_sound(made: pipeline.Made) -> Iterator[Row]:
    """Time the first half second, and half a second at places that were never rendered, in a warm process."""
    label = pipeline.label(made)
    rng = np.random.default_rng(0)
    places = rng.uniform(0.05, 0.95, PLACES)

    def begin() -> None:
        file = deliver.Mp3File(pipeline.mix(made, SOUND).render, label)
        file.read(0, file.size - file_bytes(label) + 20 * 384)

    def enter(place: float) -> None:
        file = deliver.Mp3File(mixer.render, label)
        start = int(place * file.size)
        file.read(start, start + round(FIRST_SOUND_S * 128_000 / 8))

    mixer = pipeline.mix(made, SOUND)
    begin()
    start_ms = timed(begin, times=5) * 1000
    entered = sorted(timed(lambda place=place: enter(place), times=3) * 1000 for place in places)  # type: ignore[misc]
    middle, worst = entered[len(entered) // 2], entered[-1]
    yield _ms("first sound (0.5 s of MP3) in a warm process, timeline known", start_ms, 20)
    yield _ms("0.5 s of MP3 at an unrendered place: middle of 12 places", middle, 30)
    yield _ms("the same: worst of 12 places", worst, 30)


def file_bytes(label: deliver.Label) -> int:
    """Count the bytes of an MP3's sound."""
    return (-(-(label.frames + 576 + 1105) // 1152) + 1) * 384


def one_sentence(made: pipeline.Made, cache: speak.Cache) -> Iterator[Row]:
    """Change one sentence of a kept recording for another that takes the same time, and record again."""
    label = pipeline.label(made)
    said = [event.key for event in made.timeline.of(Happening.SAY)]
    middle = next(key for key in said[len(said) // 2 :] if said.count(key) == 1)
    changed = replace(made, speech=_with_another(made.speech, middle, cache))

    def record(what: pipeline.Made, shelf: deliver.Shelf | None) -> float:
        render = pipeline.mix(what, SOUND).render
        return timed(lambda: b"".join(deliver.encode(render, label, Format.MP3, threads=2, shelf=shelf)), times=1)

    whole_s, again_s = [], []
    for _ in range(3):
        whole_s.append(record(made, None))
        with tempfile.TemporaryDirectory() as name:
            shelf = deliver.Shelf(Path(name))
            record(made, shelf)
            again_s.append(record(changed, shelf))
    yield ratio(
        "one sentence changed, the new one takes the same time, against the whole render (in-process, 2 threads)",
        min(again_s) / min(whole_s), 0.1, detail=f" ({min(again_s):.2f} s : {min(whole_s):.2f} s)",
    )  # fmt: skip


def _with_another(speech: speak.Speech, key: ClipKey, cache: speak.Cache) -> speak.Speech:
    """Speak a phrase with the longest clip's sound instead, cut to the same length."""
    clip = speech.clips[key]
    longest = max((one for one in speech.clips.values() if one.key != key), key=lambda one: one.length_ms)
    sound = speak.load(longest)[: clip.length_ms * SAMPLES_PER_MS]
    energies = tuple(float(energy) for energy in block_energies(sound))
    other = Shaped(samples=np.rint(sound * 32767).astype(np.int16), energies=energies, peak=float(np.abs(sound).max()))
    entry = cache.keep("be" * 32, other)
    new = replace(clip, energies=other.energies, peak=other.peak, path=entry.path)
    return replace(speech, clips={**speech.clips, key: new})


def _ms(what: str, value_ms: float, goal_ms: float) -> Row:
    return Row(what=what, figure=f"{value_ms:.0f} ms", goal=f"≤ {goal_ms:g} ms", is_reached=value_ms <= goal_ms)


def exactness(cache: speak.Cache) -> Iterator[Row]:
    """Decode an odd length in every format, and compare loudness with what the timeline said it would be."""
    import av

    made = prepared(cache, EXACT_MINUTES)
    asked = made.timeline.duration_ms * SAMPLES_PER_MS
    off = {}
    for file_format in Format:
        file = b"".join(pipeline.deliver(made, SOUND, pipeline.label(made), file_format))
        with av.open(io.BytesIO(file)) as container:
            off[file_format] = sum(frame.samples for frame in container.decode(audio=0)) - asked
    figure = ", ".join(f"{name} {samples:+d}" for name, samples in off.items())
    exact = all(samples == 0 for name, samples in off.items() if name is not Format.M4A)
    is_reached = exact and abs(off[Format.M4A]) <= SAMPLES_PER_MS
    yield Row(what="decoded − asked length, in samples", figure=figure, goal="0; M4A ≤ 48", is_reached=is_reached)
    errors = []
    for soundscape in Soundscape:
        mixer = pipeline.mix(made, Sound(soundscape=soundscape))
        errors.append(abs(integrated_lufs(mixer.render(0, mixer.frames)) - mixer.predicted_lufs))
    yield Row(
        what="loudness error without a second pass, worst of 8 soundscapes", figure=f"{max(errors):.3f} LU",
        goal="≤ 0.1 LU", is_reached=max(errors) <= 0.1,
    )  # fmt: skip


def composing(cache: speak.Cache) -> Iterator[Row]:
    """Time composing and fitting 45 minutes once spoken lengths are known."""
    made = prepared(cache, COMPOSE_MINUTES)
    known = made.speech.lengths_ms()
    voice = speak.find(made.speech.voice)
    lengths = {p.key: known.get(p.key) or speak.estimate_ms(voice, p.key) for p in made.session.phrases()}
    script = content.script(made.plan.script)

    def whole() -> None:
        session = pipeline.resolve(made.plan, script)
        compose.fit(session, lengths, made.timeline.duration_ms)

    yield _ms("compose + fit 45 min, lengths known", timed(whole, times=5) * 1000, 50)


def same_bytes(made: pipeline.Made) -> Iterator[Row]:
    """Show that threads and order do not change a byte."""
    label = pipeline.label(made)
    mixer = pipeline.mix(made, SOUND)
    one = b"".join(deliver.encode(mixer.render, label, Format.MP3, threads=1))
    four = b"".join(deliver.encode(pipeline.mix(made, SOUND).render, label, Format.MP3, threads=4))
    file = deliver.Mp3File(pipeline.mix(made, SOUND).render, label)
    places = list(range(0, len(one), 250_000))
    backwards = {at: file.read(at, at + 250_000) for at in reversed(places)}
    same = one == four == b"".join(backwards[at] for at in places)
    yield Row(
        what="same bytes: 1 thread, 4 threads, read backwards",
        figure="yes" if same else "no",
        goal="yes",
        is_reached=same,
    )


def mixing(made: pipeline.Made) -> Iterator[Row]:
    """Compare mixing alone with encoding alone, one core each."""
    mixer = pipeline.mix(made, SOUND)
    block = 20 * SAMPLE_RATE_HZ

    def whole() -> None:
        for start in range(0, mixer.frames, block):
            mixer.render(start, min(block, mixer.frames - start))

    mixed_s = timed(whole, times=2)
    sound = mixer.render(0, 60 * SAMPLE_RATE_HZ)
    encoded_s = timed(lambda: encode_frames(sound), times=2) * mixer.frames / len(sound)
    yield Row(
        what="mixing against encoding, one core", figure=f"{mixed_s / encoded_s:.2f} × ({mixed_s:.2f} s for 20 min)"
    )
