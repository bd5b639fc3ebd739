"""A timeline in, captions out: one file per format."""
