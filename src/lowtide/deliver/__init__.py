"""Samples and timeline in, files out: encoded sound, captions, transcript, cover."""
