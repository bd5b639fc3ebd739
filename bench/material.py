"""The session that all is measured with: a 20-minute body scan, spoken once, also laid out as files for peers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from bench.peers import Material
from lowtide import pipeline, speak
from lowtide.mix import Mixer
from lowtide.model.audio import Sound
from lowtide.model.body import REGIONS
from lowtide.model.profile import Pain, Profile, Wish
from lowtide.model.time import MS_PER_MINUTE, SAMPLE_RATE_HZ, SAMPLES_PER_MS
from lowtide.model.timeline import Happening
from lowtide.script import read

MINUTES = 20
BED_S = 60
SEED = 1
VOICES: Sequence[str] = ("flite", "espeak")


def prepared(cache: speak.Cache, minutes: float = MINUTES, script: Path | None = None) -> pipeline.Made:
    """Compose and speak a body scan for a sore lower back, or a script of its own."""
    assert "lower-back" in REGIONS
    profile = Profile(pains=(Pain(region="lower-back", intensity=5),))
    clearance = pipeline.clear(profile).clearance
    assert clearance is not None
    wish = Wish(length_ms=round(minutes * MS_PER_MINUTE), technique="" if script else "body-scan", seed=SEED)
    ready = [voice for voice in speak.candidates() if voice.engine in VOICES]
    own = read(script.read_text()).script if script else None
    return pipeline.prepare(profile, clearance, wish, voices=ready, cache=cache, script=own)


def laid_out(made: pipeline.Made, folder: Path) -> Material:
    """Write every clip as a WAV file with its time, and a minute of the soundscape at its ducked level."""
    clips = []
    said = made.timeline.of(Happening.SAY)
    for index, event in enumerate(said):
        path = folder / f"clip-{index:04}.wav"
        sound = speak.load(made.speech.clips[event.key])
        room_ms = (said[index + 1].at_ms if index + 1 < len(said) else made.timeline.duration_ms) - event.at_ms
        soundfile.write(path, sound[: room_ms * SAMPLES_PER_MS], SAMPLE_RATE_HZ, subtype="PCM_16")
        clips.append((path, event.at_ms))
    mixer = Mixer(made.timeline, made.speech, Sound(voice_db=-60, bell_db=-60), speak.load)
    bed = mixer.render(MS_PER_MINUTE * SAMPLES_PER_MS, BED_S * SAMPLE_RATE_HZ)
    soundfile.write(folder / "bed.wav", np.clip(bed, -1, 1), SAMPLE_RATE_HZ, subtype="PCM_16")
    return Material(folder=folder, clips=tuple(clips), length_ms=made.timeline.duration_ms)
