"""FLAC: nothing lost, and every checksum right although no frame is read twice."""

from __future__ import annotations

import numpy as np

import sounds
from lowtide.deliver import encode
from lowtide.deliver.encoders.flac import BLOCK_SAMPLES, CODEC, coded, head, renumbered
from lowtide.deliver.encoders.pcm import quantised
from lowtide.deliver.label import Label
from lowtide.model.audio import Format


def test_it_holds_the_samples_of_the_wav() -> None:
    samples = 7 * 48_000 + 3
    render, label = sounds.of(sounds.noise(samples)), Label(frames=samples, title="A")
    flac, wav = (sounds.decoded(b"".join(encode(render, label, kind))) for kind in (Format.FLAC, Format.WAV))
    assert np.array_equal(flac, wav)


def test_chunks_are_joined_to_what_one_long_run_of_the_encoder_writes() -> None:
    """Every number and checksum that was rewritten is the one that the encoder itself puts there."""
    samples = 30 * 48_000 + 1
    render, label = sounds.of(sounds.noise(samples)), Label(frames=samples, title="A")
    file = b"".join(encode(render, label, Format.FLAC))
    assert file == head(label) + b"".join(CODEC.packets(quantised(render, 0, samples, samples)))


def test_a_renumbered_frame_is_the_frame_the_encoder_makes_there() -> None:
    """The reference: the encoder's own 300th frame, number and sums included, from its copy at the beginning."""
    quiet = np.zeros((BLOCK_SAMPLES * 301, 2), dtype=np.int16)
    quiet[-BLOCK_SAMPLES:] = np.random.default_rng(1).integers(-900, 900, (BLOCK_SAMPLES, 2))
    there = CODEC.packets(quiet)[300]
    alone = CODEC.packets(quiet[-BLOCK_SAMPLES:])[0]
    assert alone != there
    assert renumbered(alone, 300) == there
    assert renumbered(there, 0) == alone


def test_frame_numbers_are_written_as_characters_are() -> None:
    for number in (0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF):
        assert coded(number) == chr(number).encode()
