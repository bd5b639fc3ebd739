"""`lowtide library`: what there is to practise and to read, and the proof that it is safe."""

from lowtide.cli.library.listing import library

__all__ = ["library"]
