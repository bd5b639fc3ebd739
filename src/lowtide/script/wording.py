"""What the words of a paragraph say: inline nodes in, sentences that know their place out.

Called by the checker. Choices are read in up to `VARIANTS` ways, so that a wording in the second half is seen, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from lowtide.script.nodes import Breathe, Choice, Inline, Open, Release, Silence, Slot, Tense, Text
from lowtide.script.parsing.places import Anchors

VARIANTS = 4
"""So many wordings of each choice are looked at in their sentence."""

_PLACES = ("lower back", "neck", "left hip")
"""What `{place}` is read as in turn: "turn to {place}" asks for something where it is a neck."""
_READINGS = {"side": "left", "name": ""}
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_RESTS = (Silence, Open, Breathe, Release, Tense)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, as one listener may hear it."""

    text: str
    words: _Words
    start: int

    @property
    def at(self) -> tuple[int, int]:
        """The line and column of its first word."""
        return self.words.at(self.start)


class _Words:
    """The words of a paragraph in one of its wordings."""

    def __init__(self, anchors: Anchors) -> None:
        self.anchors = anchors
        self.parts: list[str] = []
        self.length = 0
        self.offsets: list[int] = []
        self.nodes: list[Inline] = []

    def take(self, inlines: tuple[Inline, ...], variant: int) -> None:
        for node in inlines:
            if isinstance(node, Choice):
                self.take(node.options[variant % len(node.options)], variant)
                continue
            words = node.text if isinstance(node, Text) else ""
            if isinstance(node, Slot):
                words = _READINGS.get(node.name, _PLACES[variant % len(_PLACES)])
            words = " … " if isinstance(node, _RESTS) else words
            if words:
                self.offsets.append(self.length)
                self.nodes.append(node)
                self.parts.append(words)
                self.length += len(words)

    def sentences(self) -> Iterator[Sentence]:
        for match in _SENTENCE.finditer("".join(self.parts)):
            words = match[0].lstrip(" …")
            if words:
                yield Sentence(words, self, match.end() - len(words))

    def at(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.offsets, offset) - 1
        node = self.nodes[index]
        if isinstance(node, Text):
            return self.anchors.at(node, offset - self.offsets[index])
        return node.span.line, node.span.column


def sentences(inlines: tuple[Inline, ...], anchors: Anchors, *, most: int = VARIANTS) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, in each of its first wordings, `most` of them."""
    readings = len(_PLACES) if any(isinstance(node, Slot) and node.name == "place" for node in every(inlines)) else 1
    for variant in range(min(most, max(readings, _most_options(inlines)))):
        words = _Words(anchors)
        words.take(inlines, variant)
        yield from words.sentences()


def _most_options(inlines: tuple[Inline, ...]) -> int:
    choices = (node for node in inlines if isinstance(node, Choice))
    return max((max(len(node.options), *map(_most_options, node.options)) for node in choices), default=1)


def every(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield every node, those inside choices too."""
    for node in inlines:
        yield node
        if isinstance(node, Choice):
            for option in node.options:
                yield from every(option)


def count_words(inlines: tuple[Inline, ...]) -> int:
    """Count the words of the longest wording.

    >>> count_words((Text(text="Rest. "), Choice(options=((Text(text="Now"),), (Text(text="for now"),)))))
    3
    """
    total = 0
    for node in inlines:
        if isinstance(node, Text):
            total += len(node.text.split())
        elif isinstance(node, Choice):
            total += max(map(count_words, node.options), default=0)
    return total


def count_breaths(inlines: tuple[Inline, ...]) -> int:
    """Count the paced breaths of the longest wording."""
    total = 0
    for node in inlines:
        if isinstance(node, Breathe):
            total += node.times
        elif isinstance(node, Choice):
            total += max(map(count_breaths, node.options), default=0)
    return total
