"""Phrases in, speech out: voice engines, their models, the lexicon and the cache of clips."""

from lowtide.model.speech import Speech
from lowtide.speak.cache import Cache
from lowtide.speak.engine import Engine, Quality, Voice
from lowtide.speak.install import install, installable
from lowtide.speak.say import load, say
from lowtide.speak.voices import candidates, engines, estimate_ms, find, voices

__all__ = [
    "Cache",
    "Engine",
    "Quality",
    "Speech",
    "Voice",
    "candidates",
    "engines",
    "estimate_ms",
    "find",
    "install",
    "installable",
    "load",
    "say",
    "voices",
]
