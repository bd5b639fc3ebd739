"""Phrases in, speech out: voice engines, their models, the lexicon and the cache of clips."""

from lowtide.model.speech import Speech
from lowtide.speak.cache import Cache
from lowtide.speak.engine import Engine, Quality, Voice
from lowtide.speak.installing import install, installable
from lowtide.speak.registry import candidates, engines, estimate_ms, find, voices
from lowtide.speak.speaking import forget, load, say

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
    "forget",
    "install",
    "installable",
    "load",
    "say",
    "voices",
]
