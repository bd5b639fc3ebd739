"""Where characters come from: pieces of lines in, one text whose offsets know their line and column out.

Used by the reader's stages. A paragraph's pieces are joined with line feeds, which are spaces to the inline parser.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from lowtide.script.nodes import Span, Text

SPACES = " \t\v\f\x85\u2028\u2029"
"""What counts as a space inside a line. A no-break space does not: it is part of the text."""

Piece = tuple[int, int, str]
"""A line's number, the column of the piece in it, and the piece."""


class Source:
    """A paragraph as it was written."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.text = "\n".join(piece[2] for piece in pieces)
        self._places = [(line, column) for line, column, _ in pieces]
        self._starts = [0]
        for _, _, text in pieces[:-1]:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """Give the line and column of a character."""
        index = bisect_right(self._starts, offset) - 1
        line, column = self._places[index]
        return line, column + offset - self._starts[index]

    def offset(self, span: Span) -> int:
        """Find the character that a span begins with."""
        index = bisect_left(self._places, (span.line, 0))
        return self._starts[index] + span.column - self._places[index][1]

    def span(self, start: int, end: int) -> Span:
        """Give the span of some characters; the end is exclusive."""
        line, column = self.at(start)
        end_line, end_column = self.at(max(start, end - 1))
        return Span(line, column, end_line, end_column + 1)


class Anchors:
    """Remembers where the characters of each `Text` stood, so that a sentence in the middle can be pointed at."""

    def __init__(self) -> None:
        self._known: dict[Span, tuple[list[int], list[tuple[int, int]]]] = {}

    def keep(self, span: Span, offsets: list[int], places: list[tuple[int, int]]) -> None:
        """Note that from these offsets of the text on, its characters stood at these places, one after another."""
        if len(offsets) > 1:
            self._known[span] = (offsets, places)

    def at(self, text: Text, offset: int) -> tuple[int, int]:
        """Give the line and column where a character of the text stood."""
        offsets, places = self._known.get(text.span, ([0], [(text.span.line, text.span.column)]))
        index = bisect_right(offsets, offset) - 1
        line, column = places[index]
        return line, column + offset - offsets[index]
