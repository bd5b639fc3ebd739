"""Phrases in, speech out: voice engines, their models, the lexicon and the cache of clips."""
