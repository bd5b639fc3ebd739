"""A listener that is not a person hears the plain voice and writes down what it understood."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from lowtide import speak
from lowtide.speak import tune

UNDERSTOOD = 0.75
"""The share of words that the issue asks for. Pocketsphinx knows ordinary speech, not slow speech."""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def test_three_words_in_four_are_understood(tmp_path: Path) -> None:
    if not shutil.which("flite"):
        pytest.skip("flite is not installed here")
    import pocketsphinx
    import soxr

    texts = tune.SENTENCES[:16:2]
    voice = speak.find("flite")
    speech = speak.say([(text, False) for text in texts], voice, speak.Cache(tmp_path))
    listener = pocketsphinx.Decoder(samprate=16_000, loglevel="FATAL")
    heard = 0
    for text in texts:
        sound = soxr.resample(speak.load(speech.clips[text, False]), 48_000, 16_000)
        quiet = np.zeros(4_000, dtype=np.float32)
        pcm = (np.concatenate([quiet, sound, quiet]) * 20_000).astype("<i2").tobytes()
        listener.start_utt()
        listener.process_raw(pcm, full_utt=True)
        listener.end_utt()
        guess = words(listener.hyp().hypstr) if listener.hyp() else []
        matcher = difflib.SequenceMatcher(None, words(text), guess, autojunk=False)
        heard += sum(block.size for block in matcher.get_matching_blocks())
    assert heard / sum(len(words(text)) for text in texts) >= UNDERSTOOD
