"""A programme as its author writes it: TOML in, the programme and everything that is wrong with it out."""

from lowtide.content.programme_reader.known import Known
from lowtide.content.programme_reader.reading import read

__all__ = ["Known", "read"]
