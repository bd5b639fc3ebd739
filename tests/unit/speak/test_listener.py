"""A listener that is not a person hears the plain voice and writes down what it understood."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from listener import understood
from lowtide import speak
from lowtide.speak import tune

UNDERSTOOD = 0.75
"""The share of words that the issue asks for. Pocketsphinx knows ordinary speech, not slow speech."""


def test_three_words_in_four_are_understood(tmp_path: Path) -> None:
    if not shutil.which("flite"):
        pytest.skip("flite is not installed here")
    texts = tune.SENTENCES[:16:2]
    speech = speak.say([(text, False) for text in texts], speak.find("flite"), speak.Cache(tmp_path))
    assert understood((text, speak.load(speech.clips[text, False])) for text in texts) >= UNDERSTOOD
